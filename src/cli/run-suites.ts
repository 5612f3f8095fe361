/** The work of `run` and `smoke`: opens the environment, runs the suites, reports, and gives the exit code. */
import { randomInt } from 'node:crypto';
import { createTransport, type Transport } from '../requests/send.ts';
import type { Rerun } from '../run/create-suites.ts';
import { openEnvironment, type OpenEnvironment } from '../run/environment.ts';
import { retryAfterIn, withholdIn } from '../run/manners.ts';
import { chooseChecks } from '../run/choose-checks.ts';
import { isWholeRun } from '../run/is-whole-run.ts';
import { planEnvironment } from '../run/plan-environment.ts';
import type { Settings } from '../run/settings.ts';
import type { Invocation } from './command.ts';
import { findReplay } from './find-replay.ts';
import type { Io } from './io.ts';
import { reportRun } from './report-run.ts';

const defaultTimeout = 10_000;
const defaultConnections = 16;
const largestBody = 64 * 1024 * 1024;

/** Runs everything and gives the exit code of DESIGN’s table. `smoke` lets no unsafe method through; `rerun` leaves what a change touches. */
export async function runSuites(
  { arguments: [document], settings: flags, io }: Invocation,
  smoke: boolean,
  rerun?: Rerun,
): Promise<number> {
  const given = document === undefined ? flags : { ...flags, document };
  chooseChecks(given);
  const plan = await planEnvironment(given, io.cwd, io.env);
  chooseChecks(plan.settings);
  const signal = io.signal ?? new AbortController().signal;
  const tell = startLines(plan.settings, io);
  // What the target tells while suites run would tear the progress apart: it comes after.
  const later: string[] = [];
  let started = false;
  const open = await openEnvironment(plan, { signal, locate: true, onProgress: (line) => void (started ? later.push(line) : tell(line)) });
  try {
    for (const note of open.notes) tell(note);
    started = true;
    const transport = transportOf(open, smoke);
    try {
      return await judge(open, transport, { given, smoke, rerun, signal, io });
    } finally {
      await transport.close();
    }
  } finally {
    await open.dispose();
    for (const line of later) tell(line);
  }
}

/** A transport with the limits of the settings. */
export function transportOf(open: OpenEnvironment, smoke = false): Transport {
  const { people, plan } = open;
  const { settings } = plan;
  const timeout = settings.timeout ?? defaultTimeout;
  return createTransport({
    connections: Math.max(settings.concurrency ?? 0, defaultConnections),
    headersTimeout: timeout,
    bodyTimeout: timeout,
    totalTimeout: timeout,
    maxBodyBytes: largestBody,
    rate: settings.rate,
    retryAfter: retryAfterIn(open),
    withhold: withholdIn(open, smoke),
    connect: plan.network.connect,
    secrets: people.secrets,
  });
}

/** Tells what happens before the first suite, a line each, on stderr. */
export function startLines(settings: Settings, io: Io): (line: string) => void {
  return (line) => {
    if (settings.quiet !== true) io.stderr.write(`  ${line}\n`);
  };
}

interface Circumstances {
  /** What was given on the command line, before the configuration. */
  readonly given: Settings;
  readonly smoke: boolean;
  readonly rerun: Rerun | undefined;
  readonly signal: AbortSignal;
  readonly io: Io;
}

async function judge(open: OpenEnvironment, transport: Transport, { given, smoke, rerun, signal, io }: Circumstances): Promise<number> {
  const { settings } = open.plan;
  const replay = settings.replay === undefined ? undefined : await findReplay(settings.replay, settings.reports?.json);
  const seed = given.seed ?? replay?.seed ?? settings.seed ?? randomInt(0x1_00_00_00_00);
  // whatever only suites need: other commands share this file's transport
  const { createSuites } = await import('../run/create-suites.ts');
  const suites = createSuites(open, { transport, seed, smoke, rerun, replay: replay?.scenario });
  const whole = isWholeRun(settings) && !smoke && rerun?.files === undefined && rerun?.operations === undefined;
  return reportRun(open, { suites, seed, io, signal, replay, whole });
}
