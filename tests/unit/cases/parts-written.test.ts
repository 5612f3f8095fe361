import { expect, test } from 'vitest';
import type { Answer, Case } from '../../../src/cases/case.ts';
import { isObject, type Json, type JsonObject } from '../../../src/lib/json.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { brokenIn } from '../../support/broken-in.ts';
import { answered } from '../../support/converse.ts';
import { expectSaid } from '../../support/expect-said.ts';
import { planOptions } from '../../support/plan-options.ts';

const text: Json = { type: 'string', minLength: 1, maxLength: 40 };
const address: Json = { type: 'object', required: ['street'], properties: { street: text, door: text } };
const order: Json = { type: 'object', required: ['id', 'address'], properties: { id: { type: 'integer', readOnly: true }, address } };
const json = (schema: Json): JsonObject => ({ content: { 'application/json': { schema } } });
const answers = (status: number): Json => ({
  [status]: { description: '', ...json(order) },
  400: { description: '' },
  404: { description: '' },
});
const parameters: Json = [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }];
const contract = createContract({
  openapi: '3.1.0',
  info: { title: 'Orders', version: '1' },
  paths: {
    '/orders': { post: { requestBody: { required: true, ...json(order) }, responses: answers(201) } },
    '/orders/{id}': { get: { parameters, responses: answers(200) } },
    '/orders/{id}/address': { put: { parameters, requestBody: { required: true, ...json(address) }, responses: answers(200) } },
  },
});

/** What becomes of an address that replaces another one. */
type Keeping = (former: JsonObject, written: JsonObject) => JsonObject;

/** Orders whose address is a part that is written by itself. */
function createOrders(keep: Keeping): (asked: Case) => Answer {
  const orders: JsonObject[] = [];
  return ({ request: { operation, body, parameters: given } }) => {
    const value = isObject(body?.value) ? body.value : {};
    if (operation.method === 'POST')
      return isObject(value['address']) ? answered(201, { id: orders.push(value['address']), address: value['address'] }) : answered(400);
    const id = Number(given[0]?.value);
    const former = orders[id - 1];
    if (!former) return answered(404);
    if (operation.method === 'PUT') orders[id - 1] = keep(former, value);
    return answered(200, { id, address: orders[id - 1] ?? {} });
  };
}

const said = (keep: Keeping): readonly string[] =>
  brokenIn(contract, { ...planOptions, authenticated: false, phases: new Set(['stateful', 'relations'] as const) }, () =>
    createOrders(keep),
  );

test('a part that is replaced as it was written breaks nothing', () => expect(said((_, written) => written)).toEqual([]));

test.each<[string, Keeping, string]>([
  ['loses a member', (_, { street = '' }) => ({ street }), 'certain action-takes-effect: it was asked for door'],
  ['stays as it was', (former) => former, 'certain action-takes-effect: it was asked for street'],
])('a part that %s when it is replaced shows', (_, keep, want) => expectSaid(said(keep), want));
