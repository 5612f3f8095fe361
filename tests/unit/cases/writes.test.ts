import { expect, test } from 'vitest';
import type { Phase } from '../../../src/cases/case.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { brokenIn } from '../../support/broken-in.ts';
import { createVaultsApi, vaultsDocument, type VaultsFault } from '../../support/apis/vaults.ts';

const contract = createContract(vaultsDocument);

function broken(phases: readonly Phase[], seed: number, fault?: VaultsFault): string[] {
  const options = {
    phases: new Set(phases),
    seed,
    safeOnly: false,
    readers: ['reader'],
    peers: ['other'],
    strangers: [],
    authenticated: true,
  };
  const lines = brokenIn(contract, options, () => createVaultsApi(fault));
  return [...new Set(lines)];
}

test('a correct API breaks nothing, whatever the seed', () => {
  const seeds = Array.from({ length: 10 }, (_, index) => index * 37);
  expect(seeds.flatMap((seed) => broken(['boundaries', 'stateful', 'relations'], seed))).toEqual([]);
});

const rows: readonly (readonly [VaultsFault, Phase, string])[] = [
  ['trims', 'boundaries', 'likely written-read-back: '],
  ['folds', 'stateful', 'certain written-read-back: '],
  ['shouts', 'stateful', 'certain written-read-back: '],
  ['drops-zero', 'boundaries', 'certain written-read-back: size was written as 0 and is answered as 1'],
  ['sorts', 'stateful', 'certain written-read-back: shelves was written as '],
  ['loses-room', 'stateful', 'certain written-read-back: site/room was written as '],
  ['drops-patch', 'stateful', 'certain written-read-back: '],
  ['resets-rest', 'stateful', 'certain update-keeps-rest: '],
  ['resets-nested', 'stateful', 'certain update-keeps-rest: site/'],
  ['spreads', 'stateful', 'certain others-untouched: the update of another one changed size of this one'],
  ['other-default', 'stateful', 'certain default-applied: region was left out and is "us" in place of its default "eu"'],
  ['takes-seal', 'stateful', 'certain read-only-kept: the read-only seal is taken from the request'],
  ['read-counts', 'stateful', 'certain safe-repeatable: the repeat of a read answers another size'],
  ['unscoped', 'stateful', 'likely nested-scoped: a thing of another vaultId is reached'],
  ['unscoped-delete', 'stateful', 'likely nested-scoped: a thing of another vaultId is deleted'],
  ['second-delete', 'stateful', 'likely deleted-gone: the deletion of what is gone succeeds once more'],
  ['invalid-makes', 'stateful', 'certain refused-no-trace: refused creations made 2 things'],
  ['bytes-as-text', 'stateful', 'certain written-read-back: '],
  ['bytes-short', 'stateful', 'certain written-read-back: '],
  ['takes-duplicates', 'relations', 'certain conflict-refused: a name that is taken is accepted once more'],
  ['conflict-changes', 'relations', 'certain refused-no-trace: the refused write changed the thing'],
  ['foreign-changes', 'relations', 'certain refused-no-trace: an update that was refused to its sender changed the thing'],
  ['no-304', 'relations', 'certain preconditions-kept: If-None-Match with the current entity tag is not answered with 304'],
  ['always-304', 'relations', 'certain preconditions-kept: If-None-Match with another entity tag is answered with 304'],
  ['no-412', 'relations', 'certain preconditions-kept: If-Match with an old entity tag is accepted'],
  ['asterisk-refused', 'relations', 'likely preconditions-kept: If-Match with * is refused with 412'],
  ['always-412', 'relations', 'certain preconditions-kept: If-Match with the current entity tag is refused with 412'],
  ['412-changes', 'relations', 'certain refused-no-trace: the write whose condition failed changed the thing'],
  ['old-tag', 'relations', 'certain preconditions-kept: PATCH /vaults/{vaultId} answered "v'],
  ['same-tag', 'relations', 'certain preconditions-kept: the thing changed and its entity tag is still "v1"'],
];

test.each(rows)('%s shows in %s', (fault, phase, want) => {
  expect(broken([phase], 1, fault).filter((line) => line.startsWith(want))).not.toEqual([]);
});
