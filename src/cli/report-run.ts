/** Runs suites in an open environment, writes what they found, and gives the exit code: the common end of `run`, `smoke`, `judge` and `proxy`. */
import { setTimeout as sleep } from 'node:timers/promises';
import { isHarnessError } from '../errors.ts';
import { exitCode } from '../report/exit-code.ts';
import { chooseChecks } from '../run/choose-checks.ts';
import { run, type Suite } from '../run/pipeline.ts';
import type { Report } from '../report/report.ts';
import { consumeRun } from './consume-run.ts';
import { createReport, type ReportedEnvironment } from './create-report.ts';
import type { Replayed } from './find-replay.ts';
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
  /** Whether the suites ask all that there is to ask: only then is it gone what they do not see. False by default. */
  readonly whole?: boolean;
  /** What the suites send again. */
  readonly replay?: Replayed | undefined;
}

/**
 * Runs, reports and gives the exit code.
 * @throws HarnessError `E_WRITE`, what the suites throw, and `E_TARGET` for a target that ended on its own: all after the results are written
 */
export async function reportRun(open: ReportedEnvironment, circumstances: RunCircumstances): Promise<number> {
  const { suites, seed, io, signal, progress, whole = false } = circumstances;
  const { contract, target, plan } = open;
  const { settings } = plan;
  // one scenario sent again is not there to cover anything
  const builder = createReport(open, { seed, whole, minCoverage: settings.replay === undefined ? settings.minCoverage : undefined });
  const ending = new AbortController();
  void target.died?.then((error) => ending.abort(error));
  const events = run({
    contract,
    baseUrl: target.baseUrl,
    suites,
    checks: chooseChecks(settings),
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
    const report = builder.report();
    if (isHarnessError(error) && report.counts.answered > 0) await writeResults({ ...report, ...endedBy(error, io) }, open, io);
    throw error;
  } finally {
    await recording?.close();
  }
  const judged = builder.report();
  // Where answers failed to come, the news of the target's own end may be on its way.
  if (judged.counts.faults > 0 && target.died !== undefined) await Promise.race([target.died, sleep(newsDelay)]);
  const why: unknown = ending.signal.reason;
  const report = { ...judged, ...endedBy(why, io), ...foundAgain(judged, circumstances.replay) };
  const code = exitCode(report);
  await writeResults({ ...report, logs: code === 0 ? [] : await writeLogs(open, io) }, open, io);
  if (report.error !== undefined) throw why;
  return code;
}

/** For the report of a run that an error ended; what the user stopped is interrupted, whatever broke on the way. */
function endedBy(why: unknown, { signal }: Io): Pick<Report, 'error'> {
  return isHarnessError(why) && signal?.aborted !== true ? { error: { message: why.message, exit: why.exit } } : {};
}

/** For the report of a replay: whether any of what it is about was found; of a scenario that no report knows, anything. */
function foundAgain({ findings }: Report, replay: Replayed | undefined): Pick<Report, 'replay'> {
  if (replay === undefined) return {};
  const again = findings.some(({ id }) => replay.findings.length === 0 || replay.findings.includes(id));
  return { replay: { id: replay.id, again } };
}
