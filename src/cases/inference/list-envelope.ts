/** What an envelope says of its page and of the whole, found in the document by names: in itself, or in the one object that wraps it. Pure. */
import { isObject, type Json } from '../../lib/json.ts';
import { joinPointer, pointerTokens, valueAt } from '../../lib/json-pointer.ts';
import type { Contract, SchemaPlace } from '../../spec/contract.ts';
import { descriptionOf, propertiesOf, typesOf } from '../../spec/properties.ts';
import { plainName } from '../../lib/names.ts';

/** JSON Pointers into the answer of what the envelope tells; undefined for what it does not tell. */
export interface Envelope {
  readonly total: string | undefined;
  readonly page: string | undefined;
  readonly size: string | undefined;
  readonly offset: string | undefined;
  readonly pages: string | undefined;
  readonly more: string | undefined;
}

const names: Readonly<Record<keyof Envelope, ReadonlySet<string>>> = {
  total: new Set([
    'total',
    'totalcount',
    'totalitems',
    'totalresults',
    'totalelements',
    'totalrecords',
    'totalhits',
    'totalrows',
    'totalsize',
  ]),
  page: new Set(['page', 'pagenumber', 'pageno', 'pageindex', 'currentpage']),
  size: new Set(['size', 'pagesize', 'perpage', 'limit', 'itemsperpage', 'resultsperpage', 'pagelimit']),
  offset: new Set(['offset', 'skip', 'startindex']),
  pages: new Set(['pages', 'totalpages', 'pagecount', 'numpages', 'lastpage', 'numberofpages']),
  more: new Set(['hasmore', 'hasnext', 'hasnextpage', 'morepages']),
};
/** Names that only say what they mean inside of a wrapper. */
const wrapped: Readonly<Record<string, keyof Envelope>> = { number: 'page', index: 'page' };
/** Names of the object that holds what an envelope tells of its page. */
export const wrappers: ReadonlySet<string> = new Set(['meta', 'metadata', 'pagination', 'paging', 'page', 'pageinfo', 'pager', 'cursor']);

/** What the envelope around a list tells. */
export function envelopeOf(contract: Contract, body: SchemaPlace, listPointer: string): Envelope {
  const found: Partial<Record<keyof Envelope, string>> = {};
  const listed = plainName(pointerTokens(listPointer).at(-1) ?? '');
  const look = (place: SchemaPlace, at: string): void => {
    for (const [name, inner] of propertiesOf(contract, place)) {
      const pointer = joinPointer(at, name);
      if (pointer === listPointer) continue;
      const types = typesOf(contract, inner);
      const plain = plainName(name);
      if (at === '' && wrappers.has(plain) && types.has('object')) look(inner, pointer);
      const kind = plain === `total${listed}` ? 'total' : kindOf(plain, at !== '', saysAll(contract, inner));
      if (kind === undefined || !(kind === 'more' ? types.has('boolean') : types.has('integer') || types.has('number'))) continue;
      found[kind] ??= pointer;
    }
  };
  if (listPointer !== '') look(body, '');
  return { total: undefined, page: undefined, size: undefined, offset: undefined, pages: undefined, more: undefined, ...found };
}

function kindOf(plain: string, inside: boolean, all: boolean): keyof Envelope | undefined {
  const kinds = Object.keys(names) as (keyof Envelope)[];
  const own = kinds.find((kind) => names[kind].has(plain));
  if (own !== undefined) return own;
  // a plain count may be of the page: only words tell
  if (plain === 'count') return all ? 'total' : undefined;
  return inside ? wrapped[plain] : undefined;
}

function saysAll(contract: Contract, place: SchemaPlace): boolean {
  const words = descriptionOf(contract, place).toLowerCase();
  return /\b(?:all|total|overall|altogether|matching)\b/.test(words) && !/\b(?:page|response)\b/.test(words);
}

/** The number that an answer has at one of the envelope's places. */
export function toldNumber(json: Json | undefined, pointer: string | undefined): number | undefined {
  const value = pointer === undefined || !isObject(json) ? undefined : valueAt(json, pointer);
  return typeof value === 'number' ? value : undefined;
}
