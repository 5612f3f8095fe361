import { expect, test } from 'vitest';
import type { Answer, Case } from '../../../src/cases/case.ts';
import { planScenarios } from '../../../src/cases/plan-scenarios.ts';
import { isObject, member, type Json, type JsonObject } from '../../../src/lib/json.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { answered, converse } from '../../support/converse.ts';
import { planOptions } from '../../support/plan-options.ts';

const text = { type: 'string' };
const size = { type: 'object', required: ['unit'], properties: { unit: { enum: ['m', 'cm'] }, value: { type: 'integer', maximum: 9 } } };
const filters = { type: 'object', properties: { host: text, port: { type: 'integer', minimum: 1, maximum: 65535 }, size } };
const body = { type: 'object', properties: { name: text, filters } };
const contract = createContract({
  openapi: '3.1.0',
  info: { title: 'Recordings', version: '1' },
  paths: {
    '/recordings': {
      post: {
        requestBody: { required: true, content: { 'application/json': { schema: body } } },
        responses: { 200: { description: '' }, 400: { description: '' } },
      },
    },
  },
});

/** Takes no filter by host, and no port beyond 1024 where `narrow`. */
const recorder =
  (narrow: boolean) =>
  ({ request }: Case): Answer => {
    const given: Json | undefined = member(request.body?.value, 'filters');
    const port = member(given, 'port');
    const refused = (isObject(given) && Object.hasOwn(given, 'host')) || (narrow && typeof port === 'number' && port > 1024);
    return answered(refused ? 400 : 200);
  };

function refusedBodies(narrow: boolean): { readonly broken: readonly string[]; readonly sent: readonly JsonObject[] } {
  const phases = new Set(['boundaries'] as const);
  const talks = planScenarios(contract, { ...planOptions, phases }).map((scenario) => converse(scenario, recorder(narrow)));
  const values = talks.flatMap(({ sent }) => sent.map(({ request }) => request.body?.value));
  return { broken: talks.flatMap(({ broken }) => broken), sent: values.filter(isObject) };
}

test('a part that the accepted control lacks is varied with no more of it than it needs: what else is refused there is told once', () => {
  const { broken, sent } = refusedBodies(false);
  const about = new Set(broken.map((line) => /`body[^`]*`/.exec(line)?.[0] ?? line));
  expect(about).toEqual(new Set(['`body.filters.host`']));
  // and the others are seen at all: alone, with what their schema requires beside them
  expect(sent).toContainEqual({ filters: { port: 65535 } });
  expect(sent.some((value) => member(member(member(value, 'filters'), 'size'), 'value') === 9)).toBe(true);
});

test('what is refused of such a part is told by its own name', () => {
  expect(refusedBodies(true).broken).toContain('certain valid-accepted: valid data is refused: `body.filters.port` at its maximum 65535');
});

test('where another branch of a union is refused, its inside is not tried, and text or several members that are added may have rules of their own', () => {
  const base = { type: 'object', required: ['kind', 'name'] };
  const branch = (kind: string, more: JsonObject): JsonObject => ({ ...base, properties: { kind: { const: kind }, name: text, ...more } });
  const action = {
    oneOf: [branch('create', { team: text, seats: { type: 'integer' } }), branch('update', { mask: text, force: { type: 'boolean' } })],
  };
  const bulk = { type: 'object', required: ['action'], properties: { action } };
  const responses = { 200: { description: '' }, 400: { description: '' } };
  const post = { requestBody: { required: true, content: { 'application/json': { schema: bulk } } }, responses };
  const document = { openapi: '3.1.0', info: { title: 'Bulk', version: '1' }, paths: { '/bulk': { post } } };
  const phases = new Set(['boundaries'] as const);
  const broken = planScenarios(createContract(document), { ...planOptions, phases }).flatMap(
    (scenario) =>
      converse(scenario, ({ request }) => {
        const given = member(request.body?.value, 'action');
        const names = isObject(given) ? Object.keys(given) : [];
        return answered(member(given, 'kind') === 'update' || names.includes('team') ? 400 : 200);
      }).broken,
  );
  const certain = broken.filter((line) => line.startsWith('certain'));
  expect(certain).toContainEqual(expect.stringMatching(/refused: `body\.action` as /));
  expect(certain.filter((line) => !line.includes('`body.action` '))).toEqual([]);
  expect(broken).toContainEqual(expect.stringContaining('likely valid-accepted: valid data is refused: `body.action.team`'));
});

test('addresses that the accepted control lacks, and lists of them, may be refused by a rule that no schema tells; other formats may not', () => {
  const addresses = { type: 'array', maxItems: 3, items: { type: 'string', format: 'uri' } };
  const watch = { type: 'object', properties: { name: text, notify: addresses, due: { type: 'string', format: 'date' } } };
  const post = {
    requestBody: { required: true, content: { 'application/json': { schema: watch } } },
    responses: { 200: { description: '' }, 400: { description: '' } },
  };
  const document = { openapi: '3.1.0', info: { title: 'Watches', version: '1' }, paths: { '/watches': { post } } };
  const phases = new Set(['boundaries'] as const);
  const broken = planScenarios(createContract(document), { ...planOptions, phases }).flatMap(
    (scenario) =>
      converse(scenario, ({ request }) => {
        const given = request.body?.value;
        const listed = member(given, 'notify');
        const isRefused = (Array.isArray(listed) && listed.length > 0) || (isObject(given) && Object.hasOwn(given, 'due'));
        return answered(isRefused ? 400 : 200);
      }).broken,
  );
  expect(broken.filter((line) => line.includes('body.notify'))).not.toEqual([]);
  expect(broken.filter((line) => line.includes('body.notify') && line.startsWith('certain'))).toEqual([]);
  expect(broken).toContainEqual(expect.stringMatching(/^certain valid-accepted: valid data is refused: `body\.due`/));
});
