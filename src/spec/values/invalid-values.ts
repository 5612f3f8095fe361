/** Values that break exactly one promise of a schema, each with the promise named. Every one is judged invalid, for that reason, before it is returned. */
import type { Json } from '../../lib/json.ts';
import { joinPointer } from '../../lib/json-pointer.ts';
import type { Contract, SchemaPlace, SchemaViolation } from '../contract.ts';
import { arrayBreaks } from './array-breaks.ts';
import { enumerationBreaks, numberBreaks } from './scalar-breaks.ts';
import { locationsOf, sentence, type Alternative, type Location } from './locations.ts';
import { objectBreaks } from './object-breaks.ts';
import type { JsonType } from './schema-view.ts';
import { sampleWithMaker } from './sample-value.ts';
import { enumeratedValues } from './stated-values.ts';
import { stringBreaks } from './string-breaks.ts';
import { typeBreaks } from './type-breaks.ts';
import { unionBreaks } from './union-breaks.ts';
import { defaultLimit, type ValueConfidence, type ValueOptions } from './value-options.ts';

/** A whole invalid value. */
export interface InvalidValue {
  readonly value: Json;
  /** What is wrong with it, for people: `` `limit` above its maximum 100 ``. */
  readonly what: string;
  /** JSON Pointer into the value of the wrong place, for a missing property of the place where it should be. */
  readonly at: string;
  readonly broken: {
    readonly keyword: string;
    /** JSON Pointer in the document of the broken keyword. */
    readonly schema: string;
  };
  readonly confidence: ValueConfidence;
  /** What a lax parser does that takes it: it does so everywhere. Undefined where no parser would. */
  readonly habit?: string;
}

/** A promise to break at one place: the first candidate that breaks it alone is taken. */
export interface Break {
  readonly candidates: readonly Json[];
  /** `%` stands for the place's name; the value follows from the candidate. */
  readonly what: string | ((value: Json) => string);
  readonly keyword: string;
  /** JSON Pointer in the document of the keyword. */
  readonly schema: string;
  /** For a property that is missing or unknown: its name. */
  readonly name?: string;
  readonly confidence?: ValueConfidence;
  readonly habit?: string;
}

/**
 * Invalid values, nearest to the root first; empty when no ordinary value was found to start from.
 * @see https://json-schema.org/draft/2020-12/json-schema-validation
 */
export function invalidValues(contract: Contract, place: SchemaPlace, options: ValueOptions): readonly InvalidValue[] {
  return [...eachInvalidValue(contract, place, options)];
}

/** The same, each made when it is asked for. */
export function* eachInvalidValue(contract: Contract, place: SchemaPlace, options: ValueOptions): Generator<InvalidValue, void, undefined> {
  const sampled = sampleWithMaker(contract, place, options);
  if (sampled === undefined) return;
  const limit = options.limit ?? defaultLimit;
  const found = new Set<string>();
  for (const location of locationsOf(place, sampled)) {
    for (const broken of breaksAt(location)) {
      if (found.size >= limit) return;
      const value = firstBreaking(contract, place, location, broken, options);
      if (value === undefined) continue;
      const key = JSON.stringify(value.value);
      if (found.has(key)) continue;
      found.add(key);
      yield value;
    }
  }
}

function* breaksAt(location: Location): Generator<Break> {
  yield* typeBreaks(location);
  yield* unionBreaks(location);
  for (const alternative of location.alternatives) yield* ownBreaks(location, alternative);
}

function ownBreaks(location: Location, alternative: Alternative): Iterable<Break> {
  if (enumeratedValues(alternative.view)) return enumerationBreaks(location, alternative);
  const byType: Readonly<Record<JsonType, () => Iterable<Break>>> = {
    null: () => [],
    boolean: () => [],
    integer: () => numberBreaks(alternative),
    number: () => numberBreaks(alternative),
    string: () => stringBreaks(location, alternative),
    array: () => arrayBreaks(location, alternative),
    object: () => objectBreaks(location, alternative),
  };
  return byType[alternative.type]();
}

function firstBreaking(
  contract: Contract,
  place: SchemaPlace,
  location: Location,
  broken: Break,
  options: ValueOptions,
): InvalidValue | undefined {
  const { name, keyword, schema, confidence = 'certain', habit } = broken;
  const at = name === undefined ? location.spot.at : joinPointer(location.spot.at, name);
  let tolerable: InvalidValue | undefined;
  for (const candidate of broken.candidates) {
    const value = location.embed(candidate);
    const validity = contract.validators.validate(place, value, options.direction);
    if (validity.kind !== 'invalid' || !concerns(validity.violations, location, broken)) continue;
    const text = typeof broken.what === 'string' ? broken.what : broken.what(candidate);
    const found: InvalidValue = {
      value,
      what: sentence(location, text),
      at,
      broken: { keyword, schema },
      confidence,
      ...(habit !== undefined && { habit }),
    };
    if (validity.violations.length === 1) return found;
    tolerable ??= found;
  }
  return tolerable;
}

/** Whether the violations are the intended one, at its place or hidden behind a union around it, and echoes of it. */
function concerns(violations: readonly SchemaViolation[], location: Location, broken: Break): boolean {
  const { at } = location.spot;
  const isHere = (instance: string): boolean => instance === at || instance.startsWith(`${at}/`);
  const echoes = (violation: SchemaViolation): boolean =>
    location.unions.some((around) => violation.instance === around.at || violation.instance.startsWith(`${around.at}/`));
  const intended = violations.some(
    (violation) =>
      violation.schema === broken.schema ||
      (violation.keyword === broken.keyword && isHere(violation.instance)) ||
      location.unions.some(({ union }) => violation.schema === union.pointer || violation.keyword === 'discriminator'),
  );
  return intended && violations.every((violation) => isHere(violation.instance) || echoes(violation));
}
