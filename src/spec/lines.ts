/** Lines of JSON Pointers in a document's text, so that a message can name the place. Nothing is read before the first question. */
import type * as Yaml from 'yaml';
import { pointerTokens } from '../lib/json-pointer.ts';
import { yamlTrees } from '../lib/load-late.ts';
import { jsonLocator, type Locate } from './locate-json.ts';

function yamlLocator(text: string): Locate | undefined {
  const yaml = yamlTrees();
  let document: Yaml.Document;
  try {
    document = yaml.parseDocument(text, { keepSourceTokens: false, logLevel: 'silent' });
  } catch {
    return undefined;
  }
  const follow = (node: unknown): unknown => (yaml.isAlias(node) ? node.resolve(document) : node);
  const start = (node: unknown): number | undefined => (yaml.isNode(node) ? node.range?.[0] : undefined);
  const step = (node: unknown, token: string): { readonly value: unknown; readonly offset: number | undefined } | undefined => {
    if (yaml.isSeq(node))
      return Number(token) < node.items.length ? { value: node.items[Number(token)], offset: start(node.items[Number(token)]) } : undefined;
    if (!yaml.isMap<Yaml.Node, Yaml.Node>(node)) return undefined;
    const pair = node.items.find(({ key }) => yaml.isScalar(key) && String(key.value) === token);
    return pair === undefined ? undefined : { value: pair.value, offset: start(pair.key) };
  };
  return (tokens) => {
    let node: unknown = document.contents;
    let offset = start(node) ?? 0;
    let depth = 0;
    for (const token of tokens) {
      const next = step(follow(node), token);
      if (next === undefined) break;
      node = next.value;
      offset = next.offset ?? offset;
      depth++;
    }
    return { offset, depth };
  };
}

/** Where a pointer into the 3.1 shape stood in a 2.0 document. */
const formerPlaces: readonly (readonly [RegExp, string])[] = [
  [/^\/components\/schemas\//, '/definitions/'],
  [/^\/components\/(parameters|responses)\//, '/$1/'],
  [/^\/components\/requestBodies\//, '/parameters/'],
  [/^\/components\/securitySchemes\//, '/securityDefinitions/'],
  [/^(\/paths\/[^/]+\/[^/]+\/responses\/[^/]+|\/responses\/[^/]+)\/content\/[^/]+(?=\/schema|$)/, '$1'],
  [/^(\/paths\/[^/]+\/[^/]+)\/requestBody\b.*$/, '$1/parameters'],
  [/^\/servers\b.*$/, '/basePath'],
];

const formerPlace = (pointer: string): string =>
  formerPlaces.reduce((place, [pattern, replacement]) => place.replace(pattern, replacement), pointer);

function lineCounter(text: string): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

/**
 * A function from a JSON Pointer to the one-based line of that place in a JSON or YAML text: of its nearest existing ancestor
 * when the place is not there, undefined when the text cannot be read or is one line, of which a pointer says more. Pointers into the 3.1 shape find their place in a 2.0 text too.
 */
export function createLineFinder(text: string): (pointer: string) => number | undefined {
  if (!text.trimEnd().includes('\n')) return () => undefined;
  let ready: { readonly locate: Locate | undefined; readonly lineOf: (offset: number) => number } | undefined;
  return (pointer) => {
    ready ??= {
      locate: /^\uFEFF?\s*[[{]/.test(text) ? jsonLocator(text) : yamlLocator(text),
      lineOf: lineCounter(text),
    };
    const { locate, lineOf } = ready;
    if (locate === undefined) return undefined;
    const direct = locate(pointerTokens(pointer));
    const former = locate(['swagger']).depth === 1 ? locate(pointerTokens(formerPlace(pointer))) : direct;
    return lineOf(former.depth > direct.depth ? former.offset : direct.offset);
  };
}
