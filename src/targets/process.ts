/** The process target: commands started in order, stopped in reverse. */
import { HarnessError } from '../errors.ts';
import { documentUrlOf, parseBaseUrl } from './base-url.ts';
import { startChild, type Child } from './child.ts';
import { linesHint } from './last-lines.ts';
import { probeHttp, probeTcp } from './probe.ts';
import type { Target } from './target.ts';
import { untilDone, untilReady, type Probe } from './until-ready.ts';

/** A command of a process target: one that ends, or one that goes on. */
export interface ProcessStep {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** `http(s)://…` that answers 2xx or 3xx, or `tcp://host:port` that accepts: the process is ready. A step without it runs to its end and must exit 0. */
  readonly ready?: string;
  /** Milliseconds to wait for readiness, or for the end. */
  readonly readyTimeout?: number;
}

/** An API that is started as processes of this machine. */
export interface ProcessTargetOptions {
  readonly kind: 'process';
  readonly baseUrl: string;
  /** Path or URL of the served document, relative to the base URL. */
  readonly document?: string;
  readonly issuer?: string;
  readonly steps: readonly ProcessStep[];
}

/** A process target also tells when one of its processes ends on its own, and what they print. */
export interface ProcessTarget extends Target {
  readonly kind: 'process';
  readonly died: Promise<HarnessError>;
  readonly logs: () => ReadonlyMap<string, readonly string[]>;
}

/** What a process target tells while it starts, and what ends that. */
export interface ProcessTargetHooks {
  /** Gets a line for each step begun and done. */
  readonly onProgress?: (line: string) => void;
  /** Stops the start: whatever had been started is stopped again, and E_TARGET is thrown. */
  readonly signal?: AbortSignal;
}

/** Milliseconds. */
const defaultReadyTimeout = 120_000;
const stopGrace = 10_000;

/**
 * The target, once every step is done or ready. Throws HarnessError E_CONFIG for addresses that cannot be ones, E_TARGET for a step that fails, dies or is not ready in time:
 * then all that had been started is stopped again.
 */
export async function processTarget(options: ProcessTargetOptions, hooks: ProcessTargetHooks = {}): Promise<ProcessTarget> {
  parseBaseUrl(options.baseUrl);
  const documentUrl = documentUrlOf(options.baseUrl, options.document);
  const probes = options.steps.map(probeOf);
  const running: Child[] = [];
  const tails = new Map<string, () => readonly string[]>();
  const death = Promise.withResolvers<HarnessError>();
  let disposal: Promise<void> | undefined;
  const dispose = (): Promise<void> => {
    disposal ??= stopAll(running);
    return disposal;
  };
  const watch = async (name: string, child: Child): Promise<void> => {
    const { text } = await child.ended;
    if (disposal === undefined)
      death.resolve(new HarnessError('E_TARGET', `${name} ended on its own: ${text}`, { hint: linesHint(child.tail()) }));
  };
  const interrupt = (): void => void dispose();
  hooks.signal?.addEventListener('abort', interrupt);
  try {
    for (const [index, step] of options.steps.entries()) {
      if (hooks.signal?.aborted === true) throw new HarnessError('E_TARGET', `step ${step.name}: interrupted before it was started`);
      const child = await runStep(step, probes[index], running, hooks);
      if (child === undefined) continue;
      tails.set(step.name, child.tail);
      void watch(step.name, child);
    }
  } catch (error) {
    await dispose();
    throw error;
  } finally {
    hooks.signal?.removeEventListener('abort', interrupt);
  }
  const baseUrl = options.baseUrl.replace(/\/+$/, '');
  const logs = (): ReadonlyMap<string, readonly string[]> => new Map([...tails].map(([name, tail]) => [name, tail()]));
  return { kind: 'process', baseUrl, documentUrl, issuer: options.issuer, died: death.promise, logs, dispose };
}

async function stopAll(running: Child[]): Promise<void> {
  for (let child = running.pop(); child !== undefined; child = running.pop()) await child.stop(stopGrace);
}

function probeOf({ name, ready }: ProcessStep): Probe | undefined {
  if (ready === undefined) return undefined;
  const url = URL.parse(ready);
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return () => probeHttp(url, 2000);
  if (url?.protocol === 'tcp:' && url.hostname !== '' && url.port !== '') return () => probeTcp(url.hostname, Number(url.port), 2000);
  throw new HarnessError('E_CONFIG', `step ${name}: ready ${JSON.stringify(ready)} is neither http(s)://… nor tcp://host:port`);
}

/** The process, when the step leaves one running. */
async function runStep(
  step: ProcessStep,
  probe: Probe | undefined,
  running: Child[],
  { onProgress }: ProcessTargetHooks,
): Promise<Child | undefined> {
  const began = performance.now();
  const timeout = step.readyTimeout ?? defaultReadyTimeout;
  onProgress?.(`${step.name}: starting`);
  const child = startChild({ command: step.command, cwd: step.cwd, env: step.env });
  running.push(child);
  const failure = probe === undefined ? await untilDone(child, timeout) : await untilReady(child, probe, timeout);
  if (failure !== undefined) throw stepError(step, failure, child);
  onProgress?.(`${step.name}: ${probe === undefined ? 'done' : 'ready'} after ${((performance.now() - began) / 1000).toFixed(1)} s`);
  return probe === undefined ? undefined : child;
}

function stepError({ name, command }: ProcessStep, failure: string, child: Child): HarnessError {
  return new HarnessError('E_TARGET', `step ${name} (${command[0]}) ${failure}`, { hint: linesHint(child.tail()) });
}
