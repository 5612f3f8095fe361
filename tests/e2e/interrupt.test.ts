import { readdir, readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, test } from 'vitest';
import { loginClient, startLocalProvider } from '../support/local-oidc.ts';
import { makeFolder } from '../support/run-main.ts';
import { runSpecproof } from '../support/run-specproof.ts';

let folder: Awaited<ReturnType<typeof makeFolder>>;
beforeAll(async () => {
  folder = await makeFolder({});
});
afterAll(() => folder.dispose());

describe('an interrupted run', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('writes what it has on %s, and exits 130', async (signal) => {
    const file = `${folder.path}/${signal}.json`;
    const outcome = await runSpecproof(['run', '--only', 'generated', '--rate', '50', '--no-color', '--report', `json=${file}`], {
      onStart: (child) => {
        // Progress begins with the first suite.
        child.stderr?.once('data', () => setTimeout(() => child.kill(signal), 700));
      },
    });
    expect(outcome.code).toBe(130);
    expect(outcome.stdout).toContain('interrupted');
    const report = JSON.parse(await readFile(file, 'utf8')) as { interrupted: boolean; counts: { exchanges: number } };
    expect(report.interrupted).toBe(true);
    expect(report.counts.exchanges).toBeGreaterThan(0);
  });

  it('lets the proxy end with its report: nothing had passed it', async () => {
    const outcome = await runSpecproof(['proxy', '--no-color'], {
      onStart: (child) => {
        child.stderr?.on('data', (text: Buffer) => void (text.includes('Ctrl-C ends it') && child.kill('SIGINT')));
      },
    });
    expect(outcome).toMatchObject({ code: 3, stdout: expect.stringContaining('nothing was judged') as string });
    expect(outcome.stdout).not.toContain('interrupted');
  });

  it('lets serve end well', async () => {
    const outcome = await runSpecproof(['serve', '--quiet'], {
      onStart: (child) => child.stdout?.once('data', () => child.kill('SIGINT')),
    });
    expect(outcome).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/base URL .*\n.*document .*\n[^]*issuer .*\n[^]*client {4}specproof-admin/) as string,
    });
  });
});

test('a login that is given up ends with 130 and leaves nothing', async () => {
  const { issuer } = await startLocalProvider([loginClient]);
  const environment = {
    target: { kind: 'live', baseUrl: 'http://127.0.0.1:9' },
    identities: { me: { kind: 'login', issuer, clientId: 'cli' } },
  };
  const own = await makeFolder({ 'specproof.config.json': JSON.stringify({ api: 'things', environments: { local: environment } }) });
  onTestFinished(own.dispose);
  const outcome = await runSpecproof(['login'], {
    cwd: own.path,
    env: { SPECPROOF_TOKENS: `${own.path}/tokens` },
    onStart: (child) => child.stderr?.once('data', () => child.kill('SIGINT')),
  });
  expect([outcome.code, outcome.stdout, outcome.stderr]).toEqual([130, '', expect.stringMatching(/^ {2}open /)]);
  expect(await readdir(own.path)).toEqual(['specproof.config.json']);
});
