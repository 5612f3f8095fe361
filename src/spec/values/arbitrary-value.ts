/** Valid values of a schema as a fast-check arbitrary: for properties that have to hold for all of them. Shrinks towards small values; recursion is bounded. */
import * as fc from 'fast-check';
import { isObject, type Json } from '../../lib/json.ts';
import type { Contract, SchemaPlace } from '../contract.ts';
import { alternativesOf, coveringAlternatives, type Settled } from './alternatives.ts';
import { arbitraryNumber, arbitraryString } from './arbitrary-scalar.ts';
import { isOneWay, itemView, prefixLength, propertyNames, propertyView, requiredNames } from './children.ts';
import { itemLimits, mostItems } from './sample-array.ts';
import { propertyLimits } from './sample-object.ts';
import { isSameJson } from '../../lib/same-json.ts';
import { sampleValue } from './sample-value.ts';
import { enumeratedValues } from './stated-values.ts';
import { keywordsOf, viewOf, type JsonType, type SchemaView } from './schema-view.ts';
import type { ValueOptions } from './value-options.ts';

interface Growth {
  readonly contract: Contract;
  readonly options: ValueOptions;
  /** What is left of the schemas that may be visited. */
  readonly budget: { left: number };
}

/** Where in the schema an arbitrary is made. */
interface Spot {
  readonly name: string;
  readonly depth: number;
  readonly around: ReadonlySet<string>;
}

/** Optional parts and list items are made down to this depth. */
const generousDepth = 5;

/**
 * Valid values; undefined when not even one could be made. A draw that the contract's validator refuses gives the ordinary value instead, so that no draw is ever lost.
 * @see https://fast-check.dev/docs/core-blocks/arbitraries/
 */
export function arbitraryValue(contract: Contract, place: SchemaPlace, options: ValueOptions): fc.Arbitrary<Json> | undefined {
  const ordinary = sampleValue(contract, place, options);
  if (ordinary === undefined) return undefined;
  const growth: Growth = { contract, options, budget: { left: 2000 } };
  const arbitrary = grow(growth, viewOf(contract, [place]), { name: options.name ?? '', depth: 0, around: new Set() });
  if (arbitrary === undefined) return fc.constant(ordinary);
  const isValid = (value: Json): boolean => contract.validators.validate(place, value, options.direction).kind === 'valid';
  return arbitrary.map((value) => (isValid(value) ? value : ordinary));
}

function grow(growth: Growth, view: SchemaView, spot: Spot): fc.Arbitrary<Json> | undefined {
  if (growth.budget.left-- <= 0 || view.types.length === 0) return undefined;
  if (view.parts.some(({ pointer }) => spot.around.has(pointer))) return undefined;
  const around = new Set([...spot.around, ...view.parts.map(({ pointer }) => pointer)]);
  const branches = coveringAlternatives(alternativesOf(growth.contract, view)).flatMap((settled) => {
    const branch = growSettled(growth, settled, { ...spot, around });
    return branch ? [branch] : [];
  });
  return branches.length > 0 ? fc.oneof(...branches) : undefined;
}

function growSettled(growth: Growth, { view, type }: Settled, spot: Spot): fc.Arbitrary<Json> | undefined {
  const values = enumeratedValues(view);
  if (values) return values.length > 0 ? fc.constantFrom(...values) : undefined;
  const growers: Readonly<Record<JsonType, () => fc.Arbitrary<Json> | undefined>> = {
    null: () => fc.constant(null),
    boolean: () => fc.boolean(),
    integer: () => arbitraryNumber(view, true),
    number: () => arbitraryNumber(view, false),
    string: () => arbitraryString(view, spot.name, growth.options),
    array: () => growArray(growth, view, spot),
    object: () => growObject(growth, view, spot),
  };
  return growers[type]();
}

function growArray(growth: Growth, view: SchemaView, spot: Spot): fc.Arbitrary<Json> | undefined {
  const { least, most, unique } = itemLimits(view);
  const prefix = prefixLength(view);
  const inside = { ...spot, depth: spot.depth + 1 };
  const first = Array.from({ length: Math.min(prefix, most) }, (_, index) => grow(growth, itemView(growth.contract, view, index), inside));
  const fixed = first.flatMap((item) => (item ? [item] : []));
  const item = spot.depth < generousDepth || least > prefix ? grow(growth, itemView(growth.contract, view, prefix), inside) : undefined;
  if (fixed.length < first.length) return least === 0 ? fc.constant([]) : undefined;
  const size = {
    minLength: Math.max(0, least - prefix),
    maxLength: Math.max(0, Math.min(most, mostItems, Math.max(least, prefix + 5)) - prefix),
  };
  if (item === undefined && size.minLength > 0) return undefined;
  if (size.minLength > mostItems) return undefined;
  const rest = item === undefined ? fc.constant<readonly Json[]>([]) : unique ? distinctItems(item, size) : fc.array(item, size);
  return fc.tuple(fc.tuple(...fixed), rest).map((parts) => parts.flat());
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

function growObject(growth: Growth, view: SchemaView, spot: Spot): fc.Arbitrary<Json> | undefined {
  const required = requiredNames(view);
  const { least } = propertyLimits(view);
  const members: fc.Arbitrary<readonly (readonly [string, Json])[]>[] = [];
  for (const name of propertyNames(view)) {
    const property = propertyView(growth.contract, view, name);
    if (isOneWay(property, growth.options.direction)) continue;
    if (!required.has(name) && spot.depth >= generousDepth && least === 0) continue;
    const value = grow(growth, property, { ...spot, name, depth: spot.depth + 1 });
    if (value === undefined && required.has(name)) return undefined;
    if (value === undefined) continue;
    const present = value.map((made) => [[name, made] as const]);
    members.push(required.has(name) ? present : fc.option(present, { nil: [], freq: 3 }));
  }
  const further = spot.depth < generousDepth ? growFurther(growth, view, spot) : undefined;
  return fc.tuple(...members, ...(further ? [further] : [])).map((entries) => Object.fromEntries(entries.flat()));
}

/** Members that the schema does not name but invites. */
function growFurther(growth: Growth, view: SchemaView, spot: Spot): fc.Arbitrary<readonly (readonly [string, Json])[]> | undefined {
  const invited = keywordsOf(view, 'additionalProperties').some(({ value }) => value === true || isObject(value));
  if (!invited) return undefined;
  const known = new Set(propertyNames(view));
  const value = grow(growth, propertyView(growth.contract, view, 'extra'), { ...spot, depth: spot.depth + 1 });
  const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/).filter((text) => !known.has(text));
  return value && fc.array(fc.tuple(name, value), { maxLength: 3 });
}
