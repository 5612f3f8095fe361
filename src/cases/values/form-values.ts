/** Values that travel as a form: what of a broken value is still broken once its members have become text. Pure. */
import { isObject, member, type Json } from '../../lib/json.ts';
import { isSameJson } from '../../lib/same-json.ts';
import { parseMediaType } from '../../lib/media-type.ts';
import type { Contract, MediaType, SchemaPlace } from '../../spec/contract.ts';
import { propertiesOf } from '../../spec/properties.ts';
import { readText } from '../../spec/read-text.ts';
import type { Planning } from '../planning.ts';

/** Whether a value, beside one that is accepted, is invalid for every reader of a form; undefined for media types that are none. */
export function formReader(
  { contract }: Planning,
  mediaType: string,
  { encoding, schema }: Pick<MediaType, 'encoding' | 'schema'>,
  control: Json,
): ((value: Json) => boolean) | undefined {
  const type = parseMediaType(mediaType);
  if (!type || !schema || !/^(?:application\/x-www-form-urlencoded|multipart\/form-data)$/.test(`${type.type}/${type.subtype}`))
    return undefined;
  const places = propertiesOf(contract, schema);
  const scalar = (value: Json, place: SchemaPlace | undefined): Json =>
    place ? readText(String(value), contract.resolve(place).schema) : value;
  // null and nested values have no one spelling in a form, unless it is declared or was accepted
  const read = (name: string, value: Json): Json | undefined => {
    const place = places.get(name);
    if (value !== null && typeof value !== 'object') return scalar(value, place);
    if (isSameJson(value, member(control, name) ?? null)) return value;
    const members = isObject(value) && place && member(member(encoding, name), 'style') === 'deepObject' ? Object.entries(value) : [];
    if (members.length === 0 || members.some(([, inner]) => inner === null || typeof inner === 'object')) return undefined;
    const own = place ? propertiesOf(contract, place) : undefined;
    return Object.fromEntries(members.map(([inner, one]) => [inner, scalar(one, own?.get(inner) ?? furtherPlace(contract, place))]));
  };
  return (value) => {
    const entries = isObject(value) ? Object.entries(value) : [];
    const members = entries.map(([name, inner]) => [name, inner === null ? undefined : read(name, inner)] as const);
    const told = members.flatMap(([name, inner]) => (inner === undefined ? [] : [[name, inner] as const]));
    if (entries.length === 0 || told.length < entries.length) return false;
    return contract.validators.validate(schema, Object.fromEntries(told), 'request').kind === 'invalid';
  };
}

/** The schema of the members of a map. */
function furtherPlace(contract: Contract, place: SchemaPlace | undefined): SchemaPlace | undefined {
  const resolved = place && contract.resolve(place);
  const further = resolved && member(resolved.schema, 'additionalProperties');
  return resolved && isObject(further) ? { pointer: `${resolved.pointer}/additionalProperties`, schema: further } : undefined;
}

/** Whether a body would be a multipart one without a part, which its grammar does not know. @see https://www.rfc-editor.org/rfc/rfc2046#section-5.1.1 */
export function isWithoutParts(mediaType: string, value: Json): boolean {
  return parseMediaType(mediaType)?.type === 'multipart' && isObject(value) && Object.keys(value).length === 0;
}
