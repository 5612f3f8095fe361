/** Makes one ordinary value for a view, by recursion over it. What it makes may still be invalid: the caller checks and asks again with doubts. */
import type { Json } from '../../lib/json.ts';
import type { Contract } from '../contract.ts';
import { alternativesOf, type Settled } from './alternatives.ts';
import { adaptExample } from './adapt-example.ts';
import { sampleArray } from './sample-array.ts';
import { sampleObject } from './sample-object.ts';
import { sampleNumber, sampleString } from './sample-scalar.ts';
import { isSameJson } from '../../lib/same-json.ts';
import { isStateName } from '../../lib/names.ts';
import { defaultsOf, enumeratedValues, exampleValues } from './stated-values.ts';
import { createRandom } from './random.ts';
import type { JsonType, SchemaView } from './schema-view.ts';
import type { ValueOptions } from './value-options.ts';

/** Where in the value something is made. */
export interface Spot {
  /** JSON Pointer into the value. */
  readonly at: string;
  /** The nearest property name, or the root's name. */
  readonly name: string;
  readonly depth: number;
  /** Pointers of the schemas that are being made around this spot: meeting one again is recursion. */
  readonly around: ReadonlySet<string>;
  /** Asks for another value than the one of a lower number. */
  readonly variation: number;
}

/** One attempt at a whole value. */
export interface Sampler {
  readonly contract: Contract;
  readonly options: ValueOptions;
  /** Whether the document's examples are used. */
  readonly examples: boolean;
  /** Whether optional properties are made. */
  readonly optional: boolean;
  /** Whether branches of `oneOf` are kept apart by force, because ordinary values fit several. */
  readonly apart: boolean;
  /** How often the value at a place turned out invalid, by JSON Pointer: each doubt changes what is made there. */
  readonly doubts: ReadonlyMap<string, number>;
  /** What is left of the work this attempt may do. */
  readonly budget: { left: number };
  readonly sample: (view: SchemaView, spot: Spot) => Json | undefined;
  /** For one alternative of a view, the document's whole-value examples aside. */
  readonly settle: (settled: Settled, spot: Spot) => Json | undefined;
}

/** Optional parts are made down to this depth. */
const ordinaryDepth = 4;

const fullBudget = 4000;

/** The spot of the root. */
export function rootSpot(options: ValueOptions): Spot {
  return { at: '', name: options.name ?? '', depth: 0, around: new Set(), variation: 0 };
}

/** A sampler for one attempt. */
export function createSampler(
  contract: Contract,
  options: ValueOptions,
  attempt: Pick<Sampler, 'examples' | 'optional' | 'apart' | 'doubts'>,
): Sampler {
  const sampler: Sampler = {
    contract,
    options,
    ...attempt,
    budget: { left: fullBudget },
    sample: (view, spot) => sample(sampler, view, spot),
    settle: (settled, spot) => makeSettled(sampler, settled, spot),
  };
  return sampler;
}

/** Lets a sampler work on after its attempt. */
export function refill(sampler: Sampler): void {
  sampler.budget.left = fullBudget;
}

/** Whether optional parts are still worth making. */
export function isGenerous(sampler: Sampler, spot: Spot): boolean {
  return sampler.optional && spot.depth < ordinaryDepth && sampler.budget.left > fullBudget / 2;
}

function sample(sampler: Sampler, view: SchemaView, spot: Spot): Json | undefined {
  if (sampler.budget.left-- <= 0 || view.types.length === 0) return undefined;
  if (view.parts.some(({ pointer }) => spot.around.has(pointer))) return undefined;
  const doubt = sampler.doubts.get(spot.at) ?? 0;
  if (sampler.examples && spot.variation === 0 && !isDoubted(sampler, spot.at) && enumeratedValues(view) === undefined) {
    const [example] = exampleValues(view);
    if (example !== undefined) return adaptExample(sampler, view, example, spot.name);
  }
  const alternatives = alternativesOf(sampler.contract, view, sampler.apart);
  const offset = alternatives.length > 0 ? doubt % alternatives.length : 0;
  for (const settled of [...alternatives.slice(offset), ...alternatives.slice(0, offset)]) {
    const value = makeSettled(sampler, settled, spot);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** The index of the state that a thing begins in where nobody says another: in most others it cannot be used as usual. */
function usualState(view: SchemaView, values: readonly Json[], name: string): number {
  if (!isStateName(name)) return 0;
  return Math.max(
    0,
    values.findIndex((value) => defaultsOf(view).some((one) => isSameJson(one, value))),
  );
}

function makeSettled(sampler: Sampler, settled: Settled, spot: Spot): Json | undefined {
  const { view, type } = settled;
  const variation = spot.variation + (sampler.doubts.get(spot.at) ?? 0);
  const values = enumeratedValues(view);
  if (values) return values.length > 0 ? values[(variation + usualState(view, values, spot.name)) % values.length] : undefined;
  const example =
    type === 'object' || type === 'array' || !sampler.examples || variation > 0 ? undefined : exampleValues({ ...view, types: [type] })[0];
  if (example !== undefined) return adaptExample(sampler, view, example, spot.name);
  const random = createRandom(sampler.options.seed, `${spot.at}#${variation}`);
  const inner: Spot = { ...spot, variation, around: new Set([...spot.around, ...view.parts.map(({ pointer }) => pointer)]) };
  const makers: Readonly<Record<JsonType, () => Json | undefined>> = {
    null: () => null,
    boolean: () => variation % 2 === 0,
    integer: () => sampleNumber(view, true, inner, random),
    number: () => sampleNumber(view, false, inner, random),
    string: () => sampleString(view, inner, random, sampler.options),
    array: () => sampleArray(sampler, view, inner),
    object: () => sampleObject(sampler, view, inner),
  };
  return makers[type]();
}

/** A doubt at a place or below it is a doubt about an example for that place. */
function isDoubted(sampler: Sampler, at: string): boolean {
  return [...sampler.doubts.keys()].some((doubted) => doubted === at || doubted.startsWith(`${at}/`));
}
