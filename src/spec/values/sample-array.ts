/** Ordinary arrays: one item, or as many as the schema asks for. */
import type { Json } from '../../lib/json.ts';
import { joinPointer } from '../../lib/json-pointer.ts';
import { containsCount, itemView, prefixLength } from './children.ts';
import { isSameJson } from '../../lib/same-json.ts';
import { isGenerous, type Sampler, type Spot } from './sampler.ts';
import { hasFlag, numbersOf, type SchemaView } from './schema-view.ts';

/** Longer arrays are never made. */
export const mostItems = 100;

interface ItemLimits {
  readonly least: number;
  readonly most: number;
  readonly unique: boolean;
}

/** How many items a view allows. @see https://json-schema.org/draft/2020-12/json-schema-validation#section-6.4 */
export function itemLimits(view: SchemaView): ItemLimits {
  const least = Math.max(containsCount(view), ...numbersOf(view, 'minItems').map(({ value }) => value));
  const most = Math.min(Number.POSITIVE_INFINITY, ...numbersOf(view, 'maxItems').map(({ value }) => value));
  return { least, most, unique: hasFlag(view, 'uniqueItems') };
}

/** An array with the fewest sensible items; undefined when one that is needed cannot be made. */
export function sampleArray(sampler: Sampler, view: SchemaView, spot: Spot): Json | undefined {
  const { least, most } = itemLimits(view);
  const wish = isGenerous(sampler, spot) ? Math.max(1, prefixLength(view)) : 0;
  const count = Math.min(most, Math.max(least, wish));
  const items = sampleItems(sampler, view, spot, count);
  return items !== undefined && items.length >= least ? items : undefined;
}

/** Up to `count` items, distinct where they must be: fewer when no further one can be made. */
export function sampleItems(sampler: Sampler, view: SchemaView, spot: Spot, count: number): readonly Json[] | undefined {
  const { unique, least } = itemLimits(view);
  if (count > mostItems && count > least) return undefined;
  const items: Json[] = [];
  for (let index = 0; index < Math.min(count, 1000); index++) {
    const item = nextItem(sampler, view, spot, index, unique ? items : []);
    if (item === undefined) break;
    items.push(item);
  }
  return items;
}

function nextItem(sampler: Sampler, view: SchemaView, spot: Spot, index: number, taken: readonly Json[]): Json | undefined {
  const item = itemView(sampler.contract, view, index);
  const within = { ...spot, at: joinPointer(spot.at, index), depth: spot.depth + 1 };
  for (let tries = 0; tries < 8; tries++) {
    const value = sampler.sample(item, { ...within, variation: spot.variation + (taken.length > 0 ? index + tries : tries) });
    if (value === undefined || !taken.some((other) => isSameJson(other, value))) return value;
  }
  return undefined;
}
