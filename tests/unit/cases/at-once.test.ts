import { describe, expect, test } from 'vitest';
import type { Answer, Case } from '../../../src/cases/case.ts';
import { planScenarios } from '../../../src/cases/plan-scenarios.ts';
import { isObject, type JsonObject } from '../../../src/lib/json.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { answered, converse, type Talk } from '../../support/converse.ts';
import { planOptions } from '../../support/plan-options.ts';

const text = { type: 'string', maxLength: 60 };
const thing = { type: 'object', required: ['id', 'name'], properties: { id: { type: 'integer' }, name: text, note: text } };
const gives = { description: '', content: { 'application/json': { schema: thing } } };
const takes = {
  content: { 'application/json': { schema: { type: 'object', required: ['name'], properties: { name: text, note: text } } } },
};
const path = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
const contract = createContract({
  openapi: '3.1.0',
  info: { title: 'things', version: '1' },
  paths: {
    '/things': { post: { requestBody: takes, responses: { 201: gives } } },
    '/things/{id}': {
      parameters: [path],
      get: { responses: { 200: gives } },
      delete: { responses: { 204: { description: '' } } },
    },
  },
});

/** An API that keeps things; `at` says what becomes of the creations that come at once, by their number. */
function talk(at: (made: JsonObject, number: number, kept: Map<number, JsonObject>) => Answer | undefined): Talk {
  const kept = new Map<number, JsonObject>();
  let next = 0;
  const api = ({ request, title }: Case): Answer => {
    const id = Number(request.parameters.find(({ name }) => name === 'id')?.value);
    if (request.operation.method === 'DELETE') return answered(kept.delete(id) ? 204 : 404);
    if (request.operation.method === 'GET') return kept.has(id) ? answered(200, kept.get(id)) : answered(404);
    const made: JsonObject = { ...(isObject(request.body?.value) ? request.body.value : {}), id: ++next };
    const number = Number(/^(\d) of 4 created at once$/.exec(title)?.[1] ?? 0);
    const other = number > 0 ? at(made, number, kept) : undefined;
    if (other) return other;
    kept.set(next, made);
    return answered(201, made);
  };
  const scenario = planScenarios(contract, { ...planOptions, phases: new Set(['stateful']) }).find(({ title }) => /at once/.test(title));
  if (!scenario) throw new Error('nothing is asked at once');
  return converse(scenario, api);
}

describe('several that are created at once', () => {
  test('are all entered in the ledger, and nothing is said of an API that keeps them', () => {
    const { sent, broken, left } = talk(() => undefined);
    expect(sent.map(({ title }) => title).filter((title) => title.includes('at once'))).toHaveLength(8);
    expect(left).toHaveLength(5);
    expect(broken).toEqual([]);
  });

  test('have identifiers of their own', () => {
    const { broken } = talk((made, number, kept) => {
      if (number < 3) return undefined;
      const same = { ...made, id: 77 };
      kept.set(77, same);
      return answered(201, same);
    });
    expect(new Set(broken)).toEqual(new Set(['certain created-once: 2 creations at once were given one identifier, 77']));
  });

  test('are all there', () => {
    const { broken } = talk((made, number) => (number === 2 ? answered(201, made) : undefined));
    expect(new Set(broken)).toEqual(new Set(['certain created-readable: what was created beside others cannot be read']));
  });

  test('are told to whoever made them', () => {
    const { broken } = talk((made, number, kept) => {
      kept.set(Number(made['id']), made);
      return number === 4 ? answered(201, { ...made, name: 'that of another' }) : undefined;
    });
    expect(broken).toContainEqual(
      expect.stringMatching(/^certain written-read-back: name was written as .* and is answered as "that of another"/),
    );
  });

  test('are not blamed where a creation gives back what is there', () => {
    expect(talk(() => answered(200, { id: 1, name: 'the first' })).broken.filter((line) => line.includes('created-once'))).toEqual([]);
  });

  test('may be refused, all but one', () => {
    expect(talk((_, number) => (number > 1 ? answered(409) : undefined)).broken).toEqual([]);
  });
});

describe('additions at once', () => {
  const tin = {
    type: 'object',
    required: ['id', 'name', 'coins'],
    properties: { id: { type: 'integer' }, name: text, coins: { type: 'integer' } },
  };
  const put = { type: 'object', required: ['coins'], properties: { coins: { type: 'integer', minimum: 2, maximum: 9 } } };
  const shows = (schema: JsonObject): JsonObject => ({ description: '', content: { 'application/json': { schema } } });
  const tins = createContract({
    openapi: '3.1.0',
    info: { title: 'tins', version: '1' },
    paths: {
      '/tins': { post: { requestBody: takes, responses: { 201: shows(tin) } } },
      '/tins/{id}': { parameters: [path], get: { responses: { 200: shows(tin) } } },
      '/tins/{id}/deposits': {
        parameters: [path],
        post: { requestBody: { content: { 'application/json': { schema: put } } }, responses: { 204: { description: '' } } },
      },
    },
  });

  /** A tin of coins; `at` says how many coins a deposit that comes at once adds, by its number. */
  function deposit(at: (coins: number, number: number) => number, most = Infinity): Talk {
    let coins = 0;
    const scenario = planScenarios(tins, { ...planOptions, phases: new Set(['stateful']) }).find(({ title }) =>
      title.startsWith('additions at once'),
    );
    if (!scenario) throw new Error('nothing is added at once');
    return converse(scenario, ({ request, title }) => {
      const number = Number(/^(\d) of 4 added at once$/.exec(title)?.[1] ?? 0);
      const given = Number(isObject(request.body?.value) ? request.body.value['coins'] : 0);
      if (!request.operation.path.endsWith('/deposits'))
        return answered(request.operation.method === 'POST' ? 201 : 200, { id: 1, name: 'a tin', coins });
      coins = Math.min(most, coins + (number > 0 ? at(given, number) : given));
      return answered(204);
    });
  }

  test('are all in the sum', () => {
    expect(deposit((coins) => coins).broken).toEqual([]);
    expect(deposit((coins, number) => (number === 1 ? coins : 0)).broken).toEqual([
      expect.stringMatching(/^certain action-takes-effect: 4 at once moved coins by \d, and each alone moves it by \d$/),
    ]);
  });

  test('may come to a limit, or to nothing that moves', () => {
    expect(deposit((coins) => coins, 20).broken).toEqual([]);
    expect(deposit((coins) => coins, 0).broken).toEqual([]);
  });
});
