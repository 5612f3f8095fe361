import { expect, test } from 'vitest';
import type { Answer, Case } from '../../../src/cases/case.ts';
import { planScenarios } from '../../../src/cases/plan-scenarios.ts';
import type { Json } from '../../../src/lib/json.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { answered, converse } from '../../support/converse.ts';
import { planOptions } from '../../support/plan-options.ts';

const body = (properties: Json): Json => ({
  content: { 'application/json': { schema: { type: 'object', properties, required: Object.keys(properties ?? {}) } } },
});
const thing = { description: '', ...(body({ id: { type: 'integer' } }) as object) };
const path = (name: string): Json => ({ name, in: 'path', required: true, schema: { type: 'integer' } });
const put = (parameters: readonly Json[]): Json => ({ put: { parameters, responses: { 200: thing } } });
const contract = createContract({
  openapi: '3.1.0',
  info: { title: 't', version: '1' },
  paths: {
    '/drafts': { post: { responses: { 201: thing } } },
    '/drafts/{draft_id}': { get: { parameters: [path('draft_id')], responses: { 200: thing } } },
    '/drafts/{draft_id}/from-elsewhere': put([
      path('draft_id'),
      { name: 'address', in: 'query', required: true, schema: { type: 'string', format: 'uri' } },
    ]),
    '/drafts/{draft_id}/text': put([path('draft_id')]),
    '/drafts/{draft_id}/picture': put([path('draft_id')]),
    '/letters': { post: { requestBody: body({ draft_id: { type: 'integer' } }), responses: { 201: thing } } },
    '/letters/{letter_id}': { get: { parameters: [path('letter_id')], responses: { 200: thing } } },
  },
});

/** What is sent for an ordinary read of a letter, where letters are made of drafts that have these parts. */
function sentWhere(needed: readonly string[]): readonly string[] {
  const parts = new Set<string>();
  const api = ({ request: { operation } }: Case): Answer => {
    if (operation.method === 'PUT') parts.add(operation.path.split('/').at(-1) ?? '');
    return operation.id === 'POST /letters' && !needed.every((part) => parts.has(part)) ? answered(400) : answered(201, { id: 1 });
  };
  const planned = { ...planOptions, authenticated: false } as const;
  const scenario = planScenarios(contract, { ...planned, phases: new Set(['examples']) }).find(
    ({ title }) => title === 'GET /letters/{letter_id}',
  );
  if (!scenario) throw new TypeError('letters are read');
  return converse(scenario, api).sent.map(({ request }) => request.operation.id.replace('/drafts/{draft_id}', '…'));
}

test.each([
  [[], ['POST /drafts', 'POST /letters', 'GET /letters/{letter_id}']],
  [['text'], ['POST /drafts', 'POST /letters', 'PUT …/text', 'POST /letters', 'GET /letters/{letter_id}']],
  [
    ['from-elsewhere'],
    [
      'POST /drafts',
      'POST /letters',
      'PUT …/text',
      'POST /letters',
      'PUT …/picture',
      'POST /letters',
      'PUT …/from-elsewhere',
      'POST /letters',
      'GET /letters/{letter_id}',
    ],
  ],
])('a thing is furnished until what refers to it is taken, last from elsewhere: %s', (needed, want) =>
  expect(sentWhere(needed)).toEqual(want),
);
