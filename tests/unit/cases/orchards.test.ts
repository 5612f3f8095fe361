import { expect, test } from 'vitest';
import type { Phase } from '../../../src/cases/case.ts';
import { planScenarios } from '../../../src/cases/plan-scenarios.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { brokenIn } from '../../support/broken-in.ts';
import { converse } from '../../support/converse.ts';
import { expectSaid } from '../../support/expect-said.ts';
import { createOrchardsApi, type OrchardsFault } from '../../support/apis/orchards.ts';
import { orchardsDocument } from '../../support/apis/orchards-document.ts';
import { planOptions } from '../../support/plan-options.ts';

const contract = createContract(orchardsDocument);

/** What is said of the API, of a new one in each scenario. */
function broken(seed: number, phases: readonly Phase[], fault?: OrchardsFault): readonly string[] {
  return brokenIn(contract, { ...planOptions, seed, phases: new Set(phases) }, () => createOrchardsApi(fault));
}

test('correct orchards break nothing, whatever the seed', () => {
  const seeds = Array.from({ length: 5 }, (_, index) => index * 37);
  expect(seeds.flatMap((seed) => broken(seed, ['examples', 'stateful', 'relations']))).toEqual([]);
});

const rows: readonly (readonly [OrchardsFault, string])[] = [
  ['filter-ignored', 'certain filter-respected: filter[crop]='],
  ['sort-ignored', 'certain sort-respected: sort='],
  ['size-ignored', 'certain limit-respected: '],
  ['total-off', 'certain total-agrees: '],
  ['name-taken-twice', 'certain conflict-refused: a name that is taken is accepted once more'],
  ['patch-resets', 'certain update-keeps-rest: area changed though the update did not name it'],
  ['patch-lost', 'certain written-read-back: '],
  ['patch-reaches-others', 'certain others-untouched: '],
  ['area-lost', 'certain written-read-back: area was written as '],
  ['tree-elsewhere', 'certain written-read-back: orchard/data/id was written as '],
  ['member-not-added', 'certain created-listed: '],
  ['member-not-removed', 'certain deleted-gone: '],
  ['members-replaced', 'certain created-listed: '],
  ['team-goes-with-member', 'likely others-untouched: '],
  ['test-ignored', 'certain invalid-refused: invalid data is accepted: a test that fails'],
  ['change-kept', 'certain refused-no-trace: a patch that was refused changed the thing'],
  ['absent-removed', 'certain invalid-refused: invalid data is accepted: the removal of a member that is not there'],
  ['motto-stays', 'likely written-read-back: motto was removed and is read as it was'],
  ['second-change-lost', 'certain written-read-back: motto was replaced by '],
  ['last-names-next', 'likely page-told-truly: an empty page beyond the last one names a next page'],
  ['progress-falls', 'likely safe-repeatable: progress of a job falls'],
  ['teams-unsorted', 'certain sort-respected: sort=name,'],
  ['teams-page-ignored', 'certain pages-disjoint: '],
  ['teams-total-off', 'certain total-agrees: '],
];

test.each(rows)('%s shows', (fault, want) => {
  const found = broken(1, fault === 'progress-falls' ? ['examples'] : ['stateful', 'relations'], fault);
  expectSaid(found, want);
});

test('every operation is answered with success at least once', () => {
  const reached = new Set<string>();
  for (const scenario of planScenarios(contract, { ...planOptions, phases: new Set(['examples', 'stateful', 'relations'] as const) })) {
    const api = createOrchardsApi();
    converse(scenario, (planned) => {
      const answer = api(planned);
      if ((answer.status ?? 0) < 300) reached.add(planned.request.operation.id);
      return answer;
    });
  }
  expect(contract.operations.map(({ id }) => id).filter((id) => !reached.has(id))).toEqual([]);
});
