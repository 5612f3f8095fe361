import { expect, it } from 'vitest';
import type { Answer, Case } from '../../../src/cases/case.ts';
import { planScenarios } from '../../../src/cases/plan-scenarios.ts';
import type { Json } from '../../../src/lib/json.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { answered, converse } from '../../support/converse.ts';
import { planOptions } from '../../support/plan-options.ts';

const schema = { type: 'object', required: ['folder'], properties: { folder: { type: ['string', 'null'] } } };
const content = { 'application/json': { schema } };
const contract = createContract({
  openapi: '3.1.0',
  info: { title: 'Storage', version: '1' },
  paths: {
    '/storage': {
      get: { responses: { 200: { description: '', content } } },
      put: { requestBody: { required: true, content }, responses: { 200: { description: '', content } } },
      delete: { responses: { 204: { description: '' } } },
    },
  },
});

const usual: Json = { folder: null };

interface Ways {
  /** Whether a PUT is taken. */
  readonly writable: boolean;
  /** Whether DELETE leads back to what was there at first. */
  readonly resets: boolean;
}

/** A storage whose folder has a default, and what it holds when all is over. */
function talk({ writable, resets }: Ways): { readonly broken: readonly string[]; readonly left: Json } {
  let held = usual;
  const api = ({ request: { operation, body } }: Case): Answer => {
    if (operation.method === 'PUT') {
      if (!writable) return answered(422);
      held = body?.value ?? null;
    }
    if (operation.method === 'DELETE' && resets) held = usual;
    return operation.method === 'DELETE' ? answered(204) : answered(200, held);
  };
  const scenarios = planScenarios(contract, { ...planOptions, phases: new Set(['stateful'] as const), authenticated: false });
  const broken = scenarios.flatMap((scenario) => converse(scenario, api).broken).filter((one) => one.includes('deleted-gone'));
  return { broken, left: held };
}

const message = 'deleted-gone: what was deleted is read as it was before';

it.each<readonly [is: string, ways: Ways, told: readonly string[]]>([
  ['leads back to its default is deleted', { writable: true, resets: true }, []],
  ['keeps what was written is not', { writable: true, resets: false }, [`certain ${message}`]],
  ['nobody could write may have been at its default', { writable: false, resets: true }, [`unsure ${message}`]],
])('a thing that is there once and %s', (_is, ways, told) => {
  const { broken, left } = talk(ways);
  expect(broken).toEqual(told);
  expect(left).toEqual(usual);
});
