import { expect, test } from 'vitest';
import { planScenarios } from '../../../src/cases/plan-scenarios.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { createMembersApi, membersDocument, type MembersFault } from '../../support/apis/members.ts';
import { brokenIn } from '../../support/broken-in.ts';
import { converse } from '../../support/converse.ts';
import { expectSaid } from '../../support/expect-said.ts';
import { planOptions } from '../../support/plan-options.ts';

const contract = createContract(membersDocument);

/** What is said of the members, of which all scenarios know the same. */
function broken(seed: number): readonly string[] {
  const api = createMembersApi();
  const phases = new Set(['examples', 'boundaries', 'invalid'] as const);
  return planScenarios(contract, { ...planOptions, authenticated: false, seed, phases }).flatMap(
    (scenario) => converse(scenario, api).broken,
  );
}

test.each([1, 2, 42])(
  'members whose email is taken, with seed %i, are accused of nothing but a parameter that they read as absent',
  (seed) => {
    expect(broken(seed).filter((line) => line.startsWith('certain'))).toEqual([]);
    expect(broken(seed)).toContain('likely invalid-refused: invalid data is accepted: `status` empty, which is none of its values');
    expect(broken(seed).filter((line) => line.includes('valid-accepted'))).toEqual([]);
  },
);

test('what only the server sets is not sent, also where it may be null', () => {
  const sent: unknown[] = [];
  const api = createMembersApi();
  for (const scenario of planScenarios(contract, { ...planOptions, authenticated: false, phases: new Set(['boundaries'] as const) }))
    sent.push(...converse(scenario, api).sent.map(({ request }) => request.body?.value));
  expect(sent.filter((value) => JSON.stringify(value)?.includes('card'))).toEqual([]);
});

/** What is said of the members' lives, of new ones in each scenario. */
function lived(fault?: MembersFault): readonly string[] {
  const phases = new Set(['stateful', 'relations'] as const);
  return brokenIn(contract, { ...planOptions, authenticated: false, phases }, () => createMembersApi(fault));
}

test('correct members live as they should', () => expect(lived()).toEqual([]));

test.each<[MembersFault, string]>([
  ['email-shared', 'certain conflict-refused: a email that is taken is accepted once more'],
  ['list-stale', 'likely listed-as-read: after '],
  ['order-one-way', 'certain sort-respected: ordering=-'],

  ['update-lost', 'certain written-read-back: '],
  ['restore-lost', 'certain action-takes-effect: what was brought back cannot be read'],
])('%s shows, though paths end with a slash', (fault, want) => expectSaid(lived(fault), want));
