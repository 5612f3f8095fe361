/** One ordinary valid value of a schema: made, judged by the contract's own validator, and made again with doubts until it holds. */
import type { Json } from '../../lib/json.ts';
import type { Contract, SchemaPlace } from '../contract.ts';
import { createSampler, rootSpot, type Sampler } from './sampler.ts';
import { viewOf } from './schema-view.ts';
import type { ValueOptions } from './value-options.ts';

/** A valid value, and the sampler that made it. */
export interface Sampled {
  readonly value: Json;
  readonly sampler: Sampler;
}

const mostRounds = 6;

/**
 * One realistic value that the schema allows: the document's examples where they hold, else required and optional properties by format and name.
 * Undefined when none was found, or when the schema cannot be judged.
 */
export function sampleValue(contract: Contract, place: SchemaPlace, options: ValueOptions): Json | undefined {
  return sampleWithMaker(contract, place, options)?.value;
}

/** The value of `sampleValue` with the sampler that made it, for those who vary it. */
export function sampleWithMaker(contract: Contract, place: SchemaPlace, options: ValueOptions): Sampled | undefined {
  const view = viewOf(contract, [place]);
  for (const attempt of attempts) {
    const doubts = new Map<string, number>();
    for (let round = 0; round < mostRounds; round++) {
      const sampler = createSampler(contract, options, { ...attempt, doubts: new Map(doubts) });
      const value = sampler.sample(view, rootSpot(options));
      if (value === undefined) break;
      const validity = contract.validators.validate(place, value, options.direction);
      if (validity.kind === 'valid') return { value, sampler };
      if (validity.kind === 'cannot-judge') return undefined;
      for (const { instance } of validity.violations) doubts.set(instance, (doubts.get(instance) ?? 0) + 1);
    }
  }
  return undefined;
}

const attempts = [
  { examples: true, optional: true, apart: false },
  { examples: false, optional: true, apart: false },
  { examples: true, optional: false, apart: false },
  { examples: false, optional: false, apart: false },
  { examples: false, optional: true, apart: true },
];
