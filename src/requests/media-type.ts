/** Media types as the serialisers need them. Pure. */
import { member, type JsonObject } from '../lib/json.ts';
import { concreteType } from '../lib/media-type.ts';

/** The type without parameters, in lower case. */
export function essenceOf(type: string): string {
  return (type.split(';', 1)[0] ?? '').trim().toLowerCase();
}

/** The first media type that an Encoding Object gives a property, made concrete; undefined where it gives none. @see https://spec.openapis.org/oas/v3.1.1#encoding-object */
export function encodingType(encoding: JsonObject, name: string): string | undefined {
  const type = member(member(encoding, name), 'contentType');
  return typeof type === 'string' ? concreteType(type.split(',', 1)[0]?.trim() ?? type) : undefined;
}
