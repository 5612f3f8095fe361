import { expect, test } from 'vitest';
import { createContract } from '../../../src/spec/create-contract.ts';
import { embeddedTarget } from '../../../src/targets/embedded/embedded-target.ts';
import { makeFolder, runMain } from '../../support/run-main.ts';

test('what ends the API, or what the run gets in with, is not sent, and is told', async () => {
  const responses = { 204: { description: '' } };
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
  const document = {
    openapi: '3.1.0',
    info: { title: 'Machines', version: '1' },
    paths: {
      '/admin/shutdown': { post: { responses } },
      '/auth/log-out': { get: { responses } },
      '/current/user/password': { get: { responses }, post: { responses } },
      '/users/me': { delete: { responses }, patch: { responses } },
      '/machines/{id}/shutdown': { post: { parameters: [id], responses } },
    },
  };
  const told = { suite: 'generated', count: 1, failure: false };
  const folder = await makeFolder({ 'api.json': JSON.stringify(document) });
  const standIn = await embeddedTarget(createContract(document), { kind: 'embedded' });
  try {
    const argv = ['run', 'api.json', '--base-url', standIn.baseUrl, '--format', 'json'];
    const { stdout } = await runMain(argv, { cwd: folder.path });
    expect(JSON.parse(stdout)).toMatchObject({
      skipped: expect.arrayContaining(
        [
          ['GET /auth/log-out', 'the session of whoever calls it'],
          ['POST /admin/shutdown', 'the API'],
          ['POST /current/user/password', 'the password of whoever calls it'],
          ['DELETE /users/me', 'the account of whoever calls it'],
        ].map(([title, ends]) => ({ ...told, title, reason: `its path says that it ends ${ends}: specproof call sends it` })),
      ),
      coverage: {
        neverReached: ['POST /admin/shutdown', 'GET /auth/log-out', 'POST /current/user/password', 'DELETE /users/me'].map((operation) => ({
          operation,
        })),
      },
    });
  } finally {
    await standIn.dispose();
    await folder.dispose();
  }
});
