/** Starts the target that a plan asks for, or reaches it where it is up. */
import { resolve } from 'node:path';
import { HarnessError } from '../errors.ts';
import { createRedactor } from '../requests/redact.ts';
import { documentUrlOf } from '../targets/base-url.ts';
import type { ContainerTargetOptions } from '../targets/container/options.ts';
import type { EmbeddedTargetOptions } from '../targets/embedded/options.ts';
import { isFaultName, faultKinds, type FaultName } from '../targets/embedded/faults.ts';
import { standardServer } from '../spec/servers.ts';
import { liveTarget } from '../targets/live.ts';
import { probeTcp } from '../targets/probe.ts';
import { processTarget, type ProcessTargetHooks, type ProcessTargetOptions } from '../targets/process.ts';
import type { Target } from '../targets/target.ts';
import { isLoopback } from '../lib/is-loopback.ts';
import { serverBaseUrl } from './base-url.ts';
import type { TargetConfig } from './config.ts';
import { findBaseUrl } from './find-base-url.ts';
import { loadSeed, seedFile } from './load-seed.ts';
import type { OpenContract } from './open-contract.ts';
import type { EnvironmentPlan } from './plan-environment.ts';

/** What the start of a target may tell and hear. */
export interface TargetHooks {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((line: string) => void) | undefined;
  /** Takes a process target that is up already instead of starting another. */
  readonly attach?: boolean | undefined;
  /** Asks where the paths begin of an API whose place only its document tells. */
  readonly locate?: boolean | undefined;
}

/** The client of a stand-in that nobody configured. Its provider lives on loopback and dies with it. */
export const embeddedClient: { readonly id: string; readonly secret: string } = { id: 'specproof', secret: 'specproof-test-secret' };

/**
 * The target, up.
 * @throws HarnessError `E_USAGE` where nothing says what it is, `E_TARGET` when it does not come up
 */
export async function openTarget(plan: EnvironmentPlan, opened: OpenContract | undefined, hooks: TargetHooks): Promise<Target> {
  const options = chooseTarget(plan, opened);
  if (options.kind === 'live') return liveTarget(await located(options, plan, opened, hooks), plan.network.reach);
  if (options.kind === 'process') return (await attach(options, hooks)) ?? openProcess(options, plan, hooks);
  if (options.kind === 'container') return (await attach(options, hooks)) ?? openContainers(options, plan, hooks);
  if (opened === undefined)
    throw new HarnessError('E_USAGE', 'the embedded target needs a document', { hint: 'run specproof pull, or name one' });
  const { embeddedTarget } = await import('../targets/embedded/embedded-target.ts');
  const seed = seedFile(plan, options);
  return embeddedTarget(opened.contract, withClients(options), {
    ...(seed !== undefined && { seen: await loadSeed(seed, opened.contract) }),
    document: opened.document,
    faults: readFaults((plan.env['SPECPROOF_FAULTS'] ?? '').split(',').filter((name) => name !== '')),
    ...(hooks.onProgress !== undefined && { onProgress: hooks.onProgress }),
  });
}

/** The texts as faults. @throws HarnessError `E_USAGE` that lists the faults */
export function readFaults(names: readonly string[]): readonly FaultName[] {
  return names.map((name) => {
    if (isFaultName(name)) return name;
    const list = Object.entries(faultKinds).map(([fault, what]) => `${fault} (${what})`);
    throw new HarnessError('E_USAGE', `knows no fault "${name}"; there are ${Object.keys(faultKinds).join(', ')}`, {
      hint: list.join('; '),
    });
  });
}

/** The target without anything started. @throws HarnessError `E_USAGE` where nothing says what it is */
export function chooseTarget(plan: EnvironmentPlan, opened: OpenContract | undefined): TargetConfig {
  const { settings, environment } = plan;
  const configured = environment?.target;
  const { baseUrl } = settings;
  const kind = settings.target ?? (baseUrl === undefined ? configured?.kind : 'live') ?? 'live';
  if (kind === 'embedded') {
    if (baseUrl !== undefined)
      throw new HarnessError('E_USAGE', '--base-url does not go with --target embedded: the stand-in takes a free port');
    return configured?.kind === 'embedded' ? configured : { kind };
  }
  if (kind === 'process' || kind === 'container') {
    if (configured?.kind !== kind) throw new HarnessError('E_USAGE', `--target ${kind}: the environment configures no such target`);
    return baseUrl === undefined ? configured : { ...configured, baseUrl };
  }
  if (baseUrl !== undefined) return { kind, baseUrl };
  if (configured?.kind === 'live') return configured;
  if (opened !== undefined && configured === undefined)
    return { kind, baseUrl: serverBaseUrl(standardServer(opened.contract), opened.contract.location) };
  throw new HarnessError('E_USAGE', 'nothing says where the API is', { hint: 'give --base-url, or configure an environment' });
}

/** The target at the place that answers: documents that no server has written may leave out the prefix of their paths. */
async function located<Live extends { readonly baseUrl: string }>(
  options: Live,
  { settings, environment, network, named }: EnvironmentPlan,
  opened: OpenContract | undefined,
  { locate, onProgress = () => undefined }: TargetHooks,
): Promise<Live> {
  if (locate !== true || !opened || settings.baseUrl !== undefined || environment?.target !== undefined) return options;
  const { contract } = opened;
  const place = { source: named ?? contract.location, location: contract.location, fetch: network.fetch, tell: onProgress };
  return { ...options, baseUrl: (await findBaseUrl(contract, place)) ?? options.baseUrl };
}

/** The target where it is up already, and may be taken as it is; else undefined. */
async function attach(options: ProcessTargetOptions | ContainerTargetOptions, hooks: TargetHooks): Promise<Target | undefined> {
  const url = new URL(options.baseUrl);
  if (hooks.attach !== true || !isLoopback(url.href) || (await probeTcp(url.hostname, Number(url.port || 80), 1000)) !== undefined)
    return undefined;
  const target = await liveTarget({ kind: 'live', baseUrl: options.baseUrl });
  return { ...target, documentUrl: documentUrlOf(target.baseUrl, options.document), issuer: options.issuer };
}

function openProcess(options: ProcessTargetOptions, plan: EnvironmentPlan, hooks: TargetHooks): Promise<Target> {
  const root = rootOf(plan);
  const steps = options.steps.map((step) => ({ ...step, cwd: resolve(root, step.cwd ?? '.') }));
  return processTarget({ ...options, steps }, startHooks(hooks));
}

async function openContainers(options: ContainerTargetOptions, plan: EnvironmentPlan, hooks: TargetHooks): Promise<Target> {
  const { containerTarget } = await import('../targets/container/container-target.ts');
  return containerTarget(options, { ...startHooks(hooks), root: rootOf(plan), env: plan.env, createRedactor });
}

const rootOf = (plan: EnvironmentPlan): string => plan.loaded?.root ?? plan.cwd;

const startHooks = ({ onProgress, signal }: TargetHooks): Pick<ProcessTargetHooks, 'onProgress' | 'signal'> => ({
  ...(onProgress !== undefined && { onProgress }),
  ...(signal !== undefined && { signal }),
});

function withClients(options: EmbeddedTargetOptions): EmbeddedTargetOptions {
  return options.clients === undefined ? { ...options, clients: { [embeddedClient.id]: { secret: embeddedClient.secret } } } : options;
}
