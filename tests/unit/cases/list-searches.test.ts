import { expect, test } from 'vitest';
import type { Answer, Case } from '../../../src/cases/case.ts';
import { isObject, type Json, type JsonObject } from '../../../src/lib/json.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { brokenIn } from '../../support/broken-in.ts';
import { answered } from '../../support/converse.ts';
import { planOptions } from '../../support/plan-options.ts';

const kinds = ['oak', 'fir', 'elm'];
const number = { type: 'number', minimum: 0, maximum: 90 };
const written = {
  title: { type: 'string', minLength: 1, maxLength: 60 },
  kind: { type: 'string', enum: kinds },
  height_m: number,
  marks: { type: 'array', maxItems: 9, items: { type: 'string', maxLength: 9 } },
};
const whole = { type: 'object', required: ['id'], properties: { id: { type: 'string' }, ...written } };
const tree = { $ref: '#/components/schemas/Tree' };
const content = (schema: Json): JsonObject => ({ content: { 'application/json': { schema } } });
const body = (schema: Json): JsonObject => ({ requestBody: { required: true, ...content(schema) } });
const page = { type: 'object', properties: { items: { type: 'array', items: tree }, total: { type: 'integer' } } };
const found = { 200: { description: '', ...content(page) } };
const table = {
  200: { description: '', content: { 'application/json': { schema: page }, 'text/csv': { schema: { type: 'string' } } } },
};
const criteria = {
  type: 'object',
  additionalProperties: false,
  properties: {
    kinds: { type: 'array', items: { type: 'string', enum: kinds } },
    min_height: number,
    limit: { type: 'integer', minimum: 1, maximum: 50 },
  },
};
const range = {
  name: 'height',
  in: 'query',
  style: 'deepObject',
  explode: true,
  schema: { type: 'object', properties: { min: number, max: number } },
};
const marks = { name: 'marks', in: 'query', style: 'pipeDelimited', explode: false, schema: { type: 'array', items: { type: 'string' } } };
const contract = createContract({
  openapi: '3.1.0',
  info: { title: 'Trees', version: '1' },
  security: [{ bearer: [] }],
  components: { schemas: { Tree: whole }, securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
  paths: {
    '/trees': {
      get: { parameters: [range, marks], responses: table },
      post: {
        ...body({ type: 'object', required: Object.keys(written), properties: written }),
        responses: { 201: { description: '', ...content(tree) } },
      },
    },
    '/trees/named': {
      get: { parameters: [{ name: 'q', in: 'query', required: true, schema: { type: 'string', minLength: 2 } }], responses: found },
    },
    '/trees/search': { post: { ...body(criteria), responses: found } },
    '/trees/{id}': {
      get: {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        responses: { 200: { description: '', ...content(tree) } },
      },
    },
  },
});

type Fault =
  | 'search-writes'
  | 'names-unknown'
  | 'names-all'
  | 'table-cut'
  | 'min-ignored'
  | 'first-kind-only'
  | 'limit-ignored'
  | 'total-of-page'
  | 'max-ignored'
  | 'shown-to-strangers';

/** Trees of which a stranger sees none; a list asked for several marks gives those that bear all of them. */
function createTrees(fault?: Fault): (planned: Case) => Answer {
  const trees: JsonObject[] = [];
  const height = (one: JsonObject): number => Number(one['height_m']);
  return ({ request, credentials }) => {
    const { method, path } = request.operation;
    const value = isObject(request.body?.value) ? request.body.value : {};
    if (!['main', 'respelled', 'identity'].includes(credentials.kind)) return answered(401);
    const stranger = credentials.kind === 'identity';
    const given = (name: string): Json | undefined => request.parameters.find((one) => one.name === name)?.value;
    if (path === '/trees/named') {
      const named = trees.filter((one) => String(one['title']).includes(String(given('q'))) || fault === 'names-all');
      const items = stranger || fault === 'names-unknown' ? [] : named;
      return answered(200, { items, total: items.length });
    }
    if (path === '/trees/search') {
      if (fault === 'search-writes' && trees[1]) trees[1] = { ...trees[1], title: 'found' };
      const { limit = 50, min_height: least = 0, kinds: wanted } = value;
      const asked = Array.isArray(wanted) ? (fault === 'first-kind-only' ? wanted.slice(0, 1) : wanted) : kinds;
      const fitting = trees.filter(
        (one) => asked.includes(one['kind'] ?? null) && (height(one) >= Number(least) || fault === 'min-ignored'),
      );
      const items = stranger && fault !== 'shown-to-strangers' ? [] : fitting.slice(0, fault === 'limit-ignored' ? 50 : Number(limit));
      return answered(200, { items, total: stranger || fault === 'total-of-page' ? items.length : fitting.length });
    }
    if (method === 'POST') {
      trees.push({ ...value, id: `tree-number-${1000 + trees.length}` });
      return answered(201, trees.at(-1) ?? null);
    }
    const one = trees.find(({ id }) => id === given('id'));
    if (given('id') !== undefined) return one && !stranger ? answered(200, one) : answered(404);
    const { min = 0, max = 90 } = isObject(given('height')) ? (given('height') as JsonObject) : {};
    const all = given('marks');
    const bears = ({ marks: own }: JsonObject): boolean =>
      !Array.isArray(all) || all.every((mark: Json) => Array.isArray(own) && own.includes(mark));
    const items = trees.filter(
      (tall) => height(tall) >= Number(min) && (height(tall) <= Number(max) || fault === 'max-ignored') && bears(tall),
    );
    if (request.headers?.some(([, field]) => field === 'text/csv')) {
      const rows = items.slice(fault === 'table-cut' ? 1 : 0).map(({ id, title }) => `"${String(id)}","${String(title)}"\r\n`);
      return {
        ...answered(200, undefined, { 'content-type': 'text/csv' }),
        bytes: new TextEncoder().encode(stranger ? '' : rows.join('')),
      };
    }
    return answered(200, { items: stranger ? [] : items, total: stranger ? 0 : items.length });
  };
}

function broken(fault?: Fault, seed = 1): readonly string[] {
  const phases = new Set(['relations', 'access'] as const);
  return brokenIn(contract, { ...planOptions, seed, phases, strangers: ['stranger'] }, () => createTrees(fault));
}

test('a search that finds what fits, ranges that bound and lists asked for all of several values break nothing', () => {
  expect([1, 2, 3, 4].flatMap((seed) => broken(undefined, seed))).toEqual([]);
});

test.each<[Fault, RegExp]>([
  ['search-writes', /^likely safe-repeatable: .*though it was only read and searched since$/],
  ['names-unknown', /^likely search-respected: q=.* does not find /],
  ['names-all', /^likely search-respected: q=qxzvkwjq finds .*, which does not hold it$/],
  ['table-cut', /^certain created-listed: .* is listed and not in the list as text\/csv/],
  ['min-ignored', /^certain filter-respected: min_height=/],
  ['first-kind-only', /^certain filter-complete: kinds=/],
  ['limit-ignored', /^certain limit-respected: /],
  ['total-of-page', /^certain /],
  ['max-ignored', /^certain filter-respected: height\[max\]=/],
  ['shown-to-strangers', /^certain forbidden-refused: lists for an identity what it may not see/],
])('%s shows', (fault, want) => {
  expect(broken(fault).filter((line) => want.test(line))).not.toEqual([]);
});
