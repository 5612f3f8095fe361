/** Recognises answers that are lists: a bare array, or an envelope with an array in it. */
import type { SchemaPlace } from '../../spec/contract.ts';
import { plainName } from '../../lib/names.ts';
import type { Shapes } from './shapes.ts';

export interface ListShape {
  /** Property that holds the items, or undefined for a bare array. */
  readonly property: string | undefined;
  /** Envelope around the envelope: `{data: {items: []}}`. */
  readonly wrapper: string | undefined;
  readonly items: SchemaPlace;
}

const arrayNames = new Set([
  'items',
  'data',
  'results',
  'result',
  'records',
  'entries',
  'list',
  'values',
  'rows',
  'content',
  'objects',
  'elements',
  'nodes',
  'hits',
]);
const pagingNames = /^(total|count|page|size|limit|offset|next|prev|cursor|hasmore|pagination|paging|meta|links)/;

/** How a schema is a list, or undefined when it is none. */
export function listShape(shapes: Shapes, place: SchemaPlace, inside?: string): ListShape | undefined {
  const direct = shapes.items(place);
  if (direct !== undefined && shapes.types(place).has('array'))
    return { property: undefined, wrapper: inside, items: shapes.settled(direct) };
  const properties = [...shapes.properties(place).values()];
  if (properties.some((property) => property.name === 'id')) return undefined;
  const arrays = properties.filter((property) => shapes.items(property.place) !== undefined && shapes.types(property.place).has('array'));
  const [first] = arrays;
  const paged = properties.some((property) => pagingNames.test(plainName(property.name)));
  const named = arrays.find((property) => arrayNames.has(plainName(property.name)));
  const chosen = named ?? (arrays.length === 1 && (paged || properties.length === 1) ? first : undefined);
  const items = chosen && shapes.items(chosen.place);
  if (chosen !== undefined && items !== undefined) return { property: chosen.name, wrapper: inside, items: shapes.settled(items) };
  const nested = inside === undefined ? properties.find((property) => property.name === 'data' || property.name === 'result') : undefined;
  return nested && listShape(shapes, nested.place, nested.name);
}
