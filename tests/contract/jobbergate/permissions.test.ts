import { describe, expect } from 'vitest';
import { test, uniqueName } from './fixtures.ts';

const lists = ['/job-scripts', '/job-script-templates', '/job-submissions', '/clusters/status'] as const;

describe('permissions', () => {
  for (const path of lists) {
    test(`GET ${path} is for those who may read`, async ({ api }) => {
      await api.as('admin').get(path, { expect: 200 });
      await api.as('reader').get(path, { expect: 200 });
      await api.as('nobody').get(path, { expect: 403 });
      await api.as(null).get(path, { expect: 401 });
      const garbage = await api.as(null).get(path, { headers: { Authorization: 'Bearer not.a.token' }, expect: 401 });
      expect(garbage.body).toMatchObject({ detail: expect.any(String) });
    });
  }

  test('health is for everybody', async ({ api }) => {
    await api.as(null).get('/health', { expect: 204 });
  });

  test('a reader reads and changes nothing', async ({ api, script }) => {
    const reader = api.as('reader');
    const path = { job_script_id: script.id };
    await reader.get('/job-scripts/{job_script_id}', { path, expect: 200 });
    await reader.post('/job-scripts', { body: { name: uniqueName('refused') }, expect: 403 });
    await reader.put('/job-scripts/{job_script_id}', { path, body: { name: 'taken over' }, expect: 403 });
    await reader.delete('/job-scripts/{job_script_id}', { path, expect: 403 });
    const after = await api.get('/job-scripts/{job_script_id}', { path, expect: 200 });
    expect(after.body.name).toBe(script.name);
  });

  test('an ordinary user sees what others own and changes only what is theirs', async ({ api, script }) => {
    const other = api.as('other');
    const foreign = { job_script_id: script.id };
    await other.get('/job-scripts/{job_script_id}', { path: foreign, expect: 200 });
    await other.put('/job-scripts/{job_script_id}', { path: foreign, body: { name: 'taken over' }, expect: 403 });
    await other.delete('/job-scripts/{job_script_id}', { path: foreign, expect: 403 });
    await other.put('/job-scripts/{job_script_id}/upload/{file_type}', {
      path: { ...foreign, file_type: 'SUPPORT' },
      body: { upload_file: new File(['x'], 'x.txt') },
      expect: 403,
    });

    const own = await other.post('/job-scripts', { body: { name: uniqueName('own') }, expect: 201 });
    const path = { job_script_id: own.body.id };
    expect(own.body.owner_email).not.toBe(script.owner_email);
    await other.put('/job-scripts/{job_script_id}', { path, body: { description: 'mine' }, expect: 200 });
    await other.delete('/job-scripts/{job_script_id}', { path, expect: 204 });
  });

  test('an administrator changes what others own', async ({ api }) => {
    const own = await api.as('other').post('/job-scripts', { body: { name: uniqueName('own') }, expect: 201 });
    const path = { job_script_id: own.body.id };
    const changed = await api.as('admin').put('/job-scripts/{job_script_id}', { path, body: { description: 'seen to' }, expect: 200 });
    expect(changed.body.owner_email).toBe(own.body.owner_email);
    await api.as('admin').delete('/job-scripts/{job_script_id}', { path, expect: 204 });
  });

  test("nobody else's template can be deleted", async ({ api, template }) => {
    const path = { id_or_identifier: String(template.id) };
    await api.as('other').delete('/job-script-templates/{id_or_identifier}', { path, expect: 403 });
    await api.as('reader').delete('/job-script-templates/{id_or_identifier}', { path, expect: 403 });
    await api.get('/job-script-templates/{id_or_identifier}', { path, expect: 200 });
  });

  test("the agent's endpoints are for agents", async ({ api }) => {
    await api.as('reader').put('/clusters/status', { query: { interval: 60 }, expect: 403 });
    await api.as('other').put('/clusters/status', { query: { interval: 60 }, expect: 403 });
    await api.as('agent').post('/job-scripts', { body: { name: uniqueName('refused') }, expect: 403 });
    await api.as('agent').get('/clusters/status', { expect: 403 });
  });
});
