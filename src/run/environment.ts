/** Opens all that a command works with: contract, target, identities, known deviations. Whoever opens it must dispose of it. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HarnessError } from '../errors.ts';
import { parseAccessLock, type AccessLock } from '../cases/access/lock.ts';
import { parseKnownDeviations, type KnownDeviation } from '../report/known-deviations.ts';
import { lockFiles } from '../spec/lock.ts';
import { parseText } from '../spec/parse-text.ts';
import type { Target } from '../targets/target.ts';
import type { Environment } from './config.ts';
import { fetchedContract, lockedContract, shown, type OpenContract } from './open-contract.ts';
import { openIdentities, type OpenIdentities } from './open-identities.ts';
import { chooseTarget, embeddedClient, openTarget, type TargetHooks } from './open-target.ts';
import type { EnvironmentPlan } from './plan-environment.ts';
import { waitForServer } from './wait-for-server.ts';

export interface OpenEnvironment extends OpenContract {
  readonly plan: EnvironmentPlan;
  readonly target: Target;
  readonly people: OpenIdentities;
  readonly deviations: readonly KnownDeviation[];
  /** The reviewed matrix of access, where there is one. */
  readonly accessLock: AccessLock | undefined;
  /** Stops what was started, in reverse; safe to call twice. */
  readonly dispose: () => Promise<void>;
}

/** The document that a plan's contract is made of: the one that was named, else the configured one; undefined where the lock is. */
export function documentOf({ settings, named, folder }: EnvironmentPlan): string | undefined {
  const isLocked = folder !== undefined && existsSync(join(folder, lockFiles.lock));
  return named ?? (isLocked ? undefined : settings.document);
}

/** The contract of a plan: of the document that was named, else of the lock, else of the configured document. */
export async function openContract(plan: EnvironmentPlan): Promise<OpenContract> {
  const { folder, cwd } = plan;
  const document = documentOf(plan);
  if (document !== undefined) return fetchedContract(document, plan, folder === undefined ? undefined : join(folder, 'overlay.yaml'));
  if (folder !== undefined) return lockedContract(folder, cwd);
  throw new HarnessError('E_USAGE', `no document is named, and there is no specproof.config.ts in ${cwd} or above`, {
    hint: 'specproof run DOCUMENT, or --document DOCUMENT with call and judge: a URL, a file, or a page that shows the document',
  });
}

const unchecked = '--insecure: no certificate is checked, and whoever is in between can read and change everything';

/**
 * Everything, open. What had been started is stopped again when a later part fails.
 * @throws HarnessError
 */
export async function openEnvironment(plan: EnvironmentPlan, hooks: TargetHooks = {}): Promise<OpenEnvironment> {
  await waitForServer(plan, plan.named ?? plan.settings.document, hooks);
  const opened = await openContract(plan);
  const deviations = await readDeviations(plan);
  const accessLock = await readAccessLock(plan);
  const target = await openTarget(plan, opened, hooks);
  try {
    const people = openIdentities(plan.settings, peopleOf(plan, opened), {
      contract: opened.contract,
      issuer: target.issuer,
      baseUrl: target.baseUrl,
      env: plan.env,
      fetch: plan.network.fetch,
      tell: hooks.onProgress,
    });
    const notes = plan.settings.insecure === true ? [...opened.notes, unchecked] : opened.notes;
    return { ...opened, notes, plan, target, people, deviations, accessLock, dispose: target.dispose };
  } catch (error) {
    await target.dispose();
    throw error;
  }
}

/** The environment, with an identity for a stand-in that nobody configured. */
function peopleOf(plan: EnvironmentPlan, opened: OpenContract): Environment | undefined {
  const target = chooseTarget(plan, opened);
  if (target.kind !== 'embedded' || target.clients !== undefined || plan.environment?.identities !== undefined) return plan.environment;
  const identity = {
    kind: 'client-credentials',
    issuer: 'target',
    clientId: embeddedClient.id,
    clientSecret: { testValue: embeddedClient.secret },
  } as const;
  return { target, identities: { [embeddedClient.id]: identity } };
}

/** Name of the reviewed matrix of access, beside the lock. */
export const accessFile = 'access.yaml';

async function readAccessLock({ folder, cwd }: EnvironmentPlan): Promise<AccessLock | undefined> {
  const file = folder === undefined ? undefined : join(folder, accessFile);
  if (file === undefined || !existsSync(file)) return undefined;
  const location = shown(file, cwd);
  return parseAccessLock(parseText(await readFile(file, 'utf8'), location, 'E_ACCESS_LOCK'), location);
}

/** The known deviations of the plan's folder. @throws HarnessError `E_DEVIATIONS` */
export async function readDeviations(plan: EnvironmentPlan): Promise<readonly KnownDeviation[]> {
  const file = plan.folder === undefined ? undefined : join(plan.folder, 'known-deviations.yaml');
  if (file === undefined || !existsSync(file)) return [];
  const location = shown(file, plan.cwd);
  return parseKnownDeviations(parseText(await readFile(file, 'utf8'), location, 'E_DEVIATIONS'), location);
}
