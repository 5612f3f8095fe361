import { expect, test } from 'vitest';
import type { Phase } from '../../../src/cases/case.ts';
import { member } from '../../../src/lib/json.ts';
import { planScenarios } from '../../../src/cases/plan-scenarios.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { createPierApi } from '../../support/apis/pier.ts';
import { pierDocument } from '../../support/apis/pier-document.ts';
import { brokenIn } from '../../support/broken-in.ts';
import { converse } from '../../support/converse.ts';
import { planOptions } from '../../support/plan-options.ts';

const contract = createContract(pierDocument);

test('every operation is answered with success, though bodies name what has to be looked up', () => {
  const reached = new Set<string>();
  const logs = new Set<boolean>();
  for (const scenario of planScenarios(contract, { ...planOptions, phases: new Set(['examples'] as const) })) {
    const api = createPierApi();
    converse(scenario, (planned) => {
      const { operation, parameters, body } = planned.request;
      const answer = api(planned);
      if ((answer.status ?? 0) < 300) reached.add(operation.id);
      if (operation.id === 'POST /piers/{pierId}/logs' && answer.status === 201)
        logs.add(member(body?.value, 'pier') === parameters[0]?.value);
      return answer;
    });
  }
  expect(contract.operations.map(({ id }) => id).filter((id) => !reached.has(id))).toEqual([]);
  // the body says of the pier what the path says
  expect(logs).toEqual(new Set([true]));
});

test('a correct pier breaks nothing, whatever the seed', () => {
  const phases = new Set<Phase>(['examples', 'boundaries', 'stateful', 'relations']);
  const found = [1, 2, 3].flatMap((seed) => brokenIn(contract, { ...planOptions, seed, phases }, () => createPierApi()));
  expect(found).toEqual([]);
});
