import { expect, test } from 'vitest';
import type { Answer } from '../../../src/cases/case.ts';
import { planScenarios } from '../../../src/cases/plan-scenarios.ts';
import type { JsonObject } from '../../../src/lib/json.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { answered, converse } from '../../support/converse.ts';
import { planOptions } from '../../support/plan-options.ts';

test('what a server reads before it looks at bounds and rules is sent too: wide integers, long texts, fields and names that are none', () => {
  const map = { type: 'object', properties: { labels: { type: 'object', additionalProperties: { type: 'string' } } } };
  const query = (name: string, schema: JsonObject): JsonObject => ({ name, in: 'query', schema });
  const bounded = createContract({
    openapi: '3.1.0',
    info: { title: 'Bounded', version: '1' },
    paths: {
      '/a': {
        get: {
          parameters: [query('page', { type: 'integer', maximum: 100 }), query('q', { type: 'string', maxLength: 9 })],
          responses: { 200: { description: '', content: { 'application/json': {} } } },
        },
        put: { requestBody: { content: { 'application/json': { schema: map } } }, responses: { 200: { description: '' } } },
      },
    },
  });
  const api = (): Answer => answered(200, {}, { 'content-type': 'application/json' });
  const sent = planScenarios(bounded, { ...planOptions, phases: new Set(['protocol']) }).flatMap((one) => converse(one, api).sent);
  const titles = sent.map(({ title }) => title);
  expect(titles).toEqual(
    expect.arrayContaining([
      'page: an integer beyond 64 bits',
      'q: a text of 8,192 characters',
      'Accept that is no media type',
      'a Content-Type that is no media type',
    ]),
  );
  const odd = sent.find(({ title }) => title === 'odd names in labels')?.request.body?.value;
  expect(JSON.stringify(odd)).toMatch(/"labels":\{"__proto__":".+","constructor":".+","":".+"\}/);
});
