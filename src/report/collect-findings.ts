/** Reduces failed judgements to findings, keeping one exchange of each: the smallest request that shows it. Size follows the findings, not the exchanges. */
import { curlCommand } from '../requests/reproduce.ts';
import { headerValue, type Exchange, type SourceKind } from '../requests/exchange.ts';
import type { Case } from '../cases/case.ts';
import type { FlakyEvent, SuiteName } from '../run/events.ts';
import { once } from '../lib/once.ts';
import type { Contract } from '../spec/contract.ts';
import type { Judgement } from '../verdicts/verdict.ts';
import { createBoundedLabels } from './bounded-labels.ts';
import { compareText } from './collect-results.ts';
import { compareConfidence } from './exit-code.ts';
import { causeId, findingId } from './finding-id.ts';
import { describes, type Accusation, type KnownDeviation } from './known-deviations.ts';
import { plannedCall } from './planned-call.ts';
import { recordExchange } from './recorded-exchange.ts';
import { unknownOperation, type Finding, type Promised } from './report.ts';

/** Topics that one check may have in one operation before they are no longer told apart. */
const topicLimit = 200;
const mediaTypeLimit = 10;

/** A failed judgement and where it comes from. */
export interface Failure {
  readonly suite: SuiteName;
  readonly judgement: Judgement;
  readonly operation: string | undefined;
  readonly title: string;
  readonly exchange: Exchange | undefined;
  readonly case: Case | undefined;
  readonly scenario: string | undefined;
}

export interface FindingOptions {
  readonly contract: Contract;
  readonly baseUrl: string;
  /** Deviations that excuse today on this target. */
  readonly excuses: readonly KnownDeviation[];
}

export interface FindingCollector {
  /** The finding when it is new, or when it has just turned out to be no known deviation; else undefined. */
  readonly add: (failure: Failure) => Finding | undefined;
  /** Takes back what did not come again. */
  readonly doubt: (event: FlakyEvent) => void;
  /** In no particular order. */
  readonly findings: () => Finding[];
}

interface Growing {
  readonly accusation: Accusation;
  readonly sources: Set<SourceKind>;
  readonly suites: Set<SuiteName>;
  readonly mediaTypes: Set<string>;
  /** The last message compared with the deviations. */
  lastMessage: string;
  known: KnownDeviation | undefined;
  /** What came on repeat, until it is seen once more. */
  flaky: string | undefined;
  count: number;
  smallest: Smallest;
}

/** What a finding tells of its smallest exchange. */
type Told = Pick<
  Finding,
  'confidence' | 'message' | 'where' | 'promise' | 'came' | 'reproduce' | 'title' | 'caseId' | 'scenario' | 'exchange' | 'evidence' | 'call'
>;

interface Smallest {
  readonly size: number;
  readonly told: Told;
}

/** A collector of findings; deterministic whatever the order in which failures come. */
export function createFindingCollector(options: FindingOptions): FindingCollector {
  const all = new Map<string, Growing>();
  const bounded = createBoundedLabels(topicLimit);
  return {
    add: (failure) => {
      const { check } = failure.judgement;
      const operation = failure.operation ?? unknownOperation;
      const scope = `${check}\n${operation}`;
      const topic = bounded(scope, failure.judgement.topic);
      const key = `${scope}\n${topic}`;
      const growing = all.get(key);
      if (growing !== undefined) return grow(growing, failure, options) ? snapshot(growing) : undefined;
      const accusation = { check, operation, topic, message: failure.judgement.reason };
      const made = begin(accusation, failure, options);
      all.set(key, made);
      return snapshot(made);
    },
    doubt: ({ check, operation, topic, again }) => {
      const scope = `${check}\n${operation}`;
      const growing = all.get(`${scope}\n${bounded(scope, topic)}`);
      if (growing !== undefined) growing.flaky = again;
    },
    findings: () => [...all.values()].map(snapshot),
  };
}

function begin(accusation: Accusation, failure: Failure, options: FindingOptions): Growing {
  const growing: Growing = {
    accusation,
    sources: new Set(),
    suites: new Set(),
    mediaTypes: new Set(),
    lastMessage: accusation.message,
    known: excuse(options, accusation),
    flaky: failure.judgement.flaky,
    count: 0,
    smallest: { size: sizeOf(failure.exchange), told: tell(failure, options) },
  };
  note(growing, failure);
  return growing;
}

/** Whether the finding has just lost its excuse. */
function grow(growing: Growing, failure: Failure, options: FindingOptions): boolean {
  note(growing, failure);
  growing.flaky = failure.judgement.flaky;
  if (isBetter(failure, growing.smallest)) growing.smallest = { size: sizeOf(failure.exchange), told: tell(failure, options) };
  const { reason } = failure.judgement;
  if (growing.known === undefined || growing.lastMessage === reason) return false;
  // Every judgement has to be excused: else what is said would depend on which answer came first.
  growing.lastMessage = reason;
  if (excuse(options, { ...growing.accusation, message: reason }) !== undefined) return false;
  growing.known = undefined;
  return true;
}

function excuse(options: FindingOptions, accusation: Accusation): KnownDeviation | undefined {
  return options.excuses.find((deviation) => describes(deviation, accusation));
}

function note(growing: Growing, failure: Failure): void {
  growing.count += 1;
  growing.suites.add(failure.suite);
  const source = failure.exchange?.source ?? (failure.suite === 'contract' ? undefined : failure.suite);
  if (source !== undefined) growing.sources.add(source);
  const response = failure.exchange?.response;
  if (response !== undefined && growing.mediaTypes.size < mediaTypeLimit) {
    const type = bareMediaType(headerValue(response.headers, 'content-type') ?? '');
    if (type !== '' || response.body.byteLength > 0) growing.mediaTypes.add(type);
  }
}

/** The media type in lower case without its parameters. @see https://www.rfc-editor.org/rfc/rfc9110#section-8.3.1 */
function bareMediaType(value: string): string {
  return (value.split(';', 1)[0] ?? '').trim().toLowerCase();
}

/** Surer first, then the smaller request; the rest only makes the choice independent of the order of answers. */
function isBetter(failure: Failure, smallest: Smallest): boolean {
  const { told } = smallest;
  const order =
    compareConfidence(failure.judgement.confidence, told.confidence) ||
    sizeOf(failure.exchange) - smallest.size ||
    compareText(failure.title, told.title) ||
    compareText(failure.case?.id ?? '', told.caseId ?? '') ||
    compareText(failure.judgement.reason, told.message);
  return order < 0;
}

function sizeOf(exchange: Exchange | undefined): number {
  return exchange === undefined ? Number.MAX_SAFE_INTEGER : exchange.request.url.length + (exchange.request.body?.byteLength ?? 0);
}

function tell(failure: Failure, options: FindingOptions): Told {
  const { judgement, exchange } = failure;
  return {
    confidence: judgement.confidence,
    message: judgement.reason,
    where: judgement.where,
    promise: judgement.promise && promised(judgement.promise, options.contract),
    came: judgement.came,
    reproduce: exchange && curlCommand(exchange, { baseUrl: options.baseUrl }),
    title: failure.title,
    caseId: failure.case?.id,
    scenario: failure.scenario,
    exchange: exchange?.id,
    evidence: exchange && recordExchange(exchange),
    call: failure.case && plannedCall(failure.case),
  };
}

/** The line is looked up when it is read: in a text of megabytes that takes longer than to come to the first finding. */
function promised({ pointer, text }: NonNullable<Judgement['promise']>, contract: Contract): Promised {
  const line = once(() => contract.line(pointer));
  return {
    pointer,
    text,
    file: contract.location,
    get line() {
      return line();
    },
  };
}

function snapshot(growing: Growing): Finding {
  const { check, operation, topic } = growing.accusation;
  const { known } = growing;
  return {
    id: findingId(check, operation, topic),
    cause: causeId(check, topic),
    check,
    operation,
    topic,
    known: known && { reason: known.reason, expires: known.expires },
    ...growing.smallest.told,
    ...(growing.flaky !== undefined && { confidence: 'unsure' }),
    flaky: growing.flaky,
    count: growing.count,
    sources: [...growing.sources].toSorted(compareText),
    suites: [...growing.suites],
    mediaTypes: [...growing.mediaTypes].toSorted(compareText),
  };
}
