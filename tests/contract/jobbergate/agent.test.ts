import type { ApiClient } from 'specproof/vitest';
import { describe, expect } from 'vitest';
import type { paths } from '../../../specs/jobbergate/types.ts';
import { cluster, realTest, test, type Submission } from './fixtures.ts';

/** The agent's list holds the submissions of all tests on its cluster, in pages. */
async function isListed(
  api: ApiClient<paths>,
  path: '/job-submissions/agent/pending' | '/job-submissions/agent/active',
  { id }: Submission,
): Promise<boolean> {
  for (let page = 1; ; page += 1) {
    const { body } = await api.as('agent').get(path, { query: { page, size: 100 }, expect: 200 });
    if (body.items.some((item) => item.id === id)) return true;
    if (page >= (body.pages ?? 0)) return false;
  }
}

describe('the agent of a cluster', () => {
  test('reports that its cluster is alive', async ({ api }) => {
    await api.as('agent').put('/clusters/status', { query: { interval: 120 }, expect: 202 });
    const status = await api.get('/clusters/status/{client_id}', { path: { client_id: cluster }, expect: 200 });
    expect(status.body).toMatchObject({ client_id: cluster, interval: 120, is_healthy: true });
    const all = await api.get('/clusters/status', { query: { size: 100 }, expect: 200 });
    expect(all.body.items.map(({ client_id }) => client_id)).toContain(cluster);
    await api.delete('/clusters/status/{client_id}', { path: { client_id: cluster }, expect: 204 });
    // the API answers before its transaction has ended
    await expect.poll(async () => (await api.get('/clusters/status/{client_id}', { path: { client_id: cluster } })).status).toBe(404);
  });

  test('reports at an interval above zero', async ({ api }) => {
    await api.as('agent').put('/clusters/status', { query: { interval: 0 }, expect: 422 });
  });

  test('can ask for its pending and its active submissions', async ({ api }) => {
    const pending = await api.as('agent').get('/job-submissions/agent/pending', { expect: 200 });
    expect(pending).toMeetContract();
    const active = await api.as('agent').get('/job-submissions/agent/active', { expect: 200 });
    expect(active).toMeetContract();
  });

  realTest('takes a submission through Slurm', async ({ api, submission }) => {
    const agent = api.as('agent');
    const path = { job_submission_id: submission.id };
    expect(await isListed(api, '/job-submissions/agent/pending', submission)).toBe(true);

    const slurm = {
      slurm_job_id: 4711,
      slurm_job_state: 'PENDING',
      slurm_job_info: 'JobState=PENDING',
      slurm_job_state_reason: 'Priority',
    } as const;
    await agent.post('/job-submissions/agent/submitted', { body: { id: submission.id, ...slurm }, expect: 202 });
    expect(await isListed(api, '/job-submissions/agent/pending', submission)).toBe(false);
    expect(await isListed(api, '/job-submissions/agent/active', submission)).toBe(true);
    await agent.post('/job-submissions/agent/submitted', { body: { id: submission.id, ...slurm }, expect: 400 });

    await agent.put('/job-submissions/agent/{job_submission_id}', { path, body: { ...slurm, slurm_job_id: 4712 }, expect: 409 });
    await agent.put('/job-submissions/agent/{job_submission_id}', { path, body: { ...slurm, slurm_job_state: 'COMPLETED' }, expect: 202 });
    const done = await api.get('/job-submissions/{job_submission_id}', { path, expect: 200 });
    expect(done.body).toMatchObject({ status: 'DONE', slurm_job_id: 4711, slurm_job_state: 'COMPLETED' });
    expect(await isListed(api, '/job-submissions/agent/active', submission)).toBe(false);

    const progress = await api.get('/job-submissions/{job_submission_id}/progress', { path, expect: 200 });
    expect(progress.body.items.map(({ slurm_job_state }) => slurm_job_state)).toEqual(['PENDING', 'COMPLETED']);
  });

  test('rejects a submission that Slurm refuses', async ({ api, submission }) => {
    const body = { id: submission.id, report_message: 'invalid partition' };
    await api.as('agent').post('/job-submissions/agent/rejected', { body, expect: 202 });
    const rejected = await api.get('/job-submissions/{job_submission_id}', { path: { job_submission_id: submission.id }, expect: 200 });
    expect(rejected.body).toMatchObject({ status: 'REJECTED', report_message: 'invalid partition' });
    await api.as('agent').post('/job-submissions/agent/rejected', { body, expect: 400 });
  });

  test("leaves other clusters' submissions alone", async ({ api, runnable }) => {
    const { body } = await api.post('/job-submissions', {
      body: { name: 'elsewhere', job_script_id: runnable.id, client_id: 'another-cluster' },
      expect: 201,
    });
    const rejection = { id: body.id, report_message: 'not mine' };
    await api.as('agent').post('/job-submissions/agent/rejected', { body: rejection, expect: 403 });
    expect(await isListed(api, '/job-submissions/agent/pending', body)).toBe(false);
    await api.delete('/job-submissions/{job_submission_id}', { path: { job_submission_id: body.id }, expect: 204 });
  });

  test('is refused when it speaks of an unknown submission', async ({ api }) => {
    await api.as('agent').post('/job-submissions/agent/rejected', { body: { id: 2_147_483_647, report_message: 'what?' }, expect: 404 });
  });
});
