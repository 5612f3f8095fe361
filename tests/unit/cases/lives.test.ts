import { expect, test } from 'vitest';
import type { Answer, Case } from '../../../src/cases/case.ts';
import { isObject, type Json, type JsonObject } from '../../../src/lib/json.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { brokenIn } from '../../support/broken-in.ts';
import { answered } from '../../support/converse.ts';
import { planOptions } from '../../support/plan-options.ts';

const moment = { type: 'string', format: 'date-time' };
const written = { title: { type: 'string', minLength: 1 }, due_at: moment, status: { enum: ['open', 'done'], default: 'open' } };
const task = { type: 'object', properties: { id: { type: 'integer' }, ...written, created_at: moment, updated_at: moment } };
const content = (schema: Json): JsonObject => ({ content: { 'application/json': { schema } } });
const one = (status: number): JsonObject => ({
  [status]: { description: '', ...content(task) },
  404: { description: '' },
  422: { description: '' },
});
const body = (required: string[]): JsonObject => ({
  requestBody: { required: true, ...content({ type: 'object', required, properties: written }) },
});
const id = { parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }] };
const contract = createContract({
  openapi: '3.1.0',
  info: { title: 'Tasks', version: '1' },
  paths: {
    '/tasks': { post: { ...body(['title', 'due_at']), responses: one(201) } },
    '/tasks/{id}': {
      get: { ...id, responses: one(200) },
      patch: { ...id, ...body([]), responses: one(200) },
      delete: { ...id, responses: { 204: { description: '' }, 404: { description: '' } } },
    },
  },
});

type Fault = 'deletes-and-denies' | 'changed-before-made' | 'other-default' | 'forgets-due' | 'passes-state-over' | 'gives-id-again';

/** Tasks that keep what is written, with one fault at most. */
function createTasks(fault?: Fault): (planned: Case) => Answer {
  const tasks = new Map<number, JsonObject>();
  let last = 0;
  let clock = Date.parse('2026-01-01T00:00:00.500Z');
  const now = (): string => new Date((clock += 1234)).toISOString();
  return ({ request }) => {
    const { method } = request.operation;
    const value = isObject(request.body?.value) ? request.body.value : {};
    const at = Number(request.parameters.find(({ name }) => name === 'id')?.value);
    const known = tasks.get(at);
    if (method === 'POST') {
      const made = now();
      const updated_at = fault === 'changed-before-made' ? '2025-01-01T00:00:00Z' : made;
      const status = fault === 'other-default' ? 'done' : 'open';
      last = fault === 'gives-id-again' ? Math.max(0, ...tasks.keys()) + 1 : last + 1;
      tasks.set(last, { status, ...value, id: last, created_at: made, updated_at });
      return answered(201, tasks.get(last) ?? null);
    }
    if (!known) return answered(404);
    if (method === 'DELETE') tasks.delete(at);
    if (method === 'DELETE') return answered(fault === 'deletes-and-denies' ? 404 : 204);
    if (method === 'PATCH') {
      const { due_at = null, status, ...others } = value;
      const rest = { ...others, ...(status !== undefined && fault !== 'passes-state-over' && { status }) };
      tasks.set(at, { ...known, ...rest, ...(due_at !== null && fault !== 'forgets-due' && { due_at }), updated_at: now() });
    }
    return answered(200, tasks.get(at) ?? null);
  };
}

function broken(fault?: Fault): readonly string[] {
  return brokenIn(contract, { ...planOptions, phases: new Set(['stateful']) }, () => createTasks(fault));
}

test('a task that is kept as it should be breaks nothing', () => expect(broken()).toEqual([]));

test.each<[Fault, RegExp]>([
  ['deletes-and-denies', /^certain refused-no-trace: DELETE of what is there is answered with 404, and then it is gone$/],
  ['changed-before-made', /^certain server-values-follow: updated_at 2025-01-01T00:00:00Z is before created_at /],
  ['other-default', /^likely default-applied: status was left out and is "done" in place of its default "open"$/],
  ['passes-state-over', /^likely written-read-back: status was patched from "open" to "done" and is read as before$/],
  ['gives-id-again', /^likely created-once: the identifier 1 of what was deleted is given to another thing$/],
  ['forgets-due', /^certain written-read-back: due_at was written as /],
])('%s shows', (fault, want) => {
  expect(broken(fault).filter((line) => want.test(line))).not.toEqual([]);
});
