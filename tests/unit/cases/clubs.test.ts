import { expect, test } from 'vitest';
import { planScenarios } from '../../../src/cases/plan-scenarios.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { clubsDocument, createClubsApi, type ClubsFault } from '../../support/apis/clubs.ts';
import { converse } from '../../support/converse.ts';

const contract = createContract(clubsDocument);

/** What is said of the API, of a new one in each scenario. */
function broken(seed: number, ...faults: readonly ClubsFault[]): readonly string[] {
  const options = { seed, safeOnly: false, maxCases: undefined, readers: [], peers: [], strangers: [], authenticated: false };
  const scenarios = planScenarios(contract, { ...options, phases: new Set(['stateful', 'relations', 'invalid'] as const) });
  return scenarios
    .flatMap((scenario) => converse(scenario, createClubsApi(...faults)).broken)
    .filter((line) => !line.includes(' invalid data is accepted'));
}

test('correct clubs break nothing, whatever the seed', () => {
  const seeds = Array.from({ length: 5 }, (_, index) => index * 37);
  expect(seeds.flatMap((seed) => broken(seed))).toEqual([]);
});

const rows: readonly (readonly [ClubsFault, string])[] = [
  ['fee-rounded', 'certain written-read-back: yearly_fee was written as '],
  ['owner-lost', 'likely server-values-follow: owner was me and is nobody after the update'],
  ['offset-of-pages', 'certain pages-complete: limit=2, offset=1 leaves out the second item'],
  ['search-begins', 'certain search-respected: q='],
  ['search-minds-case', 'certain search-respected: q='],
  ['topic-first-only', 'certain filter-complete: topic='],
  ['fee-ignored', 'likely filter-respected: min_fee='],
  ['badge-kept', 'certain written-read-back: '],
  ['badge-shared', 'certain others-untouched: '],
  ['badge-stays', 'certain deleted-gone: what belonged to a deleted thing can still be read'],
  ['visits-stay', 'certain deleted-gone: what belonged to a deleted thing can still be read'],
  ['visits-of-all', 'certain nested-scoped: '],
  ['visit-elsewhere', 'certain nested-scoped: club_id is '],
  ['visit-unlisted', 'certain created-listed: '],
  ['pages-rounded-down', 'certain page-told-truly: 3 items at 2 a page are 2 pages, and pages is 1'],
  ['overview-frozen', 'certain count-agrees: clubs was 0 and is 0, and 3 are listed'],
  ['order-of-nothing', 'certain absent-not-found: club_id names nothing that exists, and the answer is 201'],
  ['order-one-line', 'likely written-read-back: lines was written as '],
  ['wide-rounded', 'likely written-read-back: members was written as 9007199254740993 and comes back as 9007199254740992'],
];

test.each(rows)('%s shows', (fault, want) => {
  expect(broken(1, fault).filter((line) => line.startsWith(want))).not.toEqual([]);
});
