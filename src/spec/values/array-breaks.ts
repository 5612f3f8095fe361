/** Arrays with too few, too many or repeated items. */
import type { Json } from '../../lib/json.ts';
import { counted } from './counted.ts';
import { containsCount } from './children.ts';
import type { Break } from './invalid-values.ts';
import type { Alternative, Location } from './locations.ts';
import { mostItems, sampleItems } from './sample-array.ts';
import { keywordsOf, numbersOf, type SchemaView } from './schema-view.ts';

/** @see https://json-schema.org/draft/2020-12/json-schema-validation#section-6.4 */
export function* arrayBreaks(location: Location, { view, value }: Alternative): Generator<Break> {
  const ordinary: readonly Json[] = Array.isArray(value) ? value : [];
  const spot = { ...location.spot, around: new Set<string>() };
  const items = (count: number): Json[][] => {
    const open: SchemaView = { ...view, parts: view.parts.map((part) => ({ ...part, schema: { ...part.schema, minItems: 0 } })) };
    const made = sampleItems(location.sampler, open, spot, count);
    return made?.length === count ? [[...made]] : [];
  };
  for (const { value: least, pointer } of numbersOf(view, 'minItems')) {
    if (least > 0 && least <= mostItems)
      yield {
        candidates: items(least - 1),
        what: `% with ${counted(least - 1, 'item')}, fewer than ${least}`,
        keyword: 'minItems',
        schema: pointer,
      };
  }
  for (const { value: most, pointer } of numbersOf(view, 'maxItems')) {
    if (most < mostItems)
      yield {
        candidates: items(most + 1),
        what: `% with ${counted(most + 1, 'item')}, more than ${most}`,
        keyword: 'maxItems',
        schema: pointer,
      };
  }
  for (const { value: unique, pointer } of keywordsOf(view, 'uniqueItems')) {
    const [first] = ordinary.length > 0 ? ordinary : (items(1)[0] ?? []);
    if (unique !== true || first === undefined) continue;
    yield {
      candidates: [
        [...ordinary, first],
        [first, first],
      ],
      what: '% with the same item twice',
      keyword: 'uniqueItems',
      schema: pointer,
    };
  }
  const closed = keywordsOf(view, 'items').find((keyword) => keyword.value === false);
  if (closed) yield { candidates: [[...ordinary, 'extra']], what: '% with an item too many', keyword: 'items', schema: closed.pointer };
  const [contains] = keywordsOf(view, 'contains');
  if (contains && containsCount(view) > 0)
    yield { candidates: [[]], what: '% without the item that it must contain', keyword: 'contains', schema: contains.pointer };
}
