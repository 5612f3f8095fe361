/** Edges of arrays: how many items, and whether twice the same. */
import { isObject, type Json } from '../../lib/json.ts';
import type { Alternative, Location } from './locations.ts';
import { itemView } from './children.ts';
import { itemLimits, mostItems, sampleItems } from './sample-array.ts';
import { typePointer } from './scalar-variations.ts';
import { numbersOf, type SchemaView } from './schema-view.ts';
import { enumeratedValues, exampleValues } from './stated-values.ts';
import { addresses, isFreeText, stringRules } from './string-rules.ts';
import type { LocalVariation } from './valid-values.ts';

/** Whether it is text of any kind, or the address of something outside. */
function isOpen(view: SchemaView): boolean {
  return view.types.every((type) => type === 'string' || type === 'null') && enumeratedValues(view) === undefined && isMeaningful(view);
}

/** Text whose meaning no keyword tells: which addresses may be named is a rule of the API. */
function isMeaningful(view: SchemaView): boolean {
  const rules = stringRules(view);
  return isFreeText(view, rules) || (rules.format !== undefined && addresses.has(rules.format.value));
}

/** @see https://json-schema.org/draft/2020-12/json-schema-validation#section-6.4 */
export function* arrayVariations(location: Location, { view, value }: Alternative): Generator<LocalVariation> {
  const { least, most, unique } = itemLimits(view);
  const smallest = numbersOf(view, 'minItems')[0]?.pointer ?? typePointer(view);
  const largest = numbersOf(view, 'maxItems')[0]?.pointer;
  const stated = exampleValues(view).find((example) => Array.isArray(example)) ?? [];
  const items = (count: number): readonly Json[] | undefined => {
    if (stated.length >= count) return stated.slice(0, count);
    const made = sampleItems(location.sampler, view, { ...location.spot, around: new Set() }, count);
    return made?.length === count ? made : undefined;
  };
  if (least === 0) yield { value: [], what: '% with no items', covers: smallest };
  const counts: readonly [number, string, string][] = [
    [least, `% with its fewest items: ${least}`, smallest],
    [1, '% with one item', smallest],
    [2, '% with two items', typePointer(view)],
    ...(largest === undefined ? [] : ([[most, `% with its most items: ${most}`, largest]] satisfies [number, string, string][])),
  ];
  for (const [count, what, covers] of counts) {
    if (count < Math.max(1, least) || count > Math.min(most, mostItems)) continue;
    const made = items(count);
    // texts that are made up may have to mean something
    const open = covers === typePointer(view) && stated.length < count && isOpen(itemView(location.sampler.contract, view, 0));
    if (made) yield { value: made, what, covers, ...(open && { confidence: 'likely' }) };
  }
  const all = largest === undefined && unique ? enumeratedValues(itemView(location.sampler.contract, view, 0)) : undefined;
  if (all && all.length > 2 && all.length <= mostItems)
    yield { value: all, what: `% with every item that it can have: ${all.length}`, covers: typePointer(view) };
  // where items hold a list of their own kind, one level more
  const { name } = location.spot;
  const [item] = items(Math.max(1, least)) ?? [];
  if (isObject(item) && Array.isArray(item[name]))
    yield { value: [{ ...item, [name]: [item] }], what: '% with an item that has items of its own', covers: typePointer(view) };
  const first = Array.isArray(value) ? (value[0] as Json | undefined) : undefined;
  if (!unique && first !== undefined && most >= 2)
    yield { value: [first, first], what: '% with the same item twice', covers: typePointer(view), confidence: 'likely' };
}
