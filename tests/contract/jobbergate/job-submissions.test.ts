import { describe, expect } from 'vitest';
import { cluster, realTest, test, uniqueName } from './fixtures.ts';

describe('a job submission', () => {
  test('is created from a job script, found, changed and deleted', async ({ api, runnable }) => {
    const name = uniqueName('submission');
    const created = await api.post('/job-submissions', {
      body: { name, job_script_id: runnable.id, client_id: cluster, sbatch_arguments: ['--exclusive'] },
      expect: 201,
    });
    const path = { job_submission_id: created.body.id };
    expect(created.body).toMatchObject({ name, job_script_id: runnable.id, client_id: cluster });
    const changed = await api.put('/job-submissions/{job_submission_id}', { path, body: { description: 'changed' }, expect: 200 });
    expect(changed.body).toMatchObject({ name, description: 'changed' });
    const read = await api.get('/job-submissions/{job_submission_id}', { path, expect: 200 });
    expect(read.body.sbatch_arguments).toEqual(['--exclusive']);
    await api.delete('/job-submissions/{job_submission_id}', { path, expect: 204 });
    await api.get('/job-submissions/{job_submission_id}', { path, expect: 404 });
  });

  test('of an unknown job script is refused', async ({ api }) => {
    await api.post('/job-submissions', {
      body: { name: uniqueName('orphan'), job_script_id: 2_147_483_647, client_id: cluster },
      expect: 404,
    });
  });

  test('is listed by its job script and by its status', async ({ api, submission, runnable }) => {
    const query = { from_job_script_id: runnable.id };
    const own = await api.get('/job-submissions', { query, expect: 200 });
    expect(own.body.items.map(({ id }) => id)).toEqual([submission.id]);
    const created = await api.get('/job-submissions', { query: { ...query, submit_status: 'CREATED' }, expect: 200 });
    expect(created.body.total).toBe(1);
    const rejected = await api.get('/job-submissions', { query: { ...query, submit_status: 'REJECTED' }, expect: 200 });
    expect(rejected.body.total).toBe(0);
  });

  test('needs a job script with exactly one entrypoint', async ({ api, script }) => {
    await api.post('/job-submissions', { body: { name: uniqueName('empty'), job_script_id: script.id, client_id: cluster }, expect: 400 });
  });

  realTest('can be cancelled once', async ({ api, submission }) => {
    const path = { job_submission_id: submission.id };
    const cancelled = await api.put('/job-submissions/cancel/{job_submission_id}', { path, expect: 200 });
    expect(cancelled.body.status).toBe('CANCELLED');
    await api.put('/job-submissions/cancel/{job_submission_id}', { path, expect: 400 });
    const progress = await api.get('/job-submissions/{job_submission_id}/progress', { path, expect: 200 });
    expect(progress.body.items).toMatchObject([{ additional_info: 'Job cancelled by user' }]);
  });

  test('can be cloned to run again', async ({ api, submission }) => {
    const clone = await api.post('/job-submissions/clone/{job_submission_id}', { path: { job_submission_id: submission.id }, expect: 201 });
    expect(clone.body).toMatchObject({ status: 'CREATED', cloned_from_id: submission.id, job_script_id: submission.job_script_id });
    await api.delete('/job-submissions/{job_submission_id}', { path: { job_submission_id: clone.body.id }, expect: 204 });
  });

  test("nobody else's can be changed or cancelled", async ({ api, submission }) => {
    const path = { job_submission_id: submission.id };
    const other = api.as('other');
    await other.get('/job-submissions/{job_submission_id}', { path, expect: 200 });
    await other.put('/job-submissions/{job_submission_id}', { path, body: { name: 'taken over' }, expect: 403 });
    await other.put('/job-submissions/cancel/{job_submission_id}', { path, expect: 403 });
    await other.delete('/job-submissions/{job_submission_id}', { path, expect: 403 });
  });
});
