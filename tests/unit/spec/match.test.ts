import { expect, test } from 'vitest';
import type { Operation } from '../../../src/spec/contract.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { createMatcher } from '../../../src/spec/match.ts';

function operations(...ids: readonly string[]): readonly Operation[] {
  const paths: Record<string, Record<string, { responses: object }>> = {};
  for (const id of ids) {
    const [method = '', path = ''] = id.split(' ');
    paths[path] = { ...paths[path], [method.toLowerCase()]: { responses: {} } };
  }
  return createContract(JSON.parse(JSON.stringify({ openapi: '3.1.0', info: { title: 't', version: '1' }, paths }))).operations;
}

const known = operations(
  'GET /pets',
  'GET /pets/{id}',
  'GET /pets/mine',
  'DELETE /pets/{id}',
  'GET /pets/{id}.json',
  'GET /pets/{id}/',
  'GET /a/{x}/c',
  'GET /{y}/b/c',
  'GET /files/{name}-{part}.{suffix}',
  'GET /with%20escape/{id}',
);
const matcher = createMatcher(known);

test.each([
  ['GET', '/pets', 'GET /pets'],
  ['GET', '/pets/7', 'GET /pets/{id}'],
  ['GET', '/pets/mine', 'GET /pets/mine'],
  ['DELETE', '/pets/mine', 'DELETE /pets/{id}'],
  ['GET', '/pets/7.json', 'GET /pets/{id}.json'],
  ['GET', '/pets/a%2Fb', 'GET /pets/{id}'],
  ['GET', '/pets/7/', 'GET /pets/{id}/'],
  ['GET', '/pets/', undefined],
  ['GET', '/a/b/c', 'GET /a/{x}/c'],
  ['PUT', '/pets', undefined],
  ['GET', '/nowhere', undefined],
  ['GET', '//pets', undefined],
  ['GET', '/pets%2F7', undefined],
  ['GET', '/p%65ts/7', 'GET /pets/{id}'],
  ['GET', '/with%20escape/7', 'GET /with%20escape/{id}'],
  ['GET', '/files/a-b.c', 'GET /files/{name}-{part}.{suffix}'],
  ['GET', '/files/-b.c', undefined],
  ['GET', '/files/a.b-c', undefined],
  ['GET', '/pets/%zz', 'GET /pets/{id}'],
])('%s %s is %s', (method, path, want) => {
  expect(matcher.match(method, path)?.id).toBe(want);
});

test('a template of many parameters costs no more than its length', () => {
  const many = createMatcher(operations(`GET /${'{p}-'.repeat(40)}end`));
  expect(many.match('GET', `/${'a-'.repeat(5000)}`)).toBeUndefined();
  expect(many.match('GET', `/${'a-'.repeat(40)}end`)?.method).toBe('GET');
});

test('tells templates that no path can tell apart', () => {
  const { collisions } = createMatcher(operations('GET /pets/{id}', 'GET /pets/{name}'));
  expect(collisions).toHaveLength(1);
  expect(collisions[0]).toContain('GET /pets/{id} and GET /pets/{name}');
  expect(matcher.collisions).toEqual([]);
});
