/** The provider that a command about one identity needs: the target is only started for tokens that its own provider gives. */
import type { IdentityOptions } from '../auth/identity-options.ts';
import { openContract } from '../run/environment.ts';
import { needsTarget } from '../run/open-identities.ts';
import { chooseTarget, openTarget } from '../run/open-target.ts';
import type { EnvironmentPlan } from '../run/plan-environment.ts';
import type { Io } from './io.ts';
import { startLines } from './run-suites.ts';

export interface OpenProvider {
  /** Of the target's own provider. */
  readonly issuer: string | undefined;
  /** Of the target. */
  readonly baseUrl: string;
  readonly dispose: () => Promise<void>;
}

/** The provider of the identity, up. */
export async function openProvider(plan: EnvironmentPlan, options: IdentityOptions | undefined, io: Io): Promise<OpenProvider> {
  if (options === undefined || !needsTarget(options))
    return { issuer: 'http://127.0.0.1', baseUrl: 'http://127.0.0.1', dispose: () => Promise.resolve() };
  const embedded = chooseTarget(plan, undefined).kind === 'embedded';
  if (embedded)
    io.stderr.write('specproof: the embedded provider ends with this command, and its token with it; specproof serve keeps one running\n');
  return openTarget(plan, embedded ? await openContract(plan) : undefined, {
    signal: io.signal,
    onProgress: startLines(plan.settings, io),
    attach: true,
  });
}
