import { expect, test } from 'vitest';
import type { Phase } from '../../../src/cases/case.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { brokenIn } from '../../support/broken-in.ts';
import { expectSaid } from '../../support/expect-said.ts';
import { planOptions } from '../../support/plan-options.ts';
import { createWorkshop, type WorkshopFault } from '../../support/apis/workshop.ts';
import { workshopDocument } from '../../support/apis/workshop-document.ts';

const contract = createContract(workshopDocument);

/** What is said of the workshop, of a new one in each scenario. */
function broken(seed: number, phases: readonly Phase[], fault?: WorkshopFault): readonly string[] {
  const options = { ...planOptions, seed, peers: ['peer'], strangers: ['stranger'], phases: new Set(phases) };
  return brokenIn(contract, options, () => createWorkshop(fault));
}

test('a correct workshop breaks nothing, whatever the seed', () => {
  const seeds = [1, 42];
  expect(seeds.flatMap((seed) => broken(seed, ['examples', 'stateful', 'relations', 'access', 'boundaries']))).toEqual([]);
});

const rows: readonly (readonly [WorkshopFault, Phase, string])[] = [
  ['head-open', 'access', 'certain unauthenticated-refused: HEAD is accepted with no credentials'],
  ['mine-of-all', 'access', 'certain filter-respected: mine=true shows peer what another identity made'],
  ['filter-shows-strangers', 'access', 'certain forbidden-refused: lists for an identity what it may not see'],
  ['foreign-part', 'access', 'certain forbidden-refused: stranger may name in partId what it may not see'],
  ['stamp-missing', 'stateful', 'certain action-takes-effect: after it submittedAt is not told'],
  ['sheet-always-201', 'stateful', 'certain put-replaces: what was there is replaced, and the answer is 201'],
  ['sku-kept', 'relations', 'certain valid-accepted: the sku of what was deleted is refused as taken'],
  ['copy-loses', 'stateful', 'certain action-takes-effect: weight of the copy is 1'],
  ['copy-leads-back', 'stateful', 'certain location-resolves: '],
  ['offset-dropped', 'stateful', 'certain written-read-back: boughtAt was written as '],
  ['put-trims', 'stateful', 'certain written-read-back: name was written as " '],
  ['wildcards', 'relations', 'certain search-respected: '],
  ['status-of-all', 'stateful', 'certain others-untouched: '],
  ['two-lines-refused', 'boundaries', 'certain valid-accepted: valid data is refused: `body.lines` with two items'],
];

test.each(rows)('%s shows', (fault, phase, want) => {
  const found = broken(1, [phase], fault);
  expectSaid(found, want);
});
