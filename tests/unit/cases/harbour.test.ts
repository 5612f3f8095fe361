import { expect, test } from 'vitest';
import type { Phase } from '../../../src/cases/case.ts';
import { planScenarios } from '../../../src/cases/plan-scenarios.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { brokenIn } from '../../support/broken-in.ts';
import { converse } from '../../support/converse.ts';
import { expectSaid } from '../../support/expect-said.ts';
import { createHarbourApi, harbourDocument, type HarbourFault } from '../../support/apis/harbour.ts';
import { planOptions } from '../../support/plan-options.ts';

const contract = createContract(harbourDocument);

/** What is said of the API, of a new one in each scenario. */
function broken(seed: number, phases: readonly Phase[], fault?: HarbourFault): readonly string[] {
  const options = { seed, safeOnly: false, maxCases: undefined, readers: [], peers: [], strangers: [], authenticated: false };
  return brokenIn(contract, { ...options, phases: new Set(phases) }, () => createHarbourApi(fault));
}

test('a correct harbour breaks nothing, whatever the seed', () => {
  const seeds = Array.from({ length: 5 }, (_, index) => index * 37);
  expect(seeds.flatMap((seed) => broken(seed, ['examples', 'stateful', 'relations']))).toEqual([]);
});

const rows: readonly (readonly [HarbourFault, string])[] = [
  ['ready-lost', 'certain action-takes-effect: after it state is "DIRTY", not "READY"'],
  ['sell-twice', 'certain action-takes-effect: what is done already is done once more'],
  ['mask-ignored', 'certain update-keeps-rest: updateMask named '],
  ['mask-of-two-refused', 'certain valid-accepted: '],
  ['mask-of-unknown-taken', 'likely invalid-refused: '],
  ['old-etag-taken', 'certain preconditions-kept: an old etag in the body is accepted'],
  ['old-etag-written', 'certain refused-no-trace: the write whose etag was old changed the thing'],
  ['new-etag-refused', 'likely preconditions-kept: the current etag in the body is refused'],
  ['id-ignored', 'certain written-read-back: boatId was '],
  ['id-taken-twice', 'certain conflict-refused: a boatId that is taken is accepted once more'],
  ['mark-missing', 'certain deleted-gone: what was deleted can still be read'],
  ['deleted-listed', 'certain deleted-gone: '],
  ['deleted-never-listed', 'certain filter-respected: '],
  ['undelete-hides', 'likely action-takes-effect: '],
  ['undelete-empties', 'certain action-takes-effect: displayName was '],
  ['after-inclusive', 'certain pages-disjoint: '],
  ['before-ignored', 'certain pages-complete: '],
  ['more-always', 'certain page-told-truly: has_more is true'],
  ['total-of-all', 'certain total-agrees: totalSize is '],
  ['stray-token-taken', 'likely invalid-refused: invalid data is accepted: `pageToken` that no page gave'],
  ['rehearsal-makes', 'certain refused-no-trace: with validateOnly, '],
  ['key-of-two', 'certain conflict-refused: another body under the same Idempotency-Key is accepted'],
  ['deleted-sold', 'certain deleted-gone: a deleted thing is written to'],
  ['trips-unsorted', 'certain sort-respected: the list is not sorted by start_date'],
  ['end-first', 'certain invalid-refused: invalid data is accepted: `end_date` before `start_date`'],
];

test.each(rows)('%s shows', (fault, want) => {
  const found = broken(1, fault === 'end-first' ? ['invalid'] : ['stateful', 'relations'], fault);
  expectSaid(found, want);
});

test('a trip names a skipper who exists, and ends after it starts', () => {
  const made = planScenarios(contract, { ...planOptions, seed: 3, phases: new Set(['relations'] as const) }).flatMap((scenario) => {
    const api = createHarbourApi();
    const statuses: (number | undefined)[] = [];
    converse(scenario, (planned) => {
      const answer = api(planned);
      if (planned.request.operation.id === 'POST /boats/{boat}/trips') statuses.push(answer.status);
      return answer;
    });
    return statuses;
  });
  expect(new Set(made)).toEqual(new Set([201]));
});

test.each([
  ['With another body it is refused.', true],
  ['A request with a different body fails with 409.', true],
  ['Use a different key for each request.', false],
  ['The same answer for the same key. Errors are repeated, too; another key makes another boat.', false],
])('another body is sent under a key where the document says that it is refused: %s', (description, want) => {
  const text = JSON.stringify(harbourDocument).replace('With another body it is refused.', description);
  const described = createContract(JSON.parse(text) as typeof harbourDocument);
  const titles = planScenarios(described, { ...planOptions, phases: new Set(['stateful'] as const) }).flatMap((scenario) =>
    converse(scenario, createHarbourApi()).sent.map(({ title }) => title),
  );
  expect(titles.includes('another creation under the same key')).toBe(want);
});
