import { expect, test } from 'vitest';
import type { Phase } from '../../../src/cases/case.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { brokenIn } from '../../support/broken-in.ts';
import { expectSaid } from '../../support/expect-said.ts';
import { planOptions } from '../../support/plan-options.ts';
import { createLaboratory, type SamplesFault } from '../../support/apis/samples.ts';
import { samplesDocument } from '../../support/apis/samples-document.ts';

const contract = createContract(samplesDocument);

/** What is said of the laboratory, of a new one in each scenario. */
function broken(seed: number, phases: readonly Phase[], fault?: SamplesFault): readonly string[] {
  const options = { ...planOptions, authenticated: false, seed, phases: new Set(phases) };
  return brokenIn(contract, options, () => createLaboratory(fault));
}

test.each([1, 42])('a correct laboratory breaks nothing, with seed %i', (seed) => {
  expect(broken(seed, ['examples', 'stateful', 'relations', 'boundaries'])).toEqual([]);
});

const rows: readonly (readonly [SamplesFault, Phase, string])[] = [
  ['count-stays', 'relations', 'certain count-agrees: sample_count is 3, and 2 are listed'],
  ['csv-lacks-last', 'relations', 'certain created-listed: '],
  ['list-without-photo', 'relations', 'certain listed-as-read: has_photo of '],
  ['min-exclusive', 'relations', 'certain filter-complete: min_volume='],
  ['shelf-refused', 'boundaries', 'certain valid-accepted: valid data is refused: `body.storage'],
];

test.each(rows)('%s shows', (fault, phase, want) => {
  expectSaid(broken(1, [phase], fault), want);
});
