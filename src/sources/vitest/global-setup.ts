/**
 * vitest's global setup for contract tests that are run by vitest itself: opens the configured environment (the one that
 * SPECPROOF_ENV names, else the default one), provides its API to the tests, and stops it at the end. Does nothing where
 * `specproof run` has provided an API already.
 */
import type { TestProject } from 'vitest/node';
import { openEnvironment } from '../../run/environment.ts';
import { planEnvironment } from '../../run/plan-environment.ts';
import { provideApi } from './provide-api.ts';

/**
 * Starts the target; the function it gives back stops it.
 *
 * Throws HarnessError where configuration, contract, target or identities are wrong.
 */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const provided: { readonly specproof?: unknown } = project.getProvidedContext();
  if (provided.specproof !== undefined) return undefined;
  const environment = process.env['SPECPROOF_ENV'];
  const plan = await planEnvironment(environment === undefined ? {} : { environment }, project.config.root, process.env);
  const open = await openEnvironment(plan);
  project.provide('specproof', provideApi(open, { mode: 'standalone', smoke: false }));
  return open.dispose;
}
