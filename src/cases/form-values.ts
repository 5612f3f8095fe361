/** Values that travel as a form: what of a broken value is still broken once its members have become text. Pure. */
import { isObject, type Json } from '../lib/json.ts';
import { parseMediaType } from '../lib/media-type.ts';
import type { SchemaPlace } from '../spec/contract.ts';
import { propertiesOf } from '../spec/properties.ts';
import { readText } from '../spec/read-text.ts';
import type { Planning } from './planning.ts';

/** Whether a value is invalid for every reader of a form; undefined for media types that are none. */
export function formReader({ contract }: Planning, mediaType: string, schema: SchemaPlace): ((value: Json) => boolean) | undefined {
  const type = parseMediaType(mediaType);
  if (!type || !/^(?:application\/x-www-form-urlencoded|multipart\/form-data)$/.test(`${type.type}/${type.subtype}`)) return undefined;
  const places = propertiesOf(contract, schema);
  return (value) => {
    if (!isObject(value)) return false;
    const entries = Object.entries(value);
    // null and nested values have no one spelling in a form
    if (entries.length === 0 || entries.some(([, inner]) => inner === null || typeof inner === 'object')) return false;
    const read = Object.fromEntries(
      entries.map(([name, inner]) => {
        const place = places.get(name);
        return [name, place ? readText(String(inner), contract.resolve(place).schema) : inner];
      }),
    );
    return contract.validators.validate(schema, read, 'request').kind === 'invalid';
  };
}

/** Whether a body would be a multipart one without a part, which its grammar does not know. @see https://www.rfc-editor.org/rfc/rfc2046#section-5.1.1 */
export function isWithoutParts(mediaType: string, value: Json): boolean {
  return parseMediaType(mediaType)?.type === 'multipart' && isObject(value) && Object.keys(value).length === 0;
}
