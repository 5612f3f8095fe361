import { expect, test } from 'vitest';
import { createContract } from '../../../src/spec/create-contract.ts';
import { embeddedTarget } from '../../../src/targets/embedded/embedded-target.ts';
import { makeFolder, runMain } from '../../support/run-main.ts';

test('what ends the API is not sent, and is told', async () => {
  const responses = { 204: { description: '' } };
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
  const document = {
    openapi: '3.1.0',
    info: { title: 'Machines', version: '1' },
    paths: { '/admin/shutdown': { post: { responses } }, '/machines/{id}/shutdown': { post: { parameters: [id], responses } } },
  };
  const folder = await makeFolder({ 'api.json': JSON.stringify(document) });
  const standIn = await embeddedTarget(createContract(document), { kind: 'embedded' });
  try {
    const argv = ['run', 'api.json', '--base-url', standIn.baseUrl, '--format', 'json'];
    const { stdout } = await runMain(argv, { cwd: folder.path });
    expect(JSON.parse(stdout)).toMatchObject({
      skipped: expect.arrayContaining([expect.objectContaining({ title: 'POST /admin/shutdown', failure: false })]),
      coverage: { neverReached: [{ operation: 'POST /admin/shutdown' }] },
    });
  } finally {
    await standIn.dispose();
    await folder.dispose();
  }
});
