/** Reads `application/x-www-form-urlencoded` content. */
import { member, type Json } from '../../lib/json.ts';
import { isJsonType } from '../../lib/media-type.ts';
import type { Parameter, ParameterStyle, SchemaPlace } from '../../spec/contract.ts';
import { propertiesOf, typesOf } from '../../spec/properties.ts';
import { formPairsOf, readParameter } from '../../spec/read-parameter.ts';
import type { Content, ContentContext } from '../content.ts';

/** The form as the object that the schema describes. @see https://spec.openapis.org/oas/v3.1.1#encoding-the-x-www-form-urlencoded-media-type */
export function readForm(bytes: Uint8Array, place: SchemaPlace, { contract, media }: ContentContext): Content {
  const query = formPairsOf(new TextDecoder().decode(bytes));
  const texts = { path: new Map<string, string>(), cookies: [], header: () => undefined, query };
  const properties = propertiesOf(contract, place);
  const value: Record<string, Json> = Object.create(null);
  const numbers = new Map<string, string>();
  for (const [name, property] of properties) {
    const given = readParameter(contract, parameterOf(name, property, media.encoding, typesOf(contract, property)), texts);
    if (given.kind === 'broken') return { kind: 'broken', reason: `holds no JSON in ${name}` };
    if (given.kind === 'absent') continue;
    value[name] = given.value;
    for (const [pointer, text] of given.numbers) numbers.set(`/${name}${pointer}`, text);
  }
  for (const [name, text] of new URLSearchParams(new TextDecoder().decode(bytes))) {
    if (!properties.has(name) && !/\[.*\]$/.test(name)) value[name] ??= text;
  }
  return { kind: 'parts', parts: [{ place, value, numbers, at: '' }] };
}

/** A property travels as a query parameter of its encoding does; without a style an object is one JSON text. */
function parameterOf(
  name: string,
  schema: SchemaPlace,
  encoding: ContentContext['media']['encoding'],
  types: ReadonlySet<string>,
): Parameter {
  const own = member(encoding, name);
  const style = member(own, 'style');
  const explode = member(own, 'explode');
  const type = member(own, 'contentType');
  const isWhole =
    style === undefined &&
    explode === undefined &&
    (typeof type === 'string' ? isJsonType(type) : types.has('object') && !types.has('string'));
  const known = (typeof style === 'string' ? style : 'form') as ParameterStyle;
  return {
    name,
    in: 'query',
    required: false,
    deprecated: false,
    schema: isWhole ? undefined : schema,
    mediaType: isWhole
      ? { type: 'application/json', schema, itemSchema: undefined, pointer: schema.pointer, examples: [], encoding: {} }
      : undefined,
    style: known,
    explode: typeof explode === 'boolean' ? explode : known === 'form',
    allowReserved: false,
    pointer: schema.pointer,
    examples: [],
  };
}
