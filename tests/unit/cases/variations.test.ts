import { expect, test } from 'vitest';
import { invalidVariations } from '../../../src/cases/values/invalid-variations.ts';
import { planScenarios } from '../../../src/cases/plan-scenarios.ts';
import { createPlanning } from '../../../src/cases/planning.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { answered, converse } from '../../support/converse.ts';
import { planOptions } from '../../support/plan-options.ts';

test('free text that a parameter of several operations does not take is one topic; a stated bound is one of its operation', () => {
  const parameters = [
    { name: 'Api-Version', in: 'header', schema: { type: 'string' } },
    { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 50 } },
  ];
  const get = { parameters, responses: { 200: { description: '' } } };
  const contract = createContract({
    openapi: '3.1.0',
    info: { title: 'Versions', version: '1' },
    paths: { '/hens': { get }, '/eggs': { get } },
  });
  const scenarios = planScenarios(contract, { ...planOptions, phases: new Set(['boundaries'] as const), authenticated: false });
  const refused = scenarios.flatMap((scenario) => {
    const { sent, broken } = converse(scenario, ({ request }) => {
      const value = (name: string): unknown => request.parameters.find((parameter) => parameter.name === name)?.value;
      return value('Api-Version') === undefined && value('limit') !== 50 ? answered(200, {}) : answered(400);
    });
    expect(broken.length).toBeGreaterThan(1);
    return sent.flatMap(({ expectations }) =>
      expectations.flatMap(({ holds, topic, confidence }) =>
        holds(answered(400)).kind === 'broken' ? [`${confidence} ${topic ?? ''}`] : [],
      ),
    );
  });
  expect(new Set(refused)).toEqual(
    new Set([
      'likely header Api-Version',
      'certain /paths/~1hens/get/parameters/1 /paths/~1hens/get/parameters/1/schema/maximum',
      'certain /paths/~1eggs/get/parameters/1 /paths/~1eggs/get/parameters/1/schema/maximum',
    ]),
  );
});

test('what lax parsers take everywhere is one topic in bodies, and is not asked of parameters, where all is text', () => {
  const flag = { type: 'boolean' };
  const schema = { type: 'object', properties: { open: flag } };
  const write = { requestBody: { content: { 'application/json': { schema } } }, responses: { 200: { description: '' } } };
  const contract = createContract({
    openapi: '3.1.0',
    info: { title: 'Doors', version: '1' },
    paths: { '/doors': { post: write, patch: { ...write, parameters: [{ name: 'quiet', in: 'query', schema: flag }] } } },
  });
  const planning = createPlanning(contract, { ...planOptions, phases: new Set(['invalid'] as const) });
  const likely = contract.operations.flatMap((operation) =>
    invalidVariations(planning, { operation, parameters: [], body: { mediaType: 'application/json', value: { open: true } } })
      .filter(({ title }) => /the word yes|a number/.test(title) && !title.includes('`body`'))
      .map(({ title, topic }) => `${operation.method} ${title}: ${topic}`),
  );
  expect(likely.toSorted()).toEqual([
    'PATCH `body.open` as a number instead of a boolean: other words for truth values',
    'PATCH `body.open` as the word yes instead of a boolean: other words for truth values',
    'POST `body.open` as a number instead of a boolean: other words for truth values',
    'POST `body.open` as the word yes instead of a boolean: other words for truth values',
  ]);
});
