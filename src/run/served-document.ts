/** Finds the document that an API serves, starting its target where that is needed to ask for it. */
import { resolve } from 'node:path';
import { HarnessError } from '../errors.ts';
import { isWebUrl } from '../spec/fetch-text.ts';
import { openContract } from './environment.ts';
import { chooseTarget, openTarget, type TargetHooks } from './open-target.ts';
import type { EnvironmentPlan } from './plan-environment.ts';
import { waitForServer } from './wait-for-server.ts';

export interface ServedDocument {
  /** URL or absolute path of the document, or of a page that shows it. */
  readonly source: string;
  /** Stops what was started to have it served. */
  readonly dispose: () => Promise<void>;
}

/**
 * The served document: the one that is named, else the configured one, else what the environment's target serves.
 * @throws HarnessError `E_USAGE` where nobody says where it is, `E_TARGET`
 */
export async function openServedDocument(plan: EnvironmentPlan, named: string | undefined, hooks: TargetHooks): Promise<ServedDocument> {
  await waitForServer(plan, named ?? plan.settings.document, hooks);
  const nothing = (): Promise<void> => Promise.resolve();
  if (named !== undefined) return { source: isWebUrl(named) ? named : resolve(plan.cwd, named), dispose: nothing };
  const { document } = plan.settings;
  if (document !== undefined) return { source: document, dispose: nothing };
  if (plan.environment === undefined) {
    throw new HarnessError('E_USAGE', `no document is named, and there is no specproof.config.ts in ${plan.cwd} or above`, {
      hint: 'specproof pull SOURCE, where SOURCE is a URL or a file',
    });
  }
  const embedded = chooseTarget(plan, undefined).kind === 'embedded';
  const target = await openTarget(plan, embedded ? await openContract(plan) : undefined, { ...hooks, attach: true });
  if (target.documentUrl !== undefined) return { source: target.documentUrl, dispose: target.dispose };
  await target.dispose();
  throw new HarnessError('E_USAGE', `nothing says where ${target.baseUrl} serves its document`, {
    hint: 'name it: specproof pull SOURCE, or `document` in the configuration',
  });
}
