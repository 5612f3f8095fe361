/** Bodies whose values no other body has: full, told apart by a number, their lists in no order. What is mixed up, cut, sorted or lost then shows. Pure. */
import { isObject, member, type Json, type JsonObject } from '../../lib/json.ts';
import { isSameJson } from '../../lib/same-json.ts';
import type { Operation, SchemaPlace } from '../../spec/contract.ts';
import { itemsOf, propertiesOf, typesOf } from '../../spec/properties.ts';
import { sampleValue } from '../../spec/values/sample-value.ts';
import { preferredBody, sampling, type Planning } from '../planning.ts';
import { referencesOf } from '../inference/references.ts';

/** What every value on the way down needs. */
interface Shift {
  readonly planning: Planning;
  readonly by: number;
  /** Levels that may still be filled in: schemas may be circular. */
  readonly depth: number;
}

type Fits = (value: Json) => boolean;

/** The body with every leaf as far from the original as the schema lets it; references to other things stay. */
export function distinctBody(planning: Planning, operation: Operation, body: JsonObject, by: number): JsonObject {
  const schema = preferredBody(operation)?.schema;
  if (!schema) return body;
  const places = propertiesOf(planning.contract, schema);
  const fits: Fits = (value) => planning.contract.validators.validate(schema, value, 'request').kind === 'valid';
  let current = body;
  for (const [name, value] of Object.entries(body)) {
    if (planning.resources.ofMember(operation, name)) continue;
    const before = current;
    const put = (inner: Json): JsonObject => ({ ...before, [name]: inner });
    current = put(shifted({ planning, by, depth: 4 }, value, places.get(name), (inner) => fits(put(inner))));
  }
  const referring = referencesOf(planning, operation, body)(current, undefined, fits);
  return isObject(referring) && fits(referring) ? referring : current;
}

function shifted(shift: Shift, value: Json, place: SchemaPlace | undefined, fits: Fits): Json {
  const { planning, by } = shift;
  const choices = place && member(planning.contract.resolve(place).schema, 'enum');
  if (Array.isArray(choices)) {
    const at = choices.findIndex((choice: Json) => isSameJson(choice, value));
    const turned: readonly Json[] = choices.map((_: Json, index) => choices[(at + by + index) % choices.length] as Json);
    return turned.find((choice) => choice !== null && fits(choice)) ?? value;
  }
  if (typeof value === 'string')
    return (value.includes('@') ? [`n${by}.${value}`] : [`${value} ${by}`, `${value}${by}`]).find(fits) ?? value;
  if (typeof value === 'number') return numbersFrom(shift, value, place).find(fits) ?? value;
  if (Array.isArray(value)) return shiftedList(shift, value, place, fits);
  return isObject(value) ? shiftedObject(shift, value, place, fits) : value;
}

/** Numbers elsewhere; where fractions may stand, one that neither whole numbers nor single precision keep. */
function numbersFrom({ planning, by }: Shift, value: number, place: SchemaPlace | undefined): number[] {
  const whole = [value + by, value - by, value + by / 2];
  const fractions = place !== undefined && typesOf(planning.contract, place).has('number');
  return fractions ? [...whole.slice(0, 2).map((one) => Math.trunc(one) + 0.37), ...whole] : whole;
}

function shiftedObject(shift: Shift, value: JsonObject, place: SchemaPlace | undefined, fits: Fits): JsonObject {
  const { planning, depth } = shift;
  const places = place ? propertiesOf(planning.contract, place) : new Map<string, SchemaPlace>();
  let current = value;
  for (const [name, inner] of depth > 0 ? places : []) {
    if (Object.hasOwn(current, name)) continue;
    const sample = sampleValue(planning.contract, inner, sampling(planning, shift.by, name));
    const fuller = sample === undefined ? current : { ...current, [name]: sample };
    if (fits(fuller)) current = fuller;
  }
  for (const [name, inner] of Object.entries(current)) {
    const before = current;
    const put = (other: Json): JsonObject => ({ ...before, [name]: other });
    current = put(shifted({ ...shift, depth: depth - 1 }, inner, places.get(name), (other) => fits(put(other))));
  }
  return current;
}

/** Three items that are in no order, else two, else what there was. */
function shiftedList(shift: Shift, list: readonly Json[], place: SchemaPlace | undefined, fits: Fits): Json {
  const { planning, by, depth } = shift;
  const items = place && itemsOf(planning.contract, place);
  const head = list[0] ?? (items && depth > 0 ? sampleValue(planning.contract, items, sampling(planning, by, 'item')) : undefined);
  if (head === undefined) return list;
  const item = (offset: number): Json =>
    shifted({ ...shift, by: by + offset, depth: depth - 1 }, head, items, (inner) => fits([inner, ...list.slice(1)]));
  const isDistinct = (made: readonly Json[]): boolean => new Set(made.map((one) => JSON.stringify(one))).size === made.length;
  const longer = [
    [item(4), item(0), item(2)],
    [item(2), item(0)],
    [item(1), item(0)],
  ].find((made) => isDistinct(made) && fits(made));
  const single = longer ?? [item(0), ...list.slice(1)];
  return fits(single) ? single : list;
}
