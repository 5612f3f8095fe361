/** Pages: what the parameters ask for by name, and what the envelope's fields say of it. */
import type { Json, JsonObject } from '../../lib/json.ts';
import type { Operation, Parameter, SchemaPlace } from '../../spec/contract.ts';
import { plainName } from '../../lib/names.ts';
import type { ListShape } from './list-shape.ts';
import { present } from './present.ts';
import type { Shapes } from './shapes.ts';
import type { World } from './world.ts';

type PagingRole = 'page' | 'size' | 'offset' | 'cursor';

const roles: Readonly<Record<string, PagingRole>> = Object.freeze(
  Object.fromEntries([
    ...['page', 'pagenumber', 'pageno', 'pagenum', 'currentpage', 'pageindex', 'p'].map((name) => [name, 'page'] as const),
    ...['size', 'pagesize', 'perpage', 'limit', 'pagelimit', 'maxresults', 'maxitems', 'count', 'first', 'take', 'itemsperpage'].map(
      (name) => [name, 'size'] as const,
    ),
    ...['offset', 'skip', 'start', 'startindex', 'from'].map((name) => [name, 'offset'] as const),
    ...['cursor', 'after', 'pagetoken', 'nexttoken', 'nextpagetoken', 'continuation', 'continuationtoken', 'startingafter', 'marker'].map(
      (name) => [name, 'cursor'] as const,
    ),
  ]),
);

function roleOf(name: string): PagingRole | undefined {
  const plain = plainName(name);
  return Object.hasOwn(roles, plain) ? roles[plain] : undefined;
}

/** Whether a parameter says which page is wanted. */
export function isPagingParameter(name: string): boolean {
  return roleOf(name) !== undefined;
}

/** A piece of a list. */
export interface Page {
  readonly offset: number;
  readonly size: number;
  readonly total: number;
  /** Number of the first page: 0 or 1. */
  readonly base: number;
  /** Number of this page. */
  readonly number: number;
  /** Names of the parameters that are there, by what they mean. */
  readonly names: Readonly<Partial<Record<PagingRole, string>>>;
}

/** The page that a request asks for; the whole list where the operation has no paging. */
export function pageOf(shapes: Shapes, operation: Operation, query: JsonObject, total: number): Page {
  const parameters: Partial<Record<PagingRole, Parameter>> = {};
  for (const parameter of operation.parameters) {
    const role = parameter.in === 'query' ? roleOf(parameter.name) : undefined;
    if (role !== undefined) parameters[role] ??= parameter;
  }
  const { page, size, offset, cursor } = parameters;
  const number = (parameter: Parameter | undefined): number | undefined => {
    const value = parameter && (query[parameter.name] ?? (parameter.schema && shapes.keyword(parameter.schema, 'default')));
    return typeof value === 'number' && Number.isFinite(value) ? Math.trunc(value) : undefined;
  };
  const paged = page ?? size ?? offset ?? cursor;
  const length = Math.max(0, number(size) ?? (paged === undefined ? total : 50));
  const base =
    page?.schema !== undefined && (shapes.keyword(page.schema, 'minimum') === 0 || shapes.keyword(page.schema, 'default') === 0) ? 0 : 1;
  const token = cursor && query[cursor.name];
  const asked = number(page);
  const start = typeof token === 'string' ? offsetOfCursor(token) : (number(offset) ?? ((asked ?? base) - base) * length);
  const names = Object.fromEntries(Object.entries(parameters).map(([role, parameter]) => [role, parameter.name]));
  return { offset: Math.max(0, start), size: length, total, base, number: asked ?? base + Math.floor(start / Math.max(length, 1)), names };
}

function offsetOfCursor(token: string): number {
  return Number(/^from-(\d+)$/.exec(Buffer.from(token, 'base64url').toString())?.[1] ?? 0);
}

function cursorAt(offset: number): string {
  return Buffer.from(`from-${offset}`).toString('base64url');
}

/** The items in the list's envelope, or as a bare array; undefined when no valid envelope was found. `url` is the request's own. */
export function envelope(
  world: World,
  place: SchemaPlace,
  shape: ListShape,
  items: readonly Json[],
  page: Page,
  url: URL,
): Json | undefined {
  if (shape.property === undefined && shape.wrapper === undefined) return items;
  return present(world, place, fill(world, place, shape, { items, page, url }, 0), 1);
}

interface Filling {
  readonly items: readonly Json[];
  readonly page: Page;
  readonly url: URL;
}

function fill(world: World, place: SchemaPlace, shape: ListShape, filling: Filling, depth: number): JsonObject {
  const filled: Record<string, Json> = {};
  const isOuter = shape.wrapper !== undefined && depth === 0;
  const properties = [...world.shapes.properties(place).values()];
  const hasTotal = properties.some(({ name }) => plainName(name).startsWith('total'));
  for (const { name, place: own } of properties) {
    const types = world.shapes.types(own);
    if (isOuter && name === shape.wrapper)
      filled[name] = shape.property === undefined ? filling.items : fill(world, own, shape, filling, depth + 1);
    else if (!isOuter && name === shape.property) filled[name] = filling.items;
    else if (world.shapes.properties(own).size > 0 && depth < 3)
      filled[name] = fill(world, own, { ...shape, property: undefined, wrapper: undefined }, filling, depth + 1);
    else {
      const value = fieldValue(plainName(name), types, filling, hasTotal);
      if (value !== undefined) filled[name] = value;
    }
  }
  return filled;
}

/** What an envelope's field says, by its name. */
function fieldValue(plain: string, types: ReadonlySet<string>, { items, page, url }: Filling, hasTotal: boolean): Json | undefined {
  const { offset, size, total } = page;
  const last = offset + size >= total;
  const isNumber = types.has('integer') || types.has('number');
  if (/^(total|totalcount|totalitems|totalresults|totalrecords|totalelements)$/.test(plain)) return isNumber ? total : undefined;
  if (plain === 'count') return isNumber ? (hasTotal ? items.length : total) : undefined;
  if (/^(page|pagenumber|pageno|currentpage|pageindex)$/.test(plain)) return isNumber ? page.number : undefined;
  if (/^(size|pagesize|perpage|itemsperpage|limit|pagelimit)$/.test(plain)) return isNumber ? size : undefined;
  if (/^(pages|totalpages|pagecount|numpages|lastpage)$/.test(plain)) return isNumber ? Math.ceil(total / Math.max(size, 1)) : undefined;
  if (/^(offset|skip|start|startindex)$/.test(plain)) return isNumber ? offset : undefined;
  if (/^(hasmore|hasnext|hasnextpage|more)$/.test(plain)) return !last;
  if (/^(hasprevious|hasprev|haspreviouspage|hasprevpage)$/.test(plain)) return offset > 0;
  if (/^(cursor|nextcursor|nextpagetoken|nexttoken|endcursor|continuationtoken)$/.test(plain))
    return last ? absent(types) : cursorAt(offset + size);
  if (/^next(page|url|link)?$/.test(plain)) return last ? absent(types) : pointTo(types, page, url, offset + size);
  if (/^prev(ious)?(page|url|link)?$/.test(plain))
    return offset <= 0 ? absent(types) : pointTo(types, page, url, Math.max(0, offset - size));
  return undefined;
}

function absent(types: ReadonlySet<string>): Json | undefined {
  return types.has('null') ? null : undefined;
}

/** Another page, as its number or its URL. */
function pointTo(types: ReadonlySet<string>, { names, size, base }: Page, url: URL, offset: number): Json {
  const number = base + Math.floor(offset / Math.max(size, 1));
  if (!types.has('string')) return names.page === undefined ? offset : number;
  const target = new URL(url);
  if (names.page !== undefined) target.searchParams.set(names.page, String(number));
  else if (names.offset !== undefined) target.searchParams.set(names.offset, String(offset));
  else if (names.cursor !== undefined) target.searchParams.set(names.cursor, cursorAt(offset));
  return target.href;
}
