import { expect, test } from 'vitest';
import { createPlanning, ordinaryBody } from '../../../src/cases/planning.ts';
import { changingBody } from '../../../src/cases/steps/make-thing.ts';
import { createScope } from '../../../src/cases/steps/scope.ts';
import { isObject, type Json, type JsonObject } from '../../../src/lib/json.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { planOptions } from '../../support/plan-options.ts';

const states = { type: 'string', enum: ['planned', 'open', 'over'] };
const title = { type: 'string', minLength: 1 };

const body = (status: JsonObject): Json => ({
  content: {
    'application/json': { schema: { type: 'object', required: ['title', 'status'], properties: { title, status } } },
  },
});

const thing: Json = { type: 'object', properties: { id: { type: 'string' }, title, status: states } };
const answers = (status: string, ...others: readonly string[]): Json => ({
  [status]: { description: '', content: { 'application/json': { schema: thing } } },
  ...Object.fromEntries(others.map((other) => [other, { description: 'No way from the status that it has.' }])),
});

/** Shows are made open by default; the update says of these statuses that they are about the state. */
function showsApi(...refusals: readonly string[]) {
  const contract = createContract({
    openapi: '3.1.0',
    info: { title: 't', version: '1' },
    paths: {
      '/shows': { post: { requestBody: body({ ...states, default: 'open' }), responses: answers('201') } },
      '/shows/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        get: { responses: answers('200') },
        patch: { requestBody: body(states), responses: answers('200', ...refusals) },
      },
    },
  });
  const [create, , patch] = contract.operations;
  if (!create || !patch) throw new TypeError('the document has both');
  return { planning: createPlanning(contract, { ...planOptions, phases: new Set() }), create, patch };
}

const statusOf = (value: Json | undefined): Json | undefined => (isObject(value) ? value['status'] : undefined);

test('a thing is made in its default state, and an update that may be a conflict leaves it there', () => {
  const { planning, create, patch } = showsApi('409');
  expect(statusOf(ordinaryBody(planning, create, 0)?.value)).toBe('open');
  expect(statusOf(ordinaryBody(planning, patch, 0)?.value)).toBe('open');
  const free = showsApi();
  expect(statusOf(ordinaryBody(free.planning, free.patch, 0)?.value)).toBe('planned');
});

test.each([
  { refusals: ['409'], want: 'open' },
  { refusals: [], want: 'over' },
])('a body that changes what it can leaves the state to those who ask for it, where $refusals may follow', ({ refusals, want }) => {
  const { planning, patch } = showsApi(...refusals);
  const before = { id: 'a', title: 'Spring', status: 'open' };
  const changed = changingBody(createScope(planning, 'stateful'), patch, { title: 'Summer', status: 'over' }, before, undefined);
  expect(changed).toMatchObject({ title: expect.not.stringMatching('Spring') as string, status: want });
});
