import { describe, expect, test } from 'vitest';
import type { Phase, Scenario } from '../../../src/cases/case.ts';
import { planScenarios, plannedPhases } from '../../../src/cases/plan-scenarios.ts';
import type { PlanOptions } from '../../../src/cases/planning.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { checks } from '../../../src/verdicts/registry.ts';
import { answered, converse } from '../../support/converse.ts';
import { createNotesApi, notesDocument, type NotesFault } from '../../support/apis/notes.ts';

const contract = createContract(notesDocument);

function plan(phases: readonly Phase[], more: Partial<PlanOptions> = {}): Scenario[] {
  return planScenarios(contract, {
    phases: new Set(phases),
    seed: 1,
    safeOnly: false,
    readers: ['reader'],
    peers: ['other'],
    strangers: [],
    authenticated: true,
    ...more,
  });
}

function broken(phases: readonly Phase[], fault?: NotesFault, seed = 1): string[] {
  return [...new Set(plan(phases, { seed }).flatMap((scenario) => converse(scenario, createNotesApi(...(fault ? [fault] : []))).broken))];
}

test('a correct API breaks nothing, whatever the seed', () => {
  const seeds = Array.from({ length: 10 }, (_, index) => index * 37);
  expect(seeds.flatMap((seed) => broken(plannedPhases, undefined, seed))).toEqual([]);
});

test('every phase expects something, and is kept', () => {
  const expected = plannedPhases.map((phase) => [
    phase,
    plan([phase])
      .flatMap((scenario) => converse(scenario, createNotesApi()).said)
      .some((said) => said.endsWith(': kept')),
  ]);
  expect(expected).toEqual(plannedPhases.map((phase) => [phase, true]));
});

const rows: readonly (readonly [NotesFault, Phase, string])[] = [
  ['open-door', 'access', 'certain unauthenticated-refused: answers a request that has no credentials'],
  ['reader-writes', 'access', 'certain forbidden-refused: lets an identity do what it may not: reader may only read'],
  ['takes-anything', 'invalid', 'certain invalid-refused: invalid data is accepted: `body.stars` above its maximum 5: 6'],
  ['refuses-five', 'boundaries', 'certain valid-accepted: valid data is refused: `body.stars` at its maximum 5'],
  ['forgets', 'stateful', 'certain written-read-back: title was written as'],
  ['swaps', 'stateful', 'certain written-read-back: title was written as'],
  ['undead', 'stateful', 'certain deleted-gone: what was deleted can still be read'],
  ['unlisted', 'stateful', 'likely created-listed: id 1 is not in the list'],
  ['patch-resets', 'stateful', 'certain update-keeps-rest: '],
  ['put-merges', 'relations', 'certain put-replaces: PUT left out colour, and it is still there'],
  ['put-counts', 'relations', 'certain put-replaces: the second of two equal PUTs changed the thing again'],
  ['trace', 'relations', 'certain refused-no-trace: the refused update changed the thing'],
  ['no-limit', 'relations', 'certain limit-respected: limit=1 is answered with 3 items'],
  ['no-offset', 'relations', 'certain pages-disjoint: 1 is on two pages'],
  ['no-filter', 'relations', 'certain filter-respected: stars='],
  ['no-sort', 'relations', 'certain sort-respected: sort='],
  ['short-total', 'relations', 'certain total-agrees: total was 3 and is 1 for limit=1'],
  ['wrong-location', 'relations', 'certain location-resolves: Location /notes/99 cannot be read'],
  ['method-anything', 'protocol', 'certain method-refused: the undeclared method'],
  ['any-type', 'invalid', 'certain media-type-refused: invalid data is accepted: a body of the undeclared type text/plain'],
];

test.each(rows)('%s shows in %s', (fault, phase, want) => {
  expect(broken([phase], fault).filter((line) => line.startsWith(want))).not.toEqual([]);
});

describe('the plan', () => {
  test('is the same for the same seed, and another for another', () => {
    const ids = (seed: number): string[] =>
      plan(plannedPhases, { seed }).flatMap((scenario) => converse(scenario, createNotesApi()).sent.map(({ id }) => id));
    expect(ids(3)).toEqual(ids(3));
    expect(ids(3)).not.toEqual(ids(4));
  });

  test('sends only safe methods when told so, also where there is much to see', () => {
    const api = createNotesApi();
    for (const scenario of plan(['relations'])) converse(scenario, api);
    const sent = plan(plannedPhases, { safeOnly: true }).flatMap((scenario) => converse(scenario, api).sent);
    expect(sent.length).toBeGreaterThan(0);
    expect([...new Set(sent.map(({ request }) => request.method ?? request.operation.method))].sort()).toEqual([
      'GET',
      'HEAD',
      'OPTIONS',
      'TRACE',
    ]);
  });

  test('enters every creation that is left in the ledger, with the way to remove it', () => {
    const left = plan(['boundaries', 'stateful', 'relations']).flatMap((scenario) => converse(scenario, createNotesApi()).left);
    expect(left.length).toBeGreaterThan(3);
    expect(left.filter(({ removal }) => removal?.request.operation.id !== 'DELETE /notes/{id}')).toEqual([]);
  });

  test.each(['GET /notes', 'PATCH /notes/{id}'])('is the same for the scenarios about a chosen operation, and has no others: %s', (id) => {
    const chosen = plan(plannedPhases, { chosen: new Set([id]) });
    const whole = plan(plannedPhases);
    // these ask the chosen ones of what they are about
    const severalAtOnce = new Set(['parameters that come twice', 'credentials in other letters']);
    const cases = (scenarios: readonly Scenario[]): string[] =>
      scenarios.flatMap((scenario) =>
        severalAtOnce.has(scenario.title) ? [] : converse(scenario, createNotesApi()).sent.map((one) => one.id),
      );
    expect(cases(chosen)).toEqual(cases(whole.filter(({ about }) => about.includes(id))));
    expect(chosen.map(({ title }) => title)).toEqual(whole.filter(({ about }) => about.includes(id)).map(({ title }) => title));
    expect(chosen.length).toBeLessThan(whole.length);
    expect(new Set(chosen.map(({ phase }) => phase))).toEqual(new Set(whole.map(({ phase }) => phase)));
  });

  test('says where nothing could be created', () => {
    const [life] = plan(['stateful']);
    expect(life && converse(life, () => answered(403)).notes).toEqual(['none could be created, so the life of one was not followed']);
  });

  test('expects only under check ids of the registry', () => {
    const known = new Set(checks.map(({ id }) => id));
    const used = plan(plannedPhases).flatMap((scenario) =>
      converse(scenario, createNotesApi()).sent.flatMap(({ expectations }) => expectations.map(({ check }) => check)),
    );
    expect([...new Set(used)].filter((id) => !known.has(id))).toEqual([]);
  });
});
