import { describe, expect } from 'vitest';
import { realTest, test, type Submission } from './fixtures.ts';

/** MessagePack of one point of measurement: time, node, step, task, then ten figures. */
function measurement(time: number, node: string): Uint8Array {
  const integer = (value: number): Buffer => {
    const bytes = Buffer.alloc(9, 0xd3);
    bytes.writeBigInt64BE(BigInt(value), 1);
    return bytes;
  };
  const float = (value: number): Buffer => {
    const bytes = Buffer.alloc(9, 0xcb);
    bytes.writeDoubleBE(value, 1);
    return bytes;
  };
  const text = (value: string): Buffer => Buffer.concat([Buffer.from([0xd9, Buffer.byteLength(value)]), Buffer.from(value)]);
  const point = [
    integer(time),
    text(node),
    integer(0),
    integer(0),
    ...[2400, 1.5, 0.5].map(float),
    integer(0),
    float(0),
    ...[1, 2, 3, 4, 5].map(integer),
  ];
  return Buffer.concat([Buffer.from([0x91, 0x90 | point.length]), ...point]);
}

/** The document calls the upload JSON; the agent sends MessagePack. */
const headers = { 'Content-Type': 'application/octet-stream' };

const at = ({ id }: Submission) => ({ job_submission_id: id });

describe('metrics', () => {
  realTest('are told to Prometheus', async ({ api }) => {
    for (const path of ['/metrics/templates', '/metrics/health', '/metrics/submissions'] as const) {
      const metrics = await api.get(path, { expect: 200 });
      expect(Buffer.from(metrics.bytes).toString()).toContain('# TYPE');
      await api.as('nobody').get(path, { expect: 403 });
      await api.as(null).get(path, { expect: 401 });
    }
  });

  realTest('of a job are uploaded by the agent and read back', async ({ api, submission }) => {
    const agent = api.as('agent');
    const path = at(submission);
    const slurm = {
      slurm_job_id: 815,
      slurm_job_state: 'RUNNING',
      slurm_job_info: 'JobState=RUNNING',
      slurm_job_state_reason: null,
    } as const;
    await agent.post('/job-submissions/agent/submitted', { body: { id: submission.id, ...slurm }, expect: 202 });
    const time = Math.floor(Date.now() / 1000) - 60;
    const body = measurement(time, 'node-1');
    await agent.put('/job-submissions/agent/metrics/{job_submission_id}', { path, body, headers, expect: 204 });
    await agent.put('/job-submissions/agent/metrics/{job_submission_id}', { path, body, headers, expect: 400 });

    const known = await agent.get('/job-submissions/agent/metrics/{job_submission_id}', { path, expect: 200 });
    expect(known.body.max_times).toEqual([{ max_time: time, node_host: 'node-1', step: 0, task: 0 }]);
    const span = await api.get('/job-submissions/{job_submission_id}/metrics/timestamps', { path, expect: 200 });
    expect(span.body).toEqual({ min: time, max: time });
    const metrics = await api.get('/job-submissions/{job_submission_id}/metrics', { path, query: { node: 'node-1' }, expect: 200 });
    expect(metrics.body).toMatchObject([{ node_host: 'node-1' }]);
  });

  test('of a job that has none are empty', async ({ api, submission }) => {
    const path = at(submission);
    const metrics = await api.get('/job-submissions/{job_submission_id}/metrics', { path, expect: 200 });
    expect(metrics.body).toEqual([]);
    await api.get('/job-submissions/{job_submission_id}/metrics/timestamps', { path, expect: 404 });
  });

  realTest('that are no MessagePack of a measurement are refused', async ({ api, submission }) => {
    const body = Buffer.from([0x91, 0x91, 0x01]);
    await api.as('agent').put('/job-submissions/agent/metrics/{job_submission_id}', { path: at(submission), body, headers, expect: 400 });
  });
});
