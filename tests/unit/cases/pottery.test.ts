import { expect, test } from 'vitest';
import type { Phase } from '../../../src/cases/case.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { brokenIn } from '../../support/broken-in.ts';
import { expectSaid } from '../../support/expect-said.ts';
import { planOptions } from '../../support/plan-options.ts';
import { createPottery, type PotteryFault } from '../../support/apis/pottery.ts';
import { potteryDocument } from '../../support/apis/pottery-document.ts';

const contract = createContract(potteryDocument);

/** What is said of the pottery, of a new one in each scenario. */
function broken(seed: number, phases: readonly Phase[], fault?: PotteryFault): readonly string[] {
  return brokenIn(contract, { ...planOptions, seed, phases: new Set(phases) }, () => createPottery(fault));
}

test('a correct pottery breaks nothing, whatever the seed', () => {
  expect([1, 42, 77].flatMap((seed) => broken(seed, ['examples', 'stateful', 'relations']))).toEqual([]);
});

const rows: readonly (readonly [PotteryFault, Phase, string])[] = [
  ['undrawn-move', 'stateful', 'certain conflict-refused: PATCH /firings/{firing_id} to cooled is accepted while planned'],
  ['cooled-changed', 'stateful', 'certain conflict-refused: PATCH /firings/{firing_id} is accepted while cooled'],
  ['cooled-cancelled', 'stateful', 'certain conflict-refused: POST /firings/{firing_id}/cancel is accepted while cooled'],
  ['cancelled-read', 'stateful', 'certain conflict-refused: POST /firings/{firing_id}/readings is accepted while cancelled'],
  ['cancelled-again', 'stateful', 'certain action-takes-effect: what is done already is done once more'],
  ['burning-deleted', 'stateful', 'certain conflict-refused: DELETE /firings/{firing_id} is accepted while burning'],
  ['glaze-of-burning-deleted', 'stateful', 'certain conflict-refused: what one of firings names is deleted'],
  ['firings-stay', 'stateful', 'certain deleted-gone: what goes with a deleted thing, as the document says, can still be read'],
  ['deleted-named', 'stateful', 'certain absent-not-found: a deleted one of glazes is named, and that is accepted'],
  ['note-lost', 'stateful', 'certain created-listed: 3 was added, and is not among notes'],
  ['firings-of-all', 'stateful', 'likely nested-scoped: lists one of firings that refers to another thing'],
  ['firings-of-none', 'stateful', 'likely created-listed: none of firings is listed, and one refers to it'],
  ['copy-shares-notes', 'stateful', 'certain others-untouched: what is done to a copy is done to the original'],
  ['tag-without-list', 'relations', 'certain preconditions-kept: the thing changed and its entity tag is still '],
  ['charset-refused', 'invalid', 'certain media-type-taken: a body in the declared application/json is refused for its media type'],
  ['head-refused', 'protocol', 'certain head-agrees: HEAD of /glazes/{glaze_id} is answered with 405, though GET is served'],
];

test.each(rows)('%s shows', (fault, phase, want) => {
  expectSaid(broken(1, [phase], fault), want);
});
