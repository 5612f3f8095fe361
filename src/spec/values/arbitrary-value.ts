/** Valid values of a schema as a fast-check arbitrary: for properties that have to hold for all of them. Shrinks towards small values; recursion is bounded. */
import * as fc from 'fast-check';
import type { Json } from '../../lib/json.ts';
import type { Contract, SchemaPlace } from '../contract.ts';
import { alternativesOf, coveringAlternatives, type Settled } from './alternatives.ts';
import { arbitraryArray } from './arbitrary-array.ts';
import { arbitraryObject } from './arbitrary-object.ts';
import { arbitraryNumber, arbitraryString } from './arbitrary-scalar.ts';
import { sampleValue } from './sample-value.ts';
import { enumeratedValues } from './stated-values.ts';
import { viewOf, type JsonType, type SchemaView } from './schema-view.ts';
import type { ValueOptions } from './value-options.ts';

/** How values are to be drawn. */
export interface ArbitraryOptions extends ValueOptions {
  /** Only what the schema states varies: where it leaves all open, texts and numbers are ordinary ones, and nothing is added. */
  readonly tame?: boolean;
  /** No null where anything else is allowed. */
  readonly withoutNull?: boolean;
}

/** One arbitrary in the making. */
export interface Growth {
  readonly contract: Contract;
  readonly options: ArbitraryOptions;
  /** Whether branches of `oneOf` are kept apart by force. */
  readonly apart: boolean;
  /** What is left of the schemas that may be visited. */
  readonly budget: { left: number };
  /** Values of a view; undefined when none can be made. */
  readonly grow: (view: SchemaView, spot: Spot) => fc.Arbitrary<Json> | undefined;
}

/** Where in the schema an arbitrary is made. */
export interface Spot {
  /** The nearest property name, or the root's name. */
  readonly name: string;
  readonly depth: number;
  /** How often each schema, by JSON Pointer, is being made around this spot. */
  readonly around: ReadonlyMap<string, number>;
}

/** A schema is entered once more within itself, so that recursion shows. */
const mostEntries = 2;
const mostVisits = 2000;
/** Draws that are judged to choose between two ways of drawing, more where few do not tell; and how many have to be valid. */
const trial = { draws: [5, 20], valid: 5 };
/** After so many invalid draws in a row the ordinary value stands in, so that no draw lasts for ever. */
const mostMisses = 50;

/**
 * Valid values, each judged so by the contract's validator; undefined when not even one could be made.
 * @see https://fast-check.dev/docs/core-blocks/arbitraries/
 */
export function arbitraryValue(contract: Contract, place: SchemaPlace, options: ArbitraryOptions): fc.Arbitrary<Json> | undefined {
  const ordinary = sampleValue(contract, place, options);
  if (ordinary === undefined) return undefined;
  const isValid = (value: Json): boolean => contract.validators.validate(place, value, options.direction).kind === 'valid';
  const drawn = [false, true]
    .map((apart) => createGrowth(contract, options, apart).grow(viewOf(contract, [place]), rootSpot(options)))
    .find((candidate) => candidate !== undefined && isFruitful(candidate, isValid));
  if (drawn === undefined) return fc.constant(ordinary);
  let misses = 0;
  const settled = drawn.filter((value) => {
    misses = isValid(value) ? 0 : misses + 1;
    return misses === 0 || misses > mostMisses;
  });
  return settled.map((value) => (misses === 0 || isValid(value) ? value : ordinary));
}

function isFruitful(arbitrary: fc.Arbitrary<Json>, isValid: (value: Json) => boolean): boolean {
  return trial.draws.some((numRuns) => fc.sample(arbitrary, { seed: 1, numRuns }).filter(isValid).length >= trial.valid);
}

function rootSpot(options: ArbitraryOptions): Spot {
  return { name: options.name ?? '', depth: 0, around: new Map() };
}

function createGrowth(contract: Contract, options: ArbitraryOptions, apart: boolean): Growth {
  const growth: Growth = { contract, options, apart, budget: { left: mostVisits }, grow: (view, spot) => grow(growth, view, spot) };
  return growth;
}

function grow(growth: Growth, view: SchemaView, spot: Spot): fc.Arbitrary<Json> | undefined {
  if (growth.budget.left-- <= 0 || view.types.length === 0) return undefined;
  if (view.parts.some(({ pointer }) => (spot.around.get(pointer) ?? 0) >= mostEntries)) return undefined;
  const around = new Map([...spot.around, ...view.parts.map(({ pointer }) => [pointer, (spot.around.get(pointer) ?? 0) + 1] as const)]);
  const alternatives = alternativesOf(growth.contract, view, growth.apart);
  const wanted = growth.options.withoutNull === true ? alternatives.filter(({ type }) => type !== 'null') : alternatives;
  const branches = coveringAlternatives(wanted.length > 0 ? wanted : alternatives).flatMap((settled) => {
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
    integer: () => arbitraryNumber(view, true, spot.name, growth.options),
    number: () => arbitraryNumber(view, false, spot.name, growth.options),
    string: () => arbitraryString(view, spot.name, growth.options),
    array: () => arbitraryArray(growth, view, spot),
    object: () => arbitraryObject(growth, view, spot),
  };
  return growers[type]();
}
