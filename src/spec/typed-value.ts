/** Gives texts from URLs, headers, forms and XML the types that their schemas name. */
import { joinPointer } from '../lib/json-pointer.ts';
import { exactNumber, type ExactNumbers } from '../lib/json-text.ts';
import { isObject, type Json } from '../lib/json.ts';
import type { Contract, Direction, SchemaPlace } from './contract.ts';
import { itemsOf, propertiesOf, typesOf } from './properties.ts';

/** A value, with its numbers that a double does not hold. */
export interface TypedValue {
  readonly value: Json;
  readonly numbers: ExactNumbers;
}

const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** The raw value (texts, lists and objects of texts) as the schema reads it: of several readings the first that it accepts, else the first. */
export function typedValue(contract: Contract, place: SchemaPlace, raw: Json, direction: Direction): TypedValue {
  const numbers = new Map<string, string>();
  const read = (at: SchemaPlace, part: Json, pointer: string): Json => {
    if (Array.isArray(part)) {
      const items = itemsOf(contract, at);
      return items === undefined ? part : part.map((item: Json, index) => read(items, item, joinPointer(pointer, index)));
    }
    if (isObject(part)) {
      const properties = propertiesOf(contract, at);
      const open = contract.resolve(at);
      const others = isObject(open.schema) ? open.schema['additionalProperties'] : undefined;
      return Object.fromEntries(
        Object.entries(part).map(([name, value]): [string, Json] => {
          const property = properties.get(name);
          const rest = isObject(others) ? { pointer: `${open.pointer}/additionalProperties`, schema: others } : undefined;
          const found = property ?? rest;
          return [name, found === undefined ? value : read(found, value, joinPointer(pointer, name))];
        }),
      );
    }
    if (typeof part !== 'string') return part;
    const all = readings(part, typesOf(contract, at));
    const fitting = all.find((value) => contract.validators.validate(at, value, direction).kind === 'valid');
    const chosen = fitting === undefined ? (all[0] ?? part) : fitting;
    const exact = typeof chosen === 'number' ? exactNumber(part) : undefined;
    if (exact !== undefined) numbers.set(pointer, exact);
    return chosen;
  };
  return { value: read(place, raw, ''), numbers };
}

/** What a text may stand for under the types, the likeliest first. */
function readings(text: string, types: ReadonlySet<string>): Json[] {
  const found: Json[] = [];
  if ((types.has('integer') || types.has('number')) && number.test(text)) found.push(Number(text));
  if (types.has('boolean') && (text === 'true' || text === 'false')) found.push(text === 'true');
  if (types.has('null') && (text === '' || text === 'null')) found.push(null);
  if (types.has('string') || types.size === 0) found.push(text);
  return found;
}
