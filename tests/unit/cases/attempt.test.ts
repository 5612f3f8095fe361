import { expect, test } from 'vitest';
import type { Answer, Case } from '../../../src/cases/case.ts';
import { planScenarios } from '../../../src/cases/plan-scenarios.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { converse } from '../../support/converse.ts';
import { createNotesApi, notesDocument } from '../../support/notes-api.ts';
import { planOptions } from '../../support/plan-options.ts';

/** The notes API whose first read after a deletion still shows what was there: its transaction ends after its answer. */
function lateApi(): (request: Case) => Answer {
  const api = createNotesApi();
  const shown = new Map<string, Answer>();
  let stale = false;
  return (planned) => {
    const key = JSON.stringify(planned.request.parameters);
    const { method } = planned.request.operation;
    const answer = api(planned);
    if (method === 'DELETE' && answer.status === 204) stale = true;
    const former = shown.get(key);
    if (method === 'GET' && answer.status === 404 && stale && former) {
      stale = false;
      return former;
    }
    if (method === 'GET' && answer.status === 200) shown.set(key, answer);
    return answer;
  };
}

test('what holds on repeat accuses nobody for certain, and is told as unsettled', () => {
  const scenarios = planScenarios(createContract(notesDocument), {
    phases: new Set(['stateful']),
    ...planOptions,
  });
  const broken = scenarios.flatMap((scenario) => converse(scenario, lateApi()).broken);
  expect(broken.filter((line) => !line.startsWith('unsure'))).toEqual([]);
  expect(broken.some((line) => line.startsWith('unsure deleted-gone: not at first, only on repeat'))).toBe(true);
});
