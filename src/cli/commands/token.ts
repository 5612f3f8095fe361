/** `specproof token`: an identity's token on stdout, for curl and other programs. */
import { decodeToken } from '../../auth/decode-token.ts';
import { HarnessError } from '../../errors.ts';
import { nearest } from '../../lib/nearest.ts';
import { openContract } from '../../run/environment.ts';
import { openIdentities } from '../../run/open-identities.ts';
import { chooseTarget, openTarget } from '../../run/open-target.ts';
import { planEnvironment, type EnvironmentPlan } from '../../run/plan-environment.ts';
import type { Execute, Invocation } from '../command.ts';
import { startLines } from '../run-suites.ts';

/** Prints the token, a header field, or what a JWT says. */
export const token: Execute = async (invocation) => {
  const {
    arguments: [wanted],
    settings,
    flags,
    io,
  } = invocation;
  const plan = await planEnvironment(settings, io.cwd, io.env);
  const provider = await openProvider(plan, wanted, invocation);
  try {
    const { identities, main } = openIdentities(plan.settings, plan.environment, {
      contract: undefined,
      issuer: provider.issuer,
      env: io.env,
      fetch: plan.network.fetch,
    });
    const name = wanted ?? main;
    const identity = name === undefined ? undefined : identities.get(name);
    if (name === undefined || identity === undefined) {
      const meant = nearest(name ?? '', identities.keys());
      const problem =
        name === undefined
          ? 'there is no identity'
          : `there is no identity "${name}"${meant === undefined ? '' : `, did you mean ${meant}?`}`;
      throw new HarnessError('E_USAGE', `${problem}; there are ${[...identities.keys()].join(', ') || 'none'}`, {
        hint: 'configure it, or give --identity NAME=TOKEN',
      });
    }
    const { secret, scheme } = await identity.credential();
    if (flags['decode'] === true) {
      const decoded = decodeToken(secret);
      if (decoded === undefined) throw new HarnessError('E_USAGE', `the token of ${name} is no JWT: it cannot be decoded`);
      io.stdout.write(`${JSON.stringify(decoded, undefined, 2)}\n`);
    } else if (flags['header'] === true) {
      const basic = scheme?.toLowerCase() === 'basic' && secret.includes(':');
      const value = basic ? Buffer.from(secret).toString('base64') : secret;
      io.stdout.write(`Authorization: ${scheme === undefined ? '' : `${scheme} `}${value}\n`);
    } else io.stdout.write(`${secret}\n`);
    return 0;
  } finally {
    await provider.dispose();
  }
};

interface Provider {
  readonly issuer: string | undefined;
  readonly dispose: () => Promise<void>;
}

/** The target is only started for a token that its own provider gives. */
async function openProvider(plan: EnvironmentPlan, wanted: string | undefined, { settings, io }: Invocation): Promise<Provider> {
  const { environment } = plan;
  const name = wanted ?? settings.main ?? environment?.main ?? Object.keys(environment?.identities ?? {})[0] ?? '';
  const options = environment?.identities?.[name];
  const given = settings.identities !== undefined && Object.hasOwn(settings.identities, name);
  const nothing: Provider = { issuer: 'http://127.0.0.1', dispose: () => Promise.resolve() };
  if (given || options?.kind !== 'client-credentials' || options.issuer !== 'target') return nothing;
  const embedded = chooseTarget(plan, undefined).kind === 'embedded';
  if (embedded)
    io.stderr.write('specproof: the embedded provider ends with this command, and its token with it; specproof serve keeps one running\n');
  return openTarget(plan, embedded ? await openContract(plan) : undefined, {
    signal: io.signal,
    onProgress: startLines(plan.settings, io),
    attach: true,
  });
}
