/** Runs suites in an open environment, writes what they found, and gives the exit code: the common end of `run`, `smoke`, `judge` and `proxy`. */
import { setTimeout as sleep } from 'node:timers/promises';
import { HarnessError, isHarnessError } from '../errors.ts';
import { nearest } from '../lib/nearest.ts';
import { exitCode } from '../report/exit-code.ts';
import { run, type Suite } from '../run/pipeline.ts';
import { checks } from '../verdicts/registry.ts';
import { consumeRun } from './consume-run.ts';
import { createReport, type ReportedEnvironment } from './create-report.ts';
import { openHarFile } from './har-file.ts';
import { isUnattended, usesColor, type Io } from './io.ts';
import { createProgress, type Progress } from './progress.ts';
import { loadAllure } from './write-allure.ts';
import { writeLogs } from './write-logs.ts';
import { writeResults } from './write-results.ts';

/** Milliseconds until an engine has told of the end of a container. */
const newsDelay = 2000;

export interface RunCircumstances {
  /** In the order in which they run. */
  readonly suites: readonly Suite[];
  readonly seed: number;
  readonly io: Io;
  /** Of the suites; when it is aborted the run counts as interrupted. */
  readonly signal: AbortSignal;
  /** The usual one by default. */
  readonly progress?: Progress;
}

/**
 * Runs, reports and gives the exit code.
 * @throws HarnessError `E_WRITE`, what the suites throw, and `E_TARGET` for a target that ended on its own: all after the results are written
 */
export async function reportRun(open: ReportedEnvironment, { suites, seed, io, signal, progress }: RunCircumstances): Promise<number> {
  const { contract, target, plan } = open;
  const { settings } = plan;
  // one scenario sent again is not there to cover anything
  const builder = createReport(open, seed, settings.replay === undefined ? settings.minCoverage : undefined);
  const ending = new AbortController();
  void target.died?.then((error) => ending.abort(error));
  const events = run({
    contract,
    baseUrl: target.baseUrl,
    suites,
    checks: settings.checks === undefined ? undefined : new Set(settings.checks),
    maxResponseTime: settings.maxResponseTime,
    strict: settings.strict,
    signal: AbortSignal.any([signal, ending.signal]),
  });
  const { reports, replay } = settings;
  const recording = reports?.har === undefined || replay !== undefined ? undefined : await openHarFile(reports.har);
  if (reports?.allure !== undefined) await loadAllure();
  try {
    await consumeRun(events, {
      builder,
      recording,
      progress:
        progress ??
        createProgress(io.stderr, {
          color: usesColor(io.stderr, io.env, settings.color),
          quiet: settings.quiet === true,
          plain: isUnattended(io.env),
        }),
      failOn: settings.failOn ?? 'certain',
      bail: settings.bail === true,
      signal: AbortSignal.any([io.signal ?? signal, ending.signal]),
      stop: () => ending.abort(),
    });
  } catch (error) {
    // A run that cannot go on keeps what it has judged.
    if (isHarnessError(error) && builder.report().counts.answered > 0) await writeResults(builder.report(), open, io);
    throw error;
  } finally {
    await recording?.close();
  }
  const report = builder.report();
  // Where answers failed to come, the news of the target's own end may be on its way.
  if (report.counts.faults > 0 && target.died !== undefined) await Promise.race([target.died, sleep(newsDelay)]);
  const code = exitCode(report);
  await writeResults({ ...report, logs: code === 0 ? [] : await writeLogs(open, io) }, open, io);
  const why: unknown = ending.signal.reason;
  if (isHarnessError(why) && io.signal?.aborted !== true) throw why;
  return code;
}

/** @throws HarnessError `E_USAGE` for a check that there is not */
export function assertKnownChecks(wanted: readonly string[] | undefined): void {
  const known = checks.map(({ id }) => id);
  const stray = wanted?.find((id) => !known.includes(id));
  if (stray === undefined) return;
  const meant = nearest(stray, known);
  throw new HarnessError(
    'E_USAGE',
    `--checks knows no check "${stray}"${meant === undefined ? '' : `, did you mean ${meant}?`}; there are ${known.join(', ')}`,
  );
}
