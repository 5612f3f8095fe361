/** Adds to a team's collection what the contract has and it lacks. Not a character of what people wrote changes. Pure. */
import { applyEdits, modify, type FormattingOptions, type JSONPath } from 'jsonc-parser';
import { isObject, member, type Json } from '../../lib/json.ts';
import type { Contract, Operation } from '../../spec/contract.ts';
import { declaredSince } from './item-script.ts';
import { cleanUp } from './sequence.ts';
import { collectionAuth, collectionFolders } from './write-collection.ts';

export interface Synced {
  /** The collection's file, with what was added. */
  readonly text: string;
  readonly added: readonly Operation[];
  /** Names of items whose own test now knows the statuses that the document has come to declare. */
  readonly widened: readonly string[];
  /** Names of items whose request the document does not know. */
  readonly unknown: readonly string[];
}

/** The collection of a file's text with an item for each operation that none of its items sends: in the folder of its tag, which is made where it lacks. A list of statuses that we wrote gets those that the document declares by now. */
export function syncCollection(text: string, collection: Json, contract: Contract): Synced {
  const requests = requestsOf(collection);
  const sent = requests.map(({ method, path }) => contract.match(method, path));
  const known = new Set(sent.flatMap((operation) => operation?.id ?? []));
  const formattingOptions = layoutOf(text);
  const folders = topFolders(collection);
  const added: Operation[] = [];
  let synced = text;
  const widened: string[] = [];
  for (const [index, { name, place, tests }] of requests.entries()) {
    const operation = sent[index];
    if (operation === undefined) continue;
    for (const { at, line } of tests) {
      const wider = declaredSince(line, contract, operation);
      if (wider === undefined) continue;
      synced = applyEdits(synced, modify(synced, [...place, ...at], wider, { formattingOptions }));
      widened.push(name);
    }
  }
  // A collection whose items bring their own credentials has none to inherit.
  const auth = member(collection, 'auth') === undefined ? collectionAuth(contract) : undefined;
  const others = {
    sends: ({ id }: Operation): boolean => known.has(id),
    sets: (variable: string): boolean => new RegExp(`set\\(\\s*(?:'|\\\\")${RegExp.escape(variable)}(?:'|\\\\")`).test(text),
  };
  for (const { name, items: lacking } of collectionFolders(contract, others)) {
    if (lacking.length === 0) continue;
    added.push(...lacking.map(({ operation }) => operation));
    const fresh = lacking.map(({ item }) => (auth === undefined ? item : { ...item, request: { auth, ...item.request } }));
    const at = folders.findIndex((folder) => folder === name);
    const end = folders.indexOf(cleanUp);
    const place = name === cleanUp || end === -1 ? folders.length : end;
    const insert = (path: (string | number)[], value: unknown): void => {
      synced = applyEdits(synced, modify(synced, path, value, { isArrayInsertion: true, formattingOptions }));
    };
    if (at >= 0) for (const item of fresh) insert(['item', at, 'item', -1], item);
    else {
      insert(['item', place], { name, item: fresh });
      folders.splice(place, 0, name);
    }
  }
  return { text: synced, added, widened, unknown: requests.flatMap(({ name }, index) => (sent[index] === undefined ? [name] : [])) };
}

interface ItemRequest {
  readonly name: string;
  readonly method: string;
  /** Below the base URL, with something for each variable. */
  readonly path: string;
  /** Where the item is in the file. */
  readonly place: JSONPath;
  /** Lines of its test scripts, and where they are in the item. */
  readonly tests: readonly { readonly at: JSONPath; readonly line: string }[];
}

/** What the items send, as far as their URLs begin with a variable: that is the base URL. */
function requestsOf(item: Json, place: JSONPath = []): readonly ItemRequest[] {
  const children = member(item, 'item');
  if (Array.isArray(children)) return children.flatMap((child: Json, index) => requestsOf(child, [...place, 'item', index]));
  const request = member(item, 'request');
  const url = isObject(request) ? member(request, 'url') : request;
  const raw = isObject(url) ? member(url, 'raw') : url;
  if (typeof raw !== 'string') return [];
  const name = member(item, 'name');
  const method = member(request, 'method');
  const path = raw
    .replace(/^\{\{[^{}]+\}\}|^https?:\/\/[^/]+/, '')
    .replace(/[?#].*$/s, '')
    // What a variable holds is one segment's text, whatever it is.
    .replaceAll(/\{\{[^{}]+\}\}|(?<=\/):[\w-]+/g, '1');
  return [
    { name: typeof name === 'string' ? name : raw, method: typeof method === 'string' ? method : 'GET', path, place, tests: testsOf(item) },
  ];
}

function testsOf(item: Json): ItemRequest['tests'] {
  return listOf(member(item, 'event')).flatMap((event, index) => {
    if (member(event, 'listen') !== 'test') return [];
    const lines = listOf(member(member(event, 'script'), 'exec'));
    return lines.flatMap((line, nth) => (typeof line === 'string' ? [{ at: ['event', index, 'script', 'exec', nth], line }] : []));
  });
}

const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : []);

function topFolders(collection: Json): string[] {
  return listOf(member(collection, 'item')).map((item) => {
    const name = member(item, 'name');
    return Array.isArray(member(item, 'item')) && typeof name === 'string' ? name : '';
  });
}

function layoutOf(text: string): FormattingOptions {
  const indent = /\n([ \t]+)"/.exec(text)?.[1] ?? '  ';
  return { insertSpaces: !indent.startsWith('\t'), tabSize: indent.length, eol: text.includes('\r\n') ? '\r\n' : '\n' };
}
