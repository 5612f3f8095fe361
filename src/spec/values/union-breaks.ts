/** Values that fit no branch of a union, and tags that name none. */
import { isObject, type Json } from '../../lib/json.ts';
import { joinPointer } from '../../lib/json-pointer.ts';
import type { Break } from './invalid-values.ts';
import { labelOf, type Location } from './locations.ts';
import { excludedValues } from './stated-values.ts';
import { keywordsOf } from './schema-view.ts';

/** @see https://json-schema.org/draft/2020-12/json-schema-core#section-10.2.1 */
export function* unionBreaks(location: Location): Generator<Break> {
  const { view, alternatives } = location;
  const objects = alternatives.filter((alternative) => alternative.type === 'object');
  for (const union of view.unions) {
    const [first] = objects;
    if (union.keyword !== 'oneOf' && union.keyword !== 'anyOf') continue;
    if (union.tag !== undefined && first && isObject(first.value)) {
      const { tag } = union;
      const schema = joinPointer(union.pointer.slice(0, union.pointer.lastIndexOf('/')), 'discriminator');
      const what = `${labelOf(location, `.${tag}`)} as "no-such-tag", which names no alternative`;
      yield { candidates: [{ ...first.value, [tag]: 'no-such-tag' }], what, keyword: 'discriminator', schema, name: tag };
    }
    const candidates: Json[] = objects.length > 0 ? [{}, { unknownProperty: 'x' }] : [];
    yield { candidates, what: '% fitting none of its alternatives', keyword: union.keyword, schema: union.pointer };
  }
  for (const { pointer } of keywordsOf(view, 'not')) {
    yield {
      candidates: excludedValues(view),
      what: (value) => `% as ${JSON.stringify(value)}, which is excluded`,
      keyword: 'not',
      schema: pointer,
    };
  }
}
