import { expect, test } from 'vitest';
import type { Answer, Case } from '../../../src/cases/case.ts';
import { isObject, type Json, type JsonObject } from '../../../src/lib/json.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { brokenIn } from '../../support/broken-in.ts';
import { answered } from '../../support/converse.ts';
import { planOptions } from '../../support/plan-options.ts';

const states = ['queued', 'running', 'done'];
const job: Json = {
  type: 'object',
  required: ['title'],
  properties: {
    id: { type: 'integer', readOnly: true },
    title: { type: 'string', maxLength: 80 },
    state: { type: 'string', enum: states, readOnly: true },
  },
};
const json = (schema: Json): JsonObject => ({ content: { 'application/json': { schema } } });
const contract = createContract({
  openapi: '3.1.0',
  info: { title: 'Jobs', version: '1' },
  paths: {
    '/jobs': {
      post: {
        requestBody: { required: true, ...json(job) },
        responses: { 201: { description: '', ...json(job) }, 400: { description: '' } },
      },
    },
    '/jobs/{id}': {
      get: {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        responses: { 200: { description: '', ...json(job) }, 404: { description: '' } },
      },
    },
  },
});

/** Jobs whose state is what `stateOf` makes of the one that was asked for. */
function createJobs(stateOf: (asked: Json | undefined) => Json): (request: Case) => Answer {
  const jobs: JsonObject[] = [];
  return ({ request: { operation, body, parameters } }) => {
    const found = jobs[Number(parameters[0]?.value) - 1];
    if (operation.method === 'GET') return found ? answered(200, found) : answered(404);
    const value = isObject(body?.value) ? body.value : {};
    if (typeof value['title'] !== 'string') return answered(400);
    const made = { id: jobs.length + 1, title: value['title'], state: stateOf(value['state']) };
    jobs.push(made);
    return answered(201, made);
  };
}

const said = (stateOf: (asked: Json | undefined) => Json): readonly string[] =>
  brokenIn(contract, { ...planOptions, authenticated: false, phases: new Set(['stateful'] as const) }, () => createJobs(stateOf)).filter(
    (line) => line.includes('read-only-kept'),
  );

test('a state that is taken from the request, whichever it is, is certain', () =>
  expect(said((asked) => asked ?? 'queued')).toContainEqual(
    expect.stringMatching(/^certain read-only-kept: the read-only state is taken/),
  ));

test.each(['running', 'done'])('a state that may be %s by chance is not', (state) =>
  expect(said((asked) => (asked === undefined ? 'queued' : state)).filter((line) => line.startsWith('certain'))).toEqual([]),
);

test('a state that is the server’s own breaks nothing', () => expect(said(() => 'queued')).toEqual([]));
