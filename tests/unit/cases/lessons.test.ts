import { describe, expect, it } from 'vitest';
import { beginWithLeast, heeded, learn } from '../../../src/cases/steps/lessons.ts';
import { createPlanning } from '../../../src/cases/planning.ts';
import { createScope } from '../../../src/cases/steps/scope.ts';
import type { Answer, Case } from '../../../src/cases/case.ts';
import { planScenarios } from '../../../src/cases/plan-scenarios.ts';
import { member, type Json } from '../../../src/lib/json.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { answered, converse } from '../../support/converse.ts';
import { planOptions } from '../../support/plan-options.ts';

const contract = createContract({
  openapi: '3.1.0',
  info: { title: 'Crew', version: '1' },
  paths: {
    '/members': {
      post: {
        requestBody: {
          content: {
            'application/json': {
              schema: {
                type: 'object',
                properties: {
                  name: { type: 'string', maxLength: 40 },
                  nickName: { type: 'string' },
                  email: { type: 'string' },
                  rank: { type: 'string' },
                  age: { type: 'integer' },
                  tags: { type: 'array', items: { type: 'string' } },
                  home: { type: 'object', properties: { city: { type: 'string' } } },
                },
              },
            },
          },
        },
        responses: { 201: { description: '' } },
      },
    },
  },
});
const [operation] = contract.operations;
const options = { phases: new Set<never>(), ...planOptions, authenticated: false };

/** What the body becomes by the refusal; undefined where nothing is learned. */
function taught(body: Json, refusal: Json, status = 422): Json | undefined {
  if (!operation) throw new Error('no operation');
  const scope = createScope(createPlanning(contract, options), 'stateful');
  const request = { operation, parameters: [], body: { mediaType: 'application/json', value: body } };
  return learn(scope, request, answered(status, refusal)) ? heeded(scope, request).body?.value : undefined;
}

const someText = expect.stringMatching(/./);

describe('a refusal teaches', () => {
  it.each<{ readonly by: string; readonly refusal: Json; readonly body: Json; readonly want: Json }>(
    [
      {
        by: 'Pydantic: missing',
        refusal: { detail: [{ type: 'missing', loc: ['body', 'name'], msg: 'Field required', input: { age: 3 } }] },
        body: { age: 3 },
        want: { age: 3, name: someText },
      },
      {
        by: 'Pydantic: too short',
        refusal: {
          detail: [
            { type: 'string_too_short', loc: ['body', 'name'], msg: 'String should have at least 5 characters', ctx: { min_length: 5 } },
          ],
        },
        body: { name: 'ab' },
        want: { name: 'ababa' },
      },
      {
        by: 'Pydantic: one of several, below an object',
        refusal: { detail: [{ type: 'enum', loc: ['body', 'home', 'city'], msg: "Input should be 'Oslo' or 'Bergen'", input: 'x' }] },
        body: { home: { city: 'x' } },
        want: { home: { city: 'Oslo' } },
      },
      { by: 'Django REST framework', refusal: { nick_name: ['This field is required.'] }, body: {}, want: { nickName: someText } },
      {
        by: 'Rails: too short and taken',
        refusal: { errors: { name: ['is too short (minimum is 6 characters)'], email: ['has already been taken'] } },
        body: { name: 'abc', email: 'a@example.com' },
        want: { name: 'abcabc', email: expect.not.stringMatching(/^a@example\.com$/) },
      },
      {
        by: 'Laravel',
        refusal: { message: 'The given data was invalid.', errors: { rank: ['The selected rank must be one of: "captain", "mate".'] } },
        body: { rank: 'x' },
        want: { rank: 'captain' },
      },
      {
        by: 'ASP.NET Core',
        refusal: { title: 'One or more validation errors occurred.', status: 400, errors: { Name: ['The Name field is required.'] } },
        body: {},
        want: { name: someText },
      },
      {
        by: 'Spring: Bean Validation',
        refusal: { status: 400, errors: [{ field: 'age', defaultMessage: 'must be greater than or equal to 18', rejectedValue: 3 }] },
        body: { age: 3 },
        want: { age: 18 },
      },
      {
        by: 'NestJS',
        refusal: {
          statusCode: 400,
          message: ['name must be longer than or equal to 4 characters', 'email must be an email'],
          error: 'Bad Request',
        },
        body: { name: 'x', email: 'x' },
        want: { name: 'xxxx', email: 'someone@example.com' },
      },
      {
        by: 'Fastify',
        refusal: { statusCode: 400, message: "body must have required property 'rank'" },
        body: {},
        want: { rank: someText },
      },
      {
        by: 'Joi',
        refusal: { details: [{ message: '"age" must be greater than 17', path: ['age'], type: 'number.greater', context: { limit: 17 } }] },
        body: { age: 2 },
        want: { age: 18 },
      },
      {
        by: 'Zod',
        refusal: { issues: [{ code: 'too_small', minimum: 2, path: ['tags'], message: 'Array must contain at least 2 element(s)' }] },
        body: { tags: ['a'] },
        want: { tags: ['a', 'a'] },
      },
      {
        by: 'Symfony',
        refusal: { violations: [{ propertyPath: 'home.city', message: 'This value should not be blank.' }] },
        body: { home: { city: '' } },
        want: { home: { city: someText } },
      },
      {
        by: 'JSON:API',
        refusal: { errors: [{ status: '422', source: { pointer: '/data/attributes/rank' }, detail: "can't be blank" }] },
        body: { rank: '' },
        want: { rank: someText },
      },
      {
        by: 'problem details with invalid-params',
        refusal: { type: 'about:blank', title: 'Invalid', 'invalid-params': [{ name: 'age', reason: 'must be between 10 and 20' }] },
        body: { age: 3 },
        want: { age: 10 },
      },
      { by: 'a sentence', refusal: { error: 'name is required' }, body: {}, want: { name: someText } },
      {
        by: 'a wish that the schema does not allow: what may be left out is',
        refusal: { name: ['must have at least 50 characters'] },
        body: { name: 'a', age: 3 },
        want: { age: 3 },
      },
      {
        by: 'text that is to be JSON, with an example',
        refusal: { detail: [{ loc: ['body', 'rank'], msg: "The `rank` field must be a valid JSON object (e.g., {'key': 'value'})" }] },
        body: { rank: 'value' },
        want: { rank: '{}' },
      },
      {
        by: 'a sentence that says one name which is no plain word',
        refusal: { detail: "Crew 'hello' is new and does not accept a nick_name." },
        body: { nickName: 'Al', age: 3 },
        want: { age: 3 },
      },
    ].filter(({ want }) => want !== undefined),
  )('$by', ({ refusal, body, want }) => {
    expect(taught(body, refusal)).toEqual(want);
  });
});

describe('nothing is learned', () => {
  it.each<readonly [why: string, body: Json, refusal: Json, status: number]>([
    ['from a refusal that names no member', { name: 'a' }, { detail: 'Bad request' }, 422],
    ['from what was sent and is only repeated', { name: 'a' }, { detail: [{ input: 'age is required', msg: 'no' }] }, 422],
    ['from a refusal of the sender', {}, { name: ['This field is required.'] }, 403],
    ['for a body that is no object', [1], { name: ['This field is required.'] }, 422],
  ])('%s', (_why, body, refusal, status) => {
    expect(taught(body, refusal, status)).toBeUndefined();
  });
});

describe('a scenario', () => {
  it('sends what a refusal asked for, and goes on from there', () => {
    const crew = ({ request: { body } }: Case): Answer =>
      ['captain', 'mate'].includes(String(member(body?.value, 'rank')))
        ? answered(201)
        : answered(422, { errors: { rank: ['must be one of: "captain", "mate"'] } });
    const scenarios = planScenarios(contract, { ...options, phases: new Set(['boundaries'] as const) });
    const sent = scenarios.flatMap((scenario) => converse(scenario, crew).sent);
    const ranks = sent
      .filter(({ title }) => /^an ordinary request(?:,|$)/.test(title))
      .map(({ request }) => member(request.body?.value, 'rank'));
    expect(ranks).toEqual([expect.any(String), 'captain']);
    expect(sent.filter(({ request }) => member(request.body?.value, 'rank') === 'captain').length).toBeGreaterThan(5);
  });
});

describe('a refusal that lists the values of a parameter', () => {
  const text = { type: 'string' };
  const parameters = [
    { name: 'plugin', in: 'path', required: true, schema: text },
    { name: 'unit', in: 'query', required: true, schema: { type: 'string', maxLength: 5 } },
  ];
  const sensors = createContract({
    openapi: '3.1.0',
    info: { title: 'Sensors', version: '1' },
    paths: { '/sensors/{plugin}': { get: { parameters, responses: { 200: { description: '' } } } } },
  });
  const phases = new Set(['examples'] as const);

  /** The values of the ordinary requests in turn; the API knows the plugin `cpu` and the unit `watts`. */
  const asked = (refusal: (plugin: Json, unit: Json) => Answer): readonly (readonly Json[])[] =>
    planScenarios(sensors, { ...options, phases })
      .flatMap(
        (scenario) =>
          converse(scenario, ({ request }) => {
            const [plugin = null, unit = null] = request.parameters.map(({ value }) => value);
            return plugin === 'cpu' && unit === 'watts' ? answered(200) : refusal(plugin, unit);
          }).sent,
      )
      .filter(({ title }) => /^an ordinary request(?:,|$)/.test(title))
      .map(({ request }) => request.parameters.map(({ value }) => value));

  it.each<readonly [by: string, plugin: (sent: Json) => Json, unit: Json]>([
    ['a sentence', (sent) => `Unknown plugin ${String(sent)} (available plugins: ['cpu', 'fs'])`, 'unit must be one of "seconds", "watts"'],
    ['a sentence about the value', (sent) => `${String(sent)} is none of the known ones: ["cpu"]`, { unit: ['must be in: "watts"'] }],
    [
      'Pydantic',
      () => [{ type: 'enum', loc: ['path', 'plugin'], msg: "Input should be 'cpu' or 'fs'", input: 'x' }],
      [{ type: 'enum', loc: ['query', 'unit'], msg: "Input should be 'watts'", input: 'x' }],
    ],
  ])('is heeded, told by %s', (_by, plugin, unit) => {
    const seen = asked((sent) => answered(sent === 'cpu' ? 422 : 400, { detail: sent === 'cpu' ? unit : plugin(sent) }));
    expect(seen.at(-1)).toEqual(['cpu', 'watts']);
    expect(seen.length).toBeLessThanOrEqual(3);
  });

  it('teaches nothing that the document does not allow, and nothing about other parameters', () => {
    const seen = asked((sent) => answered(400, { detail: sent === 'cpu' ? 'unit must be one of "seconds"' : "the colour must be 'cpu'" }));
    expect(new Set(seen.flat())).not.toContain('cpu');
    expect(new Set(seen.flat())).not.toContain('seconds');
  });
});

describe('a refusal that names no member', () => {
  const sent = { name: 'Ada', nickName: 'first-one', email: 'second-one', tags: ['third-one'] };
  it.each<readonly [says: string, error: string, want: Json | undefined]>([
    ['repeats what one member has', "'first-one' is not canonical", { name: 'Ada', email: 'second-one', tags: ['third-one'] }],
    ['repeats an item of a list', 'no such thing: third-one', { name: 'Ada', nickName: 'first-one', email: 'second-one' }],
    ['repeats what two members have', 'first-one and second-one differ', undefined],
    ['repeats a part of a word', "'another-first-one' is not canonical", undefined],
  ])('%s', (_says, error, want) => expect(taught(sent, { error })).toEqual(want));

  it('has the next body begin with what is required, and grow by what is missed', () => {
    if (!operation) throw new Error('no operation');
    const scope = createScope(createPlanning(contract, options), 'stateful');
    const request = { operation, parameters: [], body: { mediaType: 'application/json', value: sent } };
    const refused = answered(422, { error: 'no' });
    expect([learn(scope, request, refused), beginWithLeast(scope, request, refused)]).toEqual([false, true]);
    expect(heeded(scope, request).body?.value).toEqual({});
    expect(learn(scope, heeded(scope, request), answered(422, { error: "Key 'rank' is missing" }))).toBe(true);
    expect(heeded(scope, request).body?.value).toEqual({ rank: someText });
    expect(beginWithLeast(scope, request, refused)).toBe(false);
  });
});

describe('a refusal of an ordinary request', () => {
  const parameters = [{ name: 'section', in: 'path', required: true, schema: { type: 'string' } }];
  const settings = createContract({
    openapi: '3.1.0',
    info: { title: 'Settings', version: '1' },
    paths: { '/settings/{section}': { get: { parameters, responses: { 200: { description: '' } } } } },
  });

  it.each<readonly [says: string, detail: (sent: string) => string, outcome: string]>([
    ['that what the path names is unknown', (sent) => `Unknown section ${sent}`, 'cannot-judge'],
    ['that it does not exist', (sent) => `Section '${sent}' does not exist`, 'cannot-judge'],
    ['that something else is unknown', () => 'Unknown section', 'broken'],
    ['something else of it', (sent) => `${sent} is too long`, 'broken'],
  ])('%s, with 400', (_says, detail, outcome) => {
    const answer = (section: Json | undefined): Answer => answered(400, { detail: detail(String(section)) });
    const last = planScenarios(settings, { ...options, phases: new Set(['examples'] as const) })
      .flatMap((scenario) => converse(scenario, ({ request }) => answer(request.parameters[0]?.value)).sent)
      .filter(({ title }) => /^an ordinary request(?:,|$)/.test(title))
      .at(-1);
    const held = last?.expectations.map(({ holds }) => holds(answer(last.request.parameters[0]?.value)).kind);
    expect(held).toContain(outcome);
  });
});
