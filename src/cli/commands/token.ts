/** `specproof token`: an identity's token on stdout, for curl and other programs. */
import { decodeToken } from '../../auth/decode-token.ts';
import { whenItEnds, whyUntimely } from '../../auth/token-times.ts';
import { HarnessError } from '../../errors.ts';
import { nearest } from '../../lib/nearest.ts';
import { fieldOf } from '../../requests/credentials.ts';
import { openIdentities } from '../../run/open-identities.ts';
import { planEnvironment } from '../../run/plan-environment.ts';
import type { Execute } from '../command.ts';
import { openProvider } from '../open-provider.ts';
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
  const tell = startLines(plan.settings, io);
  const chosen =
    wanted ??
    plan.settings.main ??
    plan.environment?.main ??
    Object.keys({ ...plan.environment?.identities, ...plan.settings.identities })[0] ??
    '';
  const given = plan.settings.identities?.[chosen] ?? plan.environment?.identities?.[chosen];
  const provider = await openProvider(plan, typeof given === 'string' ? undefined : given, io);
  try {
    const { identities, main } = openIdentities(plan.settings, plan.environment, {
      contract: undefined,
      issuer: provider.issuer,
      baseUrl: provider.baseUrl,
      env: io.env,
      fetch: plan.network.fetch,
      tell,
    });
    const name = wanted ?? main;
    const identity = name === undefined ? undefined : identities.get(name);
    if (name === undefined || identity === undefined) {
      const meant = nearest(name ?? '', identities.keys());
      const problem =
        name === undefined
          ? 'there is no identity'
          : `there is no identity "${name}"${meant === undefined ? '' : `, did you mean ${meant}?`}`;
      const there = identities.size === 0 ? '' : `; there are ${[...identities.keys()].join(', ')}`;
      throw new HarnessError('E_USAGE', `${problem}${there}`, {
        hint: 'configure it, or give --identity NAME=TOKEN',
      });
    }
    const credential = await identity.credential();
    const { secret } = credential;
    if (flags['decode'] === true) {
      const decoded = decodeToken(secret);
      if (decoded === undefined) throw new HarnessError('E_USAGE', `the token of ${name} is no JWT: it cannot be decoded`);
      io.stdout.write(`${JSON.stringify(decoded, undefined, 2)}\n`);
      const times = whyUntimely(secret, Date.now()) ?? whenItEnds(secret, Date.now());
      if (times !== undefined) tell(`the token of ${name}: ${times}`);
    } else if (flags['header'] === true) {
      io.stdout.write(`${fieldOf(credential).join(': ')}\n`);
    } else io.stdout.write(`${secret}\n`);
    return 0;
  } finally {
    await provider.dispose();
  }
};
