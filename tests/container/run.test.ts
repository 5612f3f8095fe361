import type { ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { ContainerTargetOptions } from '../../src/targets/container/options.ts';
import { apiContainer, imageFolder, openDoor, removeLeft, whatIsLeft } from '../support/containers.ts';
import { makeFolder } from '../support/run-main.ts';
import { runSpecproof, type ProcessOptions, type ProcessOutcome } from '../support/run-specproof.ts';

const folders: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const dispose of folders.splice(0)) await dispose();
});

/** Runs the main job on the small API, judged by one of its documents. */
async function run(
  document: string,
  target: Partial<ContainerTargetOptions>,
  options: ProcessOptions = {},
  ...flags: string[]
): Promise<ProcessOutcome & { readonly folder: string }> {
  const environment = { target: { kind: 'container', baseUrl: 'http://api:8000', ...target } };
  const config = {
    api: 'surroundings',
    document: join(imageFolder, document),
    environments: { here: environment },
    reports: { json: 'reports/run.json' },
  };
  const folder = await makeFolder({ 'specproof.config.json': JSON.stringify(config) });
  folders.push(folder.dispose);
  const outcome = await runSpecproof(['run', '--only', 'generated', '--no-color', ...flags], { cwd: folder.path, ...options });
  return { ...outcome, folder: folder.path };
}

/** Once the process has told that on stderr, and some more time has passed. */
async function told(child: ChildProcess, what: string): Promise<void> {
  const heard = Promise.withResolvers<void>();
  child.stderr?.on('data', (data: Buffer) => data.toString().includes(what) && heard.resolve());
  await heard.promise;
  await sleep(1000);
}

describe('a run on containers', () => {
  it('passes, writes no logs and leaves nothing', async () => {
    const outcome = await run('openapi.json', { containers: { api: apiContainer() } });
    expect(outcome).toMatchObject({ code: 0, stderr: expect.stringContaining('api: ready after') as string });
    expect(JSON.parse(await readFile(`${outcome.folder}/reports/run.json`, 'utf8'))).toMatchObject({
      target: { kind: 'container' },
      logs: [],
    });
    expect(await whatIsLeft()).toEqual([]);
  });

  it('puts what the containers printed beside the report of a run that did not pass, without secrets', async () => {
    const api = apiContainer({ env: { GREETING: { variable: 'GREETING_SECRET' } } });
    const outcome = await run('wrong.json', { containers: { api } }, { env: { GREETING_SECRET: 'hush-hush' } });
    expect(outcome).toMatchObject({ code: 1, stdout: expect.stringContaining('reports/logs/') as string });
    expect(JSON.parse(await readFile(`${outcome.folder}/reports/run.json`, 'utf8'))).toMatchObject({ logs: ['reports/logs/api.log'] });
    const log = await readFile(`${outcome.folder}/reports/logs/api.log`, 'utf8');
    expect(log).toContain('greeting is ‹secret›\nlistening\n');
    expect(log).toContain('GET /wrong');
  });

  it('ends with 3 and the last lines when a container ends while it lasts', async () => {
    const outcome = await run('ends.json', { containers: { api: apiContainer() } });
    expect(outcome).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(
        /specproof: container api ended on its own, with exit code 3\n {2}its last lines:\n[^]*somebody asked for the end/,
      ) as string,
    });
    expect(await readFile(`${outcome.folder}/reports/logs/api.log`, 'utf8')).toContain('somebody asked for the end');
    expect(await whatIsLeft()).toEqual([]);
  });

  it.each([
    { when: 'while they start', text: 'api: starting', api: apiContainer({ ready: [{ kind: 'log', text: 'never said' }] }) },
    { when: 'while suites run', text: 'generated', api: apiContainer() },
  ])('leaves nothing when it is interrupted $when, and exits 130', async ({ text, api }) => {
    const onStart: ProcessOptions['onStart'] = (child) => {
      void told(child, text).then(() => child.kill('SIGINT'));
    };
    const outcome = await run('openapi.json', { containers: { api } }, { onStart }, '--rate', '2');
    expect(outcome.code).toBe(130);
    expect(await whatIsLeft()).toEqual([]);
  });

  it('leaves nothing when it meets a bug of ours, and exits 70', async () => {
    const node = ['--import', 'data:text/javascript,process.on("SIGUSR2",()=>{throw new Error("nobody catches this")})'];
    const onStart: ProcessOptions['onStart'] = (child) => {
      void told(child, 'generated').then(() => child.kill('SIGUSR2'));
    };
    const outcome = await run('openapi.json', { containers: { api: apiContainer() } }, { node, onStart }, '--rate', '2');
    expect(outcome).toMatchObject({ code: 70, stderr: expect.stringContaining('bug in specproof\nError: nobody catches this') as string });
    expect(await whatIsLeft()).toEqual([]);
  });

  it('ends with 3 when the engine is gone while it lasts, and says what it had to leave', async () => {
    const door = await openDoor();
    const onStart: ProcessOptions['onStart'] = (child) => {
      void told(child, 'generated').then(door.shut);
    };
    const outcome = await run(
      'openapi.json',
      { containers: { api: apiContainer() } },
      { onStart, env: { DOCKER_HOST: door.host } },
      '--rate',
      '1',
    );
    await door.shut();
    expect(outcome).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/specproof: container api ended on its own, with the container engine gone/) as string,
    });
    expect(outcome.stderr).toContain('could not be removed');
    await removeLeft();
  });

  it('ends with 3 when the engine goes while containers start', async () => {
    const door = await openDoor();
    const onStart: ProcessOptions['onStart'] = (child) => {
      void told(child, 'api: starting').then(door.shut);
    };
    const api = apiContainer({ ready: [{ kind: 'log', text: 'never said' }] });
    const outcome = await run('openapi.json', { containers: { api } }, { onStart, env: { DOCKER_HOST: door.host } });
    await door.shut();
    expect(outcome).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/specproof: container api .*(?:engine|socket|connect)/) as string,
    });
    await removeLeft();
  });

  it.each([
    {
      why: 'an image does not build',
      api: apiContainer({ image: { context: imageFolder, args: { BASE: 'localhost:1/nobody/has-this' } } }),
      says: /^ *specproof: the image of container api could not be built: /m,
    },
    {
      why: 'a container exits',
      api: apiContainer({ command: ['python3', 'api.py', '5'] }),
      says: /^ *specproof: container api ended .*, with exit code 5\n {2}its last lines:\n {2}greeting is None$/m,
    },
    {
      why: 'health never comes',
      api: apiContainer({ health: { command: 'exit 1', interval: 200 }, ready: [{ kind: 'health' }], readyTimeout: 1500 }),
      says: /^ *specproof: container api was not ready within 1500 ms: its health is /m,
    },
  ])('ends with 3 when $why, and leaves nothing', async ({ api, says }) => {
    const outcome = await run('openapi.json', { containers: { api } });
    expect(outcome).toMatchObject({ code: 3, stderr: expect.stringMatching(says) as string });
    expect(await whatIsLeft()).toEqual([]);
  });

  it('says in one line that there is no engine, and ends with 3', async () => {
    const outcome = await run(
      'openapi.json',
      { containers: { api: apiContainer() } },
      { env: { DOCKER_HOST: 'unix:///nowhere/docker.sock' } },
    );
    expect(outcome.code).toBe(3);
    expect(outcome.stderr).toMatch(
      /^specproof: no container engine answers: connect ENOENT \/nowhere\/docker.sock\n {2}start Docker, or Podman.*\n$/,
    );
  });
});
