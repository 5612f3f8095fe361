import { expect, test } from 'vitest';
import type { Phase } from '../../../src/cases/case.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { createGranary, granaryDocument, type GranaryFault } from '../../support/apis/granary.ts';
import { brokenIn } from '../../support/broken-in.ts';
import { expectSaid } from '../../support/expect-said.ts';
import { planOptions } from '../../support/plan-options.ts';

const contract = createContract(granaryDocument);

/** What is said of the granary, of a new one in each scenario. */
function broken(seed: number, phases: readonly Phase[], fault?: GranaryFault): readonly string[] {
  const options = { ...planOptions, authenticated: false, seed, phases: new Set(phases) };
  // the granary takes bodies as they come, but for what its words forbid
  return brokenIn(contract, options, () => createGranary(fault)).filter((line) => !/invalid data is accepted: (?!bytes)/.test(line));
}

test.each([1, 42])('a correct granary breaks nothing, with seed %i', (seed) => {
  expect(broken(seed, ['examples', 'boundaries', 'invalid', 'stateful'])).toEqual([]);
});

const rows: readonly (readonly [GranaryFault, Phase, string])[] = [
  ['any-move', 'stateful', 'certain conflict-refused: POST /trips/{trip_id}/moves to '],
  ['five-stops-refused', 'boundaries', 'likely valid-accepted: valid data is refused: `body.stops` with its most items: 5'],
  ['full-silo-deleted', 'stateful', 'certain conflict-refused: what has level is deleted'],
  ['label-unread', 'stateful', 'certain invalid-refused: invalid data is accepted: bytes that are no image/png'],
  ['outgoing-uncounted', 'stateful', 'likely count-agrees: level was raised by in to '],
  ['load-for-nothing', 'invalid', 'certain absent-not-found: silo_id names nothing that exists'],
];

test.each(rows)('%s shows', (fault, phase, want) => {
  expectSaid(broken(1, [phase], fault), want);
});
