import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { lockedContract } from '../../src/run/open-contract.ts';
import { embeddedTarget, type EmbeddedTarget } from '../../src/targets/embedded/embedded-target.ts';
import { makeFolder, type Outcome } from '../support/run-main.ts';
import { linesOf, repository } from '../support/run-specproof.ts';

const secret = 'client-secret-for-expiry';

/** The stand-in with tokens that live for some seconds, and a slow run of cases on it: something happens to the provider when a third is done. */
async function runWhile(lifetime: number, happen: (target: EmbeddedTarget) => void): Promise<Outcome & { readonly stdout: string }> {
  const specs = join(repository, 'specs', 'jobbergate');
  const { contract, document } = await lockedContract(specs, repository);
  const target = await embeddedTarget(
    contract,
    {
      kind: 'embedded',
      rolesClaim: 'permissions',
      clients: { admin: { secret, lifetime, claims: { email: 'a@b.test', permissions: ['jobbergate:admin'] } } },
    },
    { document },
  );
  onTestFinished(target.dispose);
  const identities = {
    admin: { kind: 'client-credentials', issuer: target.issuer, clientId: 'admin', clientSecret: { testValue: secret } },
  };
  const environment = { target: { kind: 'live', baseUrl: target.baseUrl }, identities };
  const folder = await makeFolder({
    'specproof.config.json': JSON.stringify({ api: 'jobbergate', folder: specs, environments: { local: environment } }),
  });
  onTestFinished(folder.dispose);
  const out = { stdout: '', stderr: '' };
  const timer = setTimeout(happen, 3000, target);
  const argv = [
    'run',
    '--only',
    'generated',
    '--phases',
    'examples',
    '--rate',
    '25',
    '--max-cases',
    '200',
    '--format',
    'ndjson',
    '--seed',
    '1',
    '--quiet',
  ];
  const code = await main(argv, {
    stdout: { write: (text) => void (out.stdout += String(text)) },
    stderr: { write: (text) => void (out.stderr += String(text)) },
    env: {},
    cwd: folder.path,
  });
  clearTimeout(timer);
  return { code, ...out };
}

/** What the run says of 401. */
const refusals = (stdout: string): readonly unknown[] =>
  linesOf(stdout, 'finding').filter(({ message }) => String(message).includes('401'));

describe('a run whose tokens end on the way', () => {
  test('takes others in time: no finding comes of it', async () => {
    const { code, stdout, stderr } = await runWhile(2, () => undefined);
    expect([code, stderr, refusals(stdout)]).toEqual([0, '', []]);
  });

  test('takes others when the provider has changed its keys: no finding comes of it', async () => {
    const { code, stdout, stderr } = await runWhile(300, (target) => target.rotateKeys());
    expect([code, stderr, refusals(stdout)]).toEqual([0, '', []]);
  });

  test('ends with one clear line and exit 3 when the provider is gone, and tells what it had judged', async () => {
    const { code, stdout, stderr } = await runWhile(2, (target) => target.setFaults(['provider-down']));
    expect([code, stderr]).toEqual([
      3,
      expect.stringMatching(
        /^specproof: identity admin: http:\S+ gave no usable answer: \w+ \(status 500\)\n {2}the provider has an error of its own[^\n]+\n$/,
      ),
    ]);
    expect([refusals(stdout), linesOf(stdout, 'summary')]).toEqual([
      [],
      [
        expect.objectContaining({
          exit: 3,
          interrupted: true,
          error: { exit: 3, message: expect.stringContaining('gave no usable answer') as string },
        }),
      ],
    ]);
    expect(`${stdout}${stderr}`).not.toMatch(/eyJ|client-secret-for-expiry/);
  });
});
