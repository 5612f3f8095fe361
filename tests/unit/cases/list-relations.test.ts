import { expect, test } from 'vitest';
import { createPlanning } from '../../../src/cases/planning.ts';
import { relationsScenarios } from '../../../src/cases/relations.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { checks } from '../../../src/verdicts/registry.ts';
import { converse, type Talk } from '../../support/converse.ts';
import { createShelvesApi, shelvesDocument, type ShelvesFault } from '../../support/apis/shelves.ts';

const contract = createContract(shelvesDocument);

function talks(seed: number, safeOnly: boolean, ...faults: readonly ShelvesFault[]): readonly Talk[] {
  const options = {
    phases: new Set(['relations'] as const),
    seed,
    safeOnly,
    readers: [],
    peers: [],
    strangers: [],
    authenticated: true,
  };
  const lists = relationsScenarios(createPlanning(contract, options)).filter(({ quiet }) => quiet);
  return lists.map((scenario) => converse(scenario, createShelvesApi(...faults)));
}

test('correct lists break nothing, whatever the seed', () => {
  const seeds = Array.from({ length: 10 }, (_, index) => index * 37);
  expect(seeds.flatMap((seed) => talks(seed, false).flatMap(({ broken }) => broken))).toEqual([]);
});

const rows: readonly (readonly [ShelvesFault, string])[] = [
  ['link-lost', 'certain pages-complete: '],
  ['link-skips', 'certain pages-complete: '],
  ['link-repeats', 'certain pages-disjoint: '],
  ['page-skips', 'certain pages-complete: '],
  ['page-too-long', 'certain limit-respected: per_page=1 is answered with 2 items'],
  ['total-too-high', 'certain total-agrees: total is 4, but 3 items came on a page that holds 20'],
  ['total-unfiltered', 'certain total-agrees: total is 3, but 2 items came'],
  ['header-differs', 'certain total-agrees: total is 3, and x-total-count is 4'],
  ['filter-ignored', 'certain filter-respected: genre=poems lets genre "plays" through'],
  ['filter-loses', 'certain filter-complete: title=spm'],
  ['filter-first-only', 'certain filter-complete: genre=poems or plays does not find'],
  ['filter-one-of-two', 'certain filter-respected: genre='],
  ['false-ignored', 'certain filter-respected: lent=false lets lent true through'],
  ['filter-by-part', 'likely filter-respected: title=spm'],
  ['order-one-way', 'certain sort-respected: sort_by=pages, order=desc is not sorted by pages'],
  ['order-as-text', 'certain sort-respected: sort_by=pages, order=asc is not sorted by pages'],
  ['order-after-cut', 'certain sort-respected: sort_by='],
  ['search-ignored', 'certain search-respected: q=qxzvkwjq finds'],
  ['search-loses', 'certain search-respected: q=spm'],
  ['unlisted', 'certain created-listed: '],
  ['made-twice', 'certain created-once: one creation made two'],
  ['listed-otherwise', 'certain listed-as-read: pages of '],
  ['lists-all-shelves', 'certain nested-scoped: '],
  ['count-stale', 'certain count-agrees: bookCount is 0, and 3 are listed'],
  ['deleted-listed', 'certain deleted-gone: '],
  ['deletes-two', 'certain others-untouched: '],
  ['updates-all', 'certain others-untouched: PATCH /shelves/{shelfId}/books/{bookId} of '],
];

test.each(rows)('%s shows', (fault, want) => {
  const broken = talks(1, false, fault).flatMap((talk) => talk.broken);
  expect(broken.filter((line) => line.startsWith(want))).not.toEqual([]);
});

test('what another client adds meanwhile is held against nobody for certain', () => {
  expect(talks(1, false, 'company').flatMap(({ broken }) => broken.filter((line) => line.startsWith('certain')))).toEqual([]);
});

test('a list is asked few times, and what was made for it is removed again or in the ledger', () => {
  for (const { sent, left } of talks(1, false)) {
    expect(sent.filter(({ request }) => request.operation.method === 'GET').length).toBeLessThanOrEqual(36);
    expect(left.filter(({ removal }) => removal === undefined)).toEqual([]);
  }
});

test('only safe methods are sent when told so', () => {
  const methods = talks(1, true).flatMap(({ sent }) => sent.map(({ request }) => request.operation.method));
  expect([...new Set(methods)]).toEqual(['GET']);
});

test('expects only under check ids of the registry', () => {
  const known = new Set(checks.map(({ id }) => id));
  const used = talks(1, false).flatMap(({ sent }) => sent.flatMap(({ expectations }) => expectations.map(({ check }) => check)));
  expect([...new Set(used)].filter((id) => !known.has(id))).toEqual([]);
});
