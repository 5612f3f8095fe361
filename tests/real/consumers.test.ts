/** The real callers of the API, each through `specproof proxy`: curl, httpx, the Jobbergate CLI, the Jobbergate agent. */
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, expect, inject, test } from 'vitest';
import { consumersPython } from '../../stacks/jobbergate/caches.ts';
import { issuerUrl } from '../../stacks/jobbergate/settings.ts';
import { browse } from '../support/browse.ts';
import { startConsumed, startProgram, temporaryFolder, tokenOf, type Running } from '../support/consumers.ts';
import { repository } from '../support/run-specproof.ts';

let python: string;
beforeAll(async () => {
  python = await consumersPython();
}, 600_000);

/** The fenced blocks of our page, by the word after their fence. */
async function blocks(language: string): Promise<readonly string[]> {
  const page = await readFile(join(repository, 'docs/guides/consumers.md'), 'utf8');
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, block = '']) => block);
}

const listed = { page: 1, items: expect.any(Array) as unknown, total: expect.any(Number) as unknown };

test('curl, alone and through jq, lists job scripts as the guide has it', async () => {
  const commands = (await blocks('sh')).filter((block) => block.startsWith('curl '));
  expect(commands).toHaveLength(2);
  const { url, stop } = await startConsumed();
  const token = await tokenOf('admin');
  for (const command of commands) {
    const substituted = command.replace('http://jobbergate.local:8000/jobbergate', url).replace('XXXXXXXX', token);
    const printed = await startProgram(['bash', '-euo', 'pipefail', '-c', substituted], {}, await temporaryFolder()).ended;
    expect(JSON.parse(printed)).toMatchObject(listed);
  }
  const traffic = await stop();
  expect(traffic).toMatchObject({ code: 0, exchanges: ['GET /job-scripts 200', 'GET /job-scripts 200'], findings: [] });
  expect(traffic.written).not.toContain(token);
});

test('httpx lists job scripts as the guide has it', async () => {
  const [script = ''] = await blocks('python');
  const { url, stop } = await startConsumed();
  const token = await tokenOf('admin');
  const substituted = script.replace('http://localhost:8000/jobbergate', url.replace('127.0.0.1', 'localhost')).replace('XXXXXXXX', token);
  const printed = await startProgram([python, '-c', substituted], {}, await temporaryFolder()).ended;
  expect(JSON.parse(printed)).toMatchObject(listed);
  const traffic = await stop();
  expect(traffic).toMatchObject({ code: 0, exchanges: ['GET /job-scripts 200'], findings: [] });
  expect(traffic.written).not.toContain(token);
});

/** Does in a browser what `jobbergate login` asks for: logs in as the realm's user and grants access. */
async function approve(login: Running): Promise<void> {
  let link: string | undefined;
  while (link === undefined) {
    await Promise.race([sleep(100), login.ended]);
    link = /https?:\/\/\S+\?user_code=[\w-]+/.exec(login.printed())?.[0];
  }
  const last = await browse(link, ({ fields }) =>
    fields.includes('username') ? { username: 'local-user', password: 'local' } : { accept: 'Yes' },
  );
  expect(last).toContain('Device Login Successful');
}

test('the Jobbergate CLI logs in by device code, and creates, lists, reads and deletes a job script', async () => {
  const { url, stop } = await startConsumed();
  const folder = await temporaryFolder();
  const env = {
    BASE_API_URL: new URL(url).origin,
    OIDC_DOMAIN: issuerUrl().replace('http://', ''),
    OIDC_USE_HTTPS: 'false',
    OIDC_CLIENT_ID: 'cli',
    JOBBERGATE_CACHE_DIR: join(folder, 'cache'),
    COLUMNS: '200',
  };
  const program = 'from jobbergate_cli.main import safe_entrypoint; safe_entrypoint()';
  const jobbergate = (...args: readonly string[]): Running => startProgram([python, '-c', program, ...args], env, folder);

  const login = jobbergate('login');
  await approve(login);
  await login.ended;
  const script = join(folder, 'hello.sh');
  await writeFile(script, '#!/bin/bash\n#SBATCH --job-name=hello\necho hello\n');
  const created = await jobbergate('--raw', 'job-scripts', 'create-stand-alone', '--name', 'specproof consumer', script).ended;
  const { job_script_id: id } = JSON.parse(created) as { readonly job_script_id: number };
  expect(await jobbergate('--raw', 'job-scripts', 'list', '--search', 'specproof').ended).toContain('specproof consumer');
  expect(JSON.parse(await jobbergate('--raw', 'job-scripts', 'get-one', String(id)).ended)).toMatchObject({
    job_script_id: id,
    name: 'specproof consumer',
  });
  await jobbergate('job-scripts', 'delete', String(id)).ended;
  const token = (await jobbergate('show-token', '--plain').ended).trim();

  const traffic = await stop();
  expect(traffic.exchanges).toEqual([
    'POST /job-scripts 201',
    'PUT /job-scripts/{job_script_id}/upload/{file_type} 200',
    'GET /job-scripts 200',
    'GET /job-scripts/{job_script_id} 200',
    'DELETE /job-scripts/{job_script_id} 204',
  ]);
  expect(traffic.findings).toEqual([]);
  expect(traffic.code).toBe(0);
  expect(token).toMatch(/^eyJ/);
  expect(traffic.written).not.toContain(token);
});

/** One round of the agent's own tasks; of its self-update the question alone. */
const agentRound = `
import asyncio
from jobbergate_agent.internals.update import _fetch_upstream_version_info
from jobbergate_agent.jobbergate.report_health import report_health_status
from jobbergate_agent.jobbergate.submit import submit_pending_jobs
from jobbergate_agent.jobbergate.update import update_active_jobs

async def round():
    await report_health_status(60)
    await submit_pending_jobs()
    await update_active_jobs()
    await _fetch_upstream_version_info()

asyncio.run(round())
`;

/** A Slurm of two programs: it takes every job and says of each that it runs. */
async function standInSlurm(folder: string): Promise<Readonly<Record<'sbatch' | 'scontrol', string>>> {
  const job = {
    job_id: 42,
    job_state: ['RUNNING'],
    state_reason: 'None',
    user_name: userInfo().username,
    current_working_directory: folder,
  };
  const programs = { sbatch: 'echo 42', scontrol: `cat <<'END'\n${JSON.stringify({ jobs: [job] })}\nEND` };
  for (const [name, does] of Object.entries(programs)) {
    await writeFile(join(folder, name), `#!/bin/sh\n${does}\n`);
    await chmod(join(folder, name), 0o755);
  }
  return { sbatch: join(folder, 'sbatch'), scontrol: join(folder, 'scontrol') };
}

/** Makes a job script with a file, and a submission of it to the agent's cluster. Gives the submission's id and how to ask for it. */
async function submitJob(executionDirectory: string): Promise<{ readonly id: number; readonly read: () => Promise<unknown> }> {
  const { baseUrl } = inject('specproof');
  const headers = { Authorization: `Bearer ${await tokenOf('admin')}` };
  const send = async (method: string, path: string, body?: FormData | object): Promise<{ readonly id: number }> => {
    const plain = body instanceof FormData || body === undefined ? body : JSON.stringify(body);
    const answer = await fetch(`${baseUrl}${path}`, {
      method,
      headers: { ...headers, ...(typeof plain === 'string' && { 'Content-Type': 'application/json' }) },
      ...(plain !== undefined && { body: plain }),
    });
    expect(answer.ok, `${method} ${path} ${answer.status}`).toBe(true);
    return (await answer.json()) as { readonly id: number };
  };
  const script = await send('POST', '/job-scripts', { name: 'for the agent' });
  const file = new FormData();
  file.set('upload_file', new Blob(['#!/bin/bash\necho hello\n']), 'hello.sh');
  await send('PUT', `/job-scripts/${script.id}/upload/ENTRYPOINT`, file);
  const { id } = await send('POST', '/job-submissions', {
    name: 'for the agent',
    job_script_id: script.id,
    client_id: 'local-slurm',
    execution_directory: executionDirectory,
  });
  return { id, read: () => send('GET', `/job-submissions/${id}`) };
}

test('the Jobbergate agent reports its health, submits what is pending and tells what became of it', async () => {
  const folder = await temporaryFolder();
  const slurm = await standInSlurm(folder);
  const submission = await submitJob(folder);
  const { url, stop } = await startConsumed();
  const env = {
    JOBBERGATE_AGENT_BASE_API_URL: new URL(url).origin,
    JOBBERGATE_AGENT_OIDC_DOMAIN: issuerUrl().replace('http://', ''),
    JOBBERGATE_AGENT_OIDC_USE_HTTPS: 'false',
    JOBBERGATE_AGENT_OIDC_CLIENT_ID: 'local-slurm',
    JOBBERGATE_AGENT_OIDC_CLIENT_SECRET: 'local-slurm-secret',
    JOBBERGATE_AGENT_CACHE_DIR: join(folder, 'cache'),
    JOBBERGATE_AGENT_SBATCH_PATH: slurm.sbatch,
    JOBBERGATE_AGENT_SCONTROL_PATH: slurm.scontrol,
    JOBBERGATE_AGENT_X_SLURM_USER_NAME: userInfo().username,
  };
  await startProgram([python, '-c', agentRound], env, folder).ended;
  expect(await submission.read()).toMatchObject({ slurm_job_id: 42, slurm_job_state: 'RUNNING' });

  const traffic = await stop();
  expect(traffic.exchanges).toEqual([
    'PUT /clusters/status 202',
    'GET /job-submissions/agent/pending 200',
    'GET /job-scripts/{job_script_id}/upload/{file_name} 200',
    'POST /job-submissions/agent/submitted 202',
    'GET /job-submissions/agent/active 200',
    'PUT /job-submissions/agent/{job_submission_id} 202',
    'no operation 200',
  ]);
  expect(traffic.stderr).toContain('GET /jobbergate/openapi.json · 200');
  expect(traffic.stderr).toContain('the document has no path like /openapi.json');
  expect(traffic.findings).toEqual([]);
  expect(traffic.code).toBe(0);
  expect(traffic.written).not.toContain('local-slurm-secret');
});
