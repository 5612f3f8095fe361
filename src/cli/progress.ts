/** Live progress of a run on stderr: a block redrawn in place on a terminal, a few plain lines elsewhere. Starts no timer; results go elsewhere. */
import type { Finding } from '../report/report.ts';
import { createPaint, type Paint } from '../report/paint.ts';
import { bar, clip, duration, grouped, plural, printable } from '../report/text-layout.ts';
import type { RunEvent, SuiteName } from '../run/events.ts';
import { createLiveCauses } from './live-causes.ts';

/** Milliseconds between two drawings of the block. */
const frame = 80;

/** Milliseconds of silence after which plain progress says how far it is. */
const heartbeat = 15_000;

/** Where progress is written: process.stderr fits. */
export interface ProgressStream {
  readonly write: (text: string) => unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export interface ProgressOptions {
  readonly color: boolean;
  /** Writes nothing at all. */
  readonly quiet: boolean;
  /** Writes plain lines on a terminal too: for CI, where terminals keep every frame. */
  readonly plain?: boolean;
  /** Milliseconds of a clock that never goes back; performance.now by default. */
  readonly now?: () => number;
}

export interface Progress {
  /** Takes an event and the findings that it was the first to show. */
  readonly update: (event: RunEvent, findings?: readonly Finding[]) => void;
  /** Writes a line about the run itself. */
  readonly tell: (line: string) => void;
  /** Wipes the block, or says the last word about each suite. Safe to call twice. */
  readonly end: () => void;
}

interface Suite {
  readonly name: SuiteName;
  readonly startedAt: number;
  readonly causes: Set<string>;
  planned: number;
  done: number;
  exchanges: number;
  told: boolean;
}

interface Accused {
  readonly finding: Finding;
  readonly cause: string;
}

interface State {
  readonly causeOf: (finding: Finding) => string;
  readonly suites: Map<SuiteName, Suite>;
  /** Causes that were printed. */
  readonly causes: Set<string>;
  readonly now: () => number;
  readonly startedAt: number;
  exchanges: number;
  faults: number;
  /** What was asked last. */
  latest: string | undefined;
}

/** Progress that writes to the stream as events come. */
export function createProgress(stream: ProgressStream, options: ProgressOptions): Progress {
  const now = options.now ?? (() => performance.now());
  const state: State = {
    causeOf: createLiveCauses(),
    suites: new Map(),
    causes: new Set(),
    now,
    startedAt: now(),
    exchanges: 0,
    faults: 0,
    latest: undefined,
  };
  if (options.quiet) return { update: () => undefined, tell: () => undefined, end: () => undefined };
  const paint = createPaint(options.color);
  return stream.isTTY === true && options.plain !== true ? liveProgress(stream, state, paint) : plainProgress(stream, state, paint);
}

function liveProgress(stream: ProgressStream, state: State, paint: Paint): Progress {
  let height = 0;
  let drawnAt = Number.NEGATIVE_INFINITY;
  let ended = false;
  // One write a frame, so that no terminal shows a half-drawn block.
  const draw = (above: readonly string[], block: readonly string[]): void => {
    const back = height === 0 ? '' : `\u001b[${height}A\r\u001b[J`;
    height = block.length;
    stream.write(back + [...above, ...block].map((line) => `${line}\n`).join(''));
  };
  return {
    update: (event, findings = []) => {
      if (ended) return;
      const fresh = freshCauses(state, count(state, event, findings), paint, stream.columns ?? 80);
      const time = state.now();
      if (fresh.length === 0 && time - drawnAt < frame) return;
      drawnAt = time;
      draw(fresh, blockLines(state, paint, stream.columns ?? 80));
    },
    tell: (line) => draw([`  ${line}`], blockLines(state, paint, stream.columns ?? 80)),
    end: () => {
      if (!ended) draw([], []);
      ended = true;
    },
  };
}

function plainProgress(stream: ProgressStream, state: State, paint: Paint): Progress {
  let writtenAt = state.startedAt;
  const write = (line: string): void => {
    writtenAt = state.now();
    stream.write(`${line}\n`);
  };
  const tell = (suite: Suite): void => {
    suite.told = true;
    const seconds = (state.now() - suite.startedAt) / 1000;
    const causes = suite.causes.size === 0 ? '' : `, ${plural(suite.causes.size, 'cause')}`;
    write(
      `${suite.name}: ${grouped(suite.done)} of ${grouped(Math.max(suite.planned, suite.done))} done, ${plural(suite.exchanges, 'exchange')}${causes}, ${seconds.toFixed(1)} s`,
    );
  };
  return {
    update: (event, findings = []) => {
      const isNew = event.kind !== 'end' && !state.suites.has(event.suite);
      const isPlannedLate = event.kind === 'plan' && state.suites.get(event.suite)?.planned === 0;
      const accused = count(state, event, findings);
      if (isPlannedLate) write(`${event.suite}: ${grouped(event.total)} planned`);
      if (isNew) {
        for (const suite of state.suites.values())
          if (suite.name !== event.suite && !suite.told && suite.done >= suite.planned) tell(suite);
        const planned = state.suites.get(event.suite)?.planned ?? 0;
        write(`${event.suite}: started${planned > 0 ? `, ${grouped(planned)} planned` : ''}`);
      }
      for (const line of freshCauses(state, accused, paint, Number.POSITIVE_INFINITY)) write(line);
      const suite = event.kind === 'end' ? undefined : state.suites.get(event.suite);
      if (suite === undefined || state.now() - writtenAt < heartbeat) return;
      const amount = `${grouped(suite.done)} of ${grouped(Math.max(suite.planned, suite.done))}`;
      write([`${suite.name}: ${amount}`, `${rateOf(state)} exchanges a second`, ...timeLeft(suite, state)].join(', '));
    },
    tell: write,
    end: () => {
      for (const suite of state.suites.values()) if (!suite.told) tell(suite);
    },
  };
}

/** Counts the event, and gives what no known deviation excuses, each with the cause that it is of. */
function count(state: State, event: RunEvent, findings: readonly Finding[]): readonly Accused[] {
  if (event.kind === 'end') return [];
  let suite = state.suites.get(event.suite);
  if (suite === undefined) {
    suite = { name: event.suite, startedAt: state.now(), causes: new Set(), planned: 0, done: 0, exchanges: 0, told: false };
    state.suites.set(event.suite, suite);
  }
  if (event.kind === 'plan') suite.planned = event.total;
  if (event.kind === 'done') suite.done += 1;
  if (event.kind === 'verdict') {
    suite.exchanges += 1;
    state.exchanges += 1;
    state.latest = event.verdict.operation?.id ?? event.verdict.exchange.title;
    if (event.verdict.exchange.fault !== undefined) state.faults += 1;
  }
  const accused = findings.filter(({ known }) => known === undefined).map((finding) => ({ finding, cause: state.causeOf(finding) }));
  for (const { cause } of accused) suite.causes.add(cause);
  return accused;
}

/** A line for every cause that was not seen before. */
function freshCauses(state: State, accused: readonly Accused[], paint: Paint, width: number): string[] {
  const lines: string[] = [];
  for (const { finding, cause } of accused) {
    if (state.causes.has(cause)) continue;
    state.causes.add(cause);
    const [mark, style] = finding.confidence === 'certain' ? (['✗', 'red'] as const) : (['!', 'yellow'] as const);
    const text = clip(
      `${finding.check}  ${printable(finding.message)}  ${finding.operation === '-' ? '' : finding.operation}`.trimEnd(),
      width - 5,
    );
    lines.push(`  ${paint(style, mark)} ${text}`);
  }
  return lines;
}

function blockLines(state: State, paint: Paint, width: number): string[] {
  // A line that wraps would spoil the redrawing.
  const barWidth = Math.max(4, Math.min(24, width - 46));
  const lines = [...state.suites.values()].map((suite) => {
    const total = Math.max(suite.planned, suite.done);
    const [full, open] = bar(suite.done, total, barWidth);
    const causes = suite.causes.size === 0 || width < 56 ? '' : paint('red', plural(suite.causes.size, 'cause'));
    const amount = `${grouped(suite.done)} of ${grouped(total)}`;
    return `  ${paint('bold', suite.name.padEnd(10))} ${paint(suite.causes.size === 0 ? 'green' : 'red', full)}${paint('dim', open)}  ${amount.padStart(16)}   ${causes}`;
  });
  const seconds = (state.now() - state.startedAt) / 1000;
  const facts = [`${grouped(state.exchanges)} exchanges`, `${rateOf(state)} a second`, `${seconds.toFixed(1)} s`];
  if (state.faults > 0) facts.push(plural(state.faults, 'fault'));
  const running = [...state.suites.values()].at(-1);
  if (running !== undefined) facts.push(...timeLeft(running, state));
  if (state.latest !== undefined) facts.push(printable(state.latest));
  return [...lines, `  ${paint('dim', clip(facts.join(' · '), width - 3))}`];
}

function rateOf({ exchanges, startedAt, now }: State): string {
  const seconds = (now() - startedAt) / 1000;
  return grouped(seconds > 0 ? Math.round(exchanges / seconds) : 0);
}

/** How long the suite will still take if it goes on as so far; nothing while too little is done to say it, or all is. */
function timeLeft({ done, planned, startedAt }: Suite, { now }: State): string[] {
  if (done < 5 || done >= planned) return [];
  return [`about ${duration((((now() - startedAt) / done) * (planned - done)) / 1000)} left`];
}
