/** Arbitraries of arrays. */
import * as fc from 'fast-check';
import type { Json } from '../../lib/json.ts';
import { isSameJson } from '../../lib/same-json.ts';
import type { Growth, Spot } from './arbitrary-value.ts';
import { containsCount, itemView, prefixLength } from './children.ts';
import { itemLimits, mostItems } from './sample-array.ts';
import type { SchemaView } from './schema-view.ts';

/** Items are made down to this depth, deeper only where they have to be. */
const generousDepth = 5;
/** Items drawn beyond those that have to be there. */
const mostFurther = 5;

/** Arrays of the view's items and sizes; undefined when an item that is needed cannot be made. */
export function arbitraryArray(growth: Growth, view: SchemaView, spot: Spot): fc.Arbitrary<Json> | undefined {
  const { least, most, unique } = itemLimits(view);
  if (least > most || least > mostItems) return undefined;
  const inside = { ...spot, depth: spot.depth + 1 };
  const special = Math.min(most, Math.max(prefixLength(view), containsCount(view)));
  const first = Array.from({ length: special }, (_, index) => growth.grow(itemView(growth.contract, view, index), inside));
  // what comes behind an item that cannot be made cannot be there either
  const fixed = first.slice(0, first.includes(undefined) ? first.indexOf(undefined) : special).flatMap((item) => item ?? []);
  if (fixed.length < Math.min(least, special)) return undefined;
  const lacking = Math.max(0, least - fixed.length);
  const room = fixed.length < special ? 0 : Math.max(0, Math.min(most - fixed.length, lacking + mostFurther));
  const wanted = room > 0 && (spot.depth < generousDepth || lacking > 0);
  const item = wanted ? growth.grow(itemView(growth.contract, view, special), inside) : undefined;
  if (item === undefined && lacking > 0) return undefined;
  const size = { minLength: lacking, maxLength: room };
  const rest = item === undefined ? fc.constant<readonly Json[]>([]) : unique ? distinctItems(item, size) : fc.array(item, size);
  const length = fc.integer({ min: Math.min(least, fixed.length), max: fixed.length });
  return fc
    .tuple(length, fc.tuple(...fixed), rest)
    .map(([count, head, tail]) => (count < head.length ? head.slice(0, count) : [...head, ...tail]));
}

/** Not `uniqueArray`, which draws for ever where there are too few distinct items: what is too short is refused by the validator later. */
function distinctItems(
  item: fc.Arbitrary<Json>,
  size: { readonly minLength: number; readonly maxLength: number },
): fc.Arbitrary<readonly Json[]> {
  const drawn = fc.array(item, { minLength: size.minLength, maxLength: size.maxLength * 2 });
  return drawn.map((items) =>
    items.filter((one, index) => !items.slice(0, index).some((other) => isSameJson(other, one))).slice(0, size.maxLength),
  );
}
