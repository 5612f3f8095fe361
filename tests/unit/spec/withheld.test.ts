import { expect, test } from 'vitest';
import { createContract } from '../../../src/spec/create-contract.ts';
import { endedBy } from '../../../src/spec/withheld.ts';

const nothing = { responses: { 200: { description: '' } } };
const paths = Object.fromEntries(
  [
    '/maintenance',
    '/admin/maintenance',
    '/machines/{id}/maintenance',
    '/admin/shutdown',
    '/logout',
    '/auth/logout/',
    '/shutdowns',
    '/current-user/reset-token/',
    '/invite/reset-token',
  ].map((path) => [path, { get: nothing, post: nothing }]),
);
const { operations } = createContract({ openapi: '3.1.0', info: { title: 't', version: '1' }, paths });

test('what closes the API, or ends it or the session, is told by its path', () => {
  expect(operations.filter((operation) => endedBy(operation) !== undefined).map(({ id }) => id)).toEqual([
    'POST /maintenance',
    'POST /admin/maintenance',
    'GET /admin/shutdown',
    'POST /admin/shutdown',
    'GET /logout',
    'POST /logout',
    'GET /auth/logout/',
    'POST /auth/logout/',
    'POST /current-user/reset-token/',
  ]);
});
