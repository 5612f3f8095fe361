/** Feeds the events of a run to the report and the progress until it ends, the user stops it, or the first finding does. */
import { failsRun } from '../report/exit-code.ts';
import type { ReportBuilder } from '../report/build-report.ts';
import type { Confidence } from '../cases/case.ts';
import type { RunEvent } from '../run/events.ts';
import type { HarFile } from './har-file.ts';
import type { Progress } from './progress.ts';

export interface Consumers {
  readonly builder: ReportBuilder;
  readonly progress: Progress;
  /** Takes every exchange, where one was asked for. */
  readonly recording?: HarFile | undefined;
  readonly failOn: Confidence;
  /** Ends at the first finding that fails the run. */
  readonly bail: boolean;
  /** Aborted when the run is to end early. */
  readonly signal: AbortSignal;
  /** Ends the run early, by that signal. */
  readonly stop: () => void;
}

/** Milliseconds that a run which ends early has for what is under way and for removing what it made. */
const grace = 10_000;

/** Milliseconds after which somebody who stopped a run may wonder what it still does. */
const patience = 1000;

/** Takes events until the run is over, also of one that ends early: what it could not remove is told last. After `grace` the generator may still be closing. */
export async function consumeRun(events: AsyncGenerator<RunEvent, void, undefined>, consumers: Consumers): Promise<void> {
  const { builder, progress, signal } = consumers;
  const started = performance.now();
  let timer: NodeJS.Timeout | undefined;
  let telling: NodeJS.Timeout | undefined;
  let giveUp: (() => void) | undefined;
  let overdue = false;
  let bailed = false;
  const onAbort = (): void => {
    telling = setTimeout(
      () => progress.tell('stopping: what is under way ends, what was made is removed; Ctrl-C again ends at once'),
      patience,
    );
    timer = setTimeout(() => {
      overdue = true;
      giveUp?.();
    }, grace);
  };
  /** Undefined when the grace is over. No race with one long-lived promise: that would keep every event of the run. */
  const nextEvent = (): Promise<IteratorResult<RunEvent, void> | undefined> =>
    new Promise((resolve, reject) => {
      giveUp = () => resolve(undefined);
      if (overdue) giveUp();
      events.next().then(resolve, reject);
    });
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  try {
    for (;;) {
      const next = await nextEvent();
      if (next === undefined || next.done === true) {
        if (!bailed) return;
        // Ended on purpose: the report must not take it for an interruption.
        builder.add({ kind: 'end', interrupted: false, seconds: (performance.now() - started) / 1000 });
        return;
      }
      const fresh = builder.add(next.value);
      progress.update(next.value, fresh);
      await consumers.recording?.add(next.value);
      const fails = consumers.bail && fresh.some((finding) => failsRun(finding, consumers.failOn));
      if (!fails || signal.aborted || next.value.kind === 'end') continue;
      bailed = true;
      consumers.stop();
      builder.add({
        kind: 'skipped',
        suite: next.value.suite,
        title: 'the rest of the run',
        reason: '--bail ended the run at its first finding',
        failure: false,
      });
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    clearTimeout(timer);
    clearTimeout(telling);
    progress.end();
  }
}
