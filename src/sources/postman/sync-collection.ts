/** Adds to a team's collection what the contract has and it lacks. Not a character of what is there changes. Pure. */
import { applyEdits, modify, type FormattingOptions } from 'jsonc-parser';
import { isObject, member, type Json } from '../../lib/json.ts';
import type { Contract, Operation } from '../../spec/contract.ts';
import { cleanUp } from './sequence.ts';
import { collectionAuth, collectionFolders } from './write-collection.ts';

export interface Synced {
  /** The collection's file, with what was added. */
  readonly text: string;
  readonly added: readonly Operation[];
  /** Names of items whose request the document does not know. */
  readonly unknown: readonly string[];
}

/** The collection of a file's text with an item for each operation that none of its items sends: in the folder of its tag, which is made where it lacks. */
export function syncCollection(text: string, collection: Json, contract: Contract): Synced {
  const requests = requestsOf(collection);
  const sent = requests.map(({ method, path }) => contract.match(method, path));
  const known = new Set(sent.flatMap((operation) => operation?.id ?? []));
  const formattingOptions = layoutOf(text);
  const folders = topFolders(collection);
  const added: Operation[] = [];
  let synced = text;
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
  return { text: synced, added, unknown: requests.flatMap(({ name }, index) => (sent[index] === undefined ? [name] : [])) };
}

interface ItemRequest {
  readonly name: string;
  readonly method: string;
  /** Below the base URL, with something for each variable. */
  readonly path: string;
}

/** What the items send, as far as their URLs begin with a variable: that is the base URL. */
function requestsOf(item: Json): readonly ItemRequest[] {
  const children = member(item, 'item');
  if (Array.isArray(children)) return children.flatMap((child: Json) => requestsOf(child));
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
  return [{ name: typeof name === 'string' ? name : raw, method: typeof method === 'string' ? method : 'GET', path }];
}

function topFolders(collection: Json): string[] {
  const items = member(collection, 'item');
  return (Array.isArray(items) ? (items as readonly Json[]) : []).map((item) => {
    const name = member(item, 'name');
    return Array.isArray(member(item, 'item')) && typeof name === 'string' ? name : '';
  });
}

function layoutOf(text: string): FormattingOptions {
  const indent = /\n([ \t]+)"/.exec(text)?.[1] ?? '  ';
  return { insertSpaces: !indent.startsWith('\t'), tabSize: indent.length, eol: text.includes('\r\n') ? '\r\n' : '\n' };
}
