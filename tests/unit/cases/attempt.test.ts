import { expect, test } from 'vitest';
import { attempt } from '../../../src/cases/steps/attempt.ts';
import type { Answer, Case } from '../../../src/cases/case.ts';
import type { JsonObject } from '../../../src/lib/json.ts';
import { planScenarios } from '../../../src/cases/plan-scenarios.ts';
import { createPlanning } from '../../../src/cases/planning.ts';
import { createScope } from '../../../src/cases/steps/scope.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { answered, converse } from '../../support/converse.ts';
import { createNotesApi, notesDocument } from '../../support/apis/notes.ts';
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

test('what asked for an entity tag once is sent with one at once from then on, unless it is to be refused', () => {
  const responses = { 200: { description: '' } };
  const contract = createContract({
    openapi: '3.1.0',
    info: { title: 't', version: '1' },
    paths: { '/thing': { get: { responses }, put: { responses: { ...responses, 428: { description: '' } } } } },
  });
  const scope = createScope(createPlanning(contract, { phases: new Set(), ...planOptions }), 'stateful');
  const operation = contract.operations.find(({ method }) => method === 'PUT');
  if (!operation) throw new TypeError('the document has it');
  const request = { operation, parameters: [] };
  const api = ({ request: { operation: asked, headers = [] } }: Case): Answer =>
    asked.method === 'GET' ? answered(200, {}, { etag: '"1"' }) : answered(headers.length > 0 ? 200 : 428);
  const { sent } = converse(
    {
      id: '1',
      phase: 'stateful',
      title: 't',
      about: [],
      size: 1,
      quiet: false,
      start: function* () {
        yield* attempt(scope, request, { title: 'first' });
        yield* attempt(scope, request, { title: 'second' });
        yield* attempt(scope, request, { title: 'third', intent: 'invalid' });
      },
    },
    api,
  );
  const asked = sent.map(({ request: { operation: one, headers = [] } }) => `${one.method} ${headers.length}`);
  expect(asked).toEqual(['PUT 0', 'GET 0', 'PUT 1', 'GET 0', 'PUT 1', 'PUT 0', 'GET 0', 'PUT 1']);
});

test('what a POST that answers 201 as a read does has made is removed too', () => {
  const schema = (...names: readonly string[]): JsonObject => ({
    type: 'object',
    required: names,
    properties: Object.fromEntries(names.map((name) => [name, name === 'id' ? { type: 'integer' } : { type: 'string' }])),
  });
  const shown = (status: number, name: string): JsonObject => ({
    [status]: { description: '', content: { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } } },
  });
  const parameters = [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }];
  const body = { required: true, content: { 'application/json': { schema: schema('name') } } };
  const contract = createContract({
    openapi: '3.1.0',
    info: { title: 'Scripts', version: '1' },
    components: { schemas: { Made: schema('id', 'name'), Whole: schema('id', 'name', 'origin') } },
    paths: {
      '/scripts': { post: { requestBody: body, responses: shown(201, 'Made') } },
      '/scripts/{id}': {
        get: { parameters, responses: shown(200, 'Whole') },
        delete: { parameters, responses: { 204: { description: '' } } },
      },
      '/scripts/clone/{id}': { post: { parameters, responses: shown(201, 'Whole') } },
    },
  });
  let last = 0;
  const there = new Set<number>();
  const api = ({ request }: Case): Answer => {
    const id = Number(request.parameters.find(({ name }) => name === 'id')?.value);
    const whole = (one: number): { id: number; name: string; origin: string } => ({ id: one, name: 'a', origin: 'b' });
    if (request.operation.method === 'POST') {
      if (request.operation.path !== '/scripts' && !there.has(id)) return answered(404);
      there.add((last += 1));
      return answered(201, whole(last));
    }
    if (!there.has(id)) return answered(404);
    return request.operation.method === 'DELETE' ? answered(there.delete(id) ? 204 : 404) : answered(200, whole(id));
  };
  const scenarios = planScenarios(contract, { phases: new Set(['examples', 'stateful', 'boundaries']), ...planOptions });
  let copies = 0;
  for (const scenario of scenarios) {
    const { sent, left } = converse(scenario, api);
    copies += sent.filter(({ request }) => request.operation.path.includes('clone')).length;
    for (const { removal } of left.toReversed()) if (removal) api(removal);
  }
  expect(copies).toBeGreaterThan(0);
  expect([...there]).toEqual([]);
});
