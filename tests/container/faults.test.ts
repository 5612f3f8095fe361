import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRedactor } from '../../src/requests/redact.ts';
import { containerTarget } from '../../src/targets/container/container-target.ts';
import type { ContainerOptions } from '../../src/targets/container/options.ts';
import { apiContainer, whatIsLeft } from '../support/containers.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'specproof-images-'));
  await writeFile(join(folder, 'fails'), 'FROM debian:trixie-slim\nRUN echo all is lost && exit 7\n');
  await writeFile(join(folder, 'misspelt'), 'FROM debian:trixie-slim\nRUNN true\n');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Fault {
  readonly why: string;
  readonly container: () => Partial<ContainerOptions>;
  readonly code?: string;
  readonly message: RegExp;
  readonly hint: RegExp;
}

const faults: readonly Fault[] = [
  {
    why: 'an image that does not build',
    container: () => ({ image: { context: folder, dockerfile: 'fails' } }),
    message: /^the image of container api could not be built: .*7/,
    hint: /all is lost/,
  },
  {
    why: 'a Dockerfile that the engine refuses',
    container: () => ({ image: { context: folder, dockerfile: 'misspelt' } }),
    message: /^the image of container api could not be built: .*RUNN/i,
    hint: /./,
  },
  {
    why: 'a folder that is not there',
    container: () => ({ image: { context: join(folder, 'nowhere') } }),
    message: /^the image of container api could not be built: ENOENT/,
    hint: /it printed nothing/,
  },
  {
    why: 'an image that nobody has',
    container: () => ({ image: 'localhost:1/nobody/has-this:1' }),
    message: /^container api could not be started: /,
    hint: /./,
  },
  {
    why: 'a container that exits at once',
    container: () => ({ command: ['python3', 'api.py', '5'], env: { GREETING: { variable: 'SECRET' } } }),
    message: /^container api ended (?:at once|before it was ready), with exit code 5$/,
    hint: /greeting is ‹secret›/,
  },
  {
    why: 'a step that fails',
    container: () => ({ command: ['python3', 'api.py', '6'], ready: [{ kind: 'done' }] }),
    message: /^container api (?:ended at once|failed), ?with exit code 6$|^container api failed with exit code 6$/,
    hint: /greeting is None/,
  },
  {
    why: 'health that never comes',
    container: () => ({
      health: { command: 'echo not yet; exit 1', interval: 200, retries: 1000 },
      ready: [{ kind: 'health' }],
      readyTimeout: 1500,
    }),
    message: /^container api was not ready within 1500 ms: its health is (?:starting|unhealthy)(?:: not yet)?$/,
    hint: /listening/,
  },
  {
    why: 'a port that nobody listens on',
    container: () => ({ ports: [9], ready: [{ kind: 'port', port: 9 }], readyTimeout: 1500 }),
    message: /^container api was not ready within 1500 ms: /,
    hint: /listening/,
  },
  {
    why: 'a command that the image does not have',
    container: () => ({ command: ['no-such-command-anywhere'] }),
    message: /^container api (?:could not be started: .*no-such-command-anywhere|ended)/,
    hint: /./,
  },
  {
    why: 'a file to copy that is not there',
    container: () => ({ files: { '/etc/note.txt': 'nowhere.txt' } }),
    code: 'E_CONFIG',
    message: /^container api: nowhere.txt, to be copied to \/etc\/note.txt, is not there$/,
    hint: /./,
  },
  {
    why: 'a secret that is not set',
    container: () => ({ env: { GREETING: { variable: 'NOT_SET' } } }),
    code: 'E_SECRET',
    message: /^environment variable NOT_SET is not set$/,
    hint: /^export NOT_SET$/,
  },
];

describe('a start that fails', () => {
  it.each(faults)(
    'with $why is told with its last lines, leaves nothing, and shows no secret',
    async ({ container, code = 'E_TARGET', message, hint }) => {
      const start = containerTarget(
        {
          kind: 'container',
          baseUrl: 'http://api:8000',
          containers: { before: apiContainer(), api: apiContainer({ needs: ['before'], ...container() }) },
        },
        { root: folder, env: { SECRET: 'hush-hush' }, createRedactor },
      );
      const error = await start.catch((caught: unknown) => caught);
      expect(error).toMatchObject({ code, message: expect.stringMatching(message) as string, hint: expect.stringMatching(hint) as string });
      expect(JSON.stringify([(error as Error).message, (error as { hint?: string }).hint])).not.toContain('hush-hush');
      expect(await whatIsLeft()).toEqual([]);
    },
  );

  it('because it is interrupted leaves nothing', async () => {
    const abort = new AbortController();
    const start = containerTarget(
      {
        kind: 'container',
        baseUrl: 'http://api:8000',
        containers: { before: apiContainer(), api: apiContainer({ ready: [{ kind: 'log', text: 'never said' }] }) },
      },
      { signal: abort.signal, onProgress: (line) => line.startsWith('before: ready') && abort.abort() },
    );
    await expect(start).rejects.toMatchObject({ code: 'E_TARGET', message: 'interrupted before the containers were ready' });
    expect(await whatIsLeft()).toEqual([]);
  });
});
