/** Coverage: how much of what the contract offers a run has really reached, in six dimensions, whoever made the exchanges. */
import { noCredentials } from '../cases/access/expected.ts';
import type { Contract, Operation } from '../spec/contract.ts';
import { locate } from '../spec/locate.ts';
import type { ReceivedResponse } from '../requests/exchange.ts';
import type { ParameterTexts } from '../spec/read-parameter.ts';
import { carriesCredentials, parameterTexts } from '../verdicts/sent-request.ts';
import { declaredMediaType, declaredResponse, receivedType } from '../verdicts/subject.ts';
import type { Verdict } from '../verdicts/verdict.ts';
import { createReasonCollector, isSuccess, type Unreached } from './collect-reasons.ts';
import type { Dimension } from './dimensions.ts';
import { createSentCollector, type SentCollector } from './collect-sent.ts';
import { entryOf } from './outcome-counts.ts';

/** How many of a kind there are, how many were reached, and the others by operation. */
export interface Reached {
  readonly total: number;
  readonly reached: number;
  readonly missing: readonly { readonly operation: string; readonly names: readonly string[] }[];
}

/** How much of the contract a run has reached, by dimension. */
export interface Coverage {
  /**
   * `operation`: answered at all. `parameter`: sent. `keyword`: every keyword of a request's schemas, with a value that keeps it and with one that breaks
   * it. `status`: declared responses. `media-type`: of requests and of responses. `identity`: at each guarded operation every identity, and none.
   */
  readonly dimensions: Readonly<Record<Dimension, Reached>>;
  /** Every operation, with the statuses that it answered, ascending. */
  readonly answered: readonly { readonly operation: string; readonly statuses: readonly number[] }[];
  /** Operations that answered a 2xx at least once. */
  readonly withSuccess: number;
  readonly neverReached: readonly Unreached[];
  /** Reached ones only. */
  readonly neverWithSuccess: readonly Unreached[];
}

export interface CoverageOptions {
  readonly contract: Contract;
  readonly baseUrl: string;
  readonly identities: readonly string[];
}

export interface CoverageCollector {
  readonly add: (verdict: Verdict) => void;
  /** Keeps why an operation was left out or never succeeds. */
  readonly explain: (operation: string, reason: string) => void;
  readonly coverage: () => Coverage;
}

/** What an operation offers, and what of it nobody has reached yet. */
interface Progress {
  readonly operation: Operation;
  readonly totals: Readonly<Record<Dimension, number>>;
  readonly open: Readonly<Record<Dimension, Set<string>>>;
  readonly sent: SentCollector;
}

/** A collector of the contract's size; exchanges without any answer and those of another method than the operation's reach nothing. */
export function createCoverageCollector(options: CoverageOptions): CoverageCollector {
  const { contract, baseUrl } = options;
  const operations = new Map(contract.operations.map((operation) => [operation.id, operation]));
  const known = new Map<string, Progress>();
  // what an operation offers is looked up when it first answers: of a large document that takes longer than the first verdict may
  const progressOf = (operation: Operation): Progress => entryOf(known, operation.id, () => begin(operation, options));
  const reasons = createReasonCollector();
  return {
    add: (verdict) => {
      const operation = verdict.operation && operations.get(verdict.operation.id);
      const { request, response, fault } = verdict.exchange;
      if (operation === undefined || response === undefined || request.method !== operation.method) return;
      const progress = progressOf(operation);
      progress.open.operation.clear();
      let read: ParameterTexts | undefined;
      const texts = (): ParameterTexts =>
        (read ??= parameterTexts(progress.operation, request, locate(contract, request.url, baseUrl)?.path ?? progress.operation.path));
      reachIdentity(progress, verdict, () => carriesCredentials(contract, texts()));
      progress.sent.add(verdict, texts);
      if (fault !== undefined) return;
      reachResponse(progress, response);
      reasons.add(progress.operation, verdict);
    },
    explain: reasons.explain,
    coverage: () => summary(contract.operations.map(progressOf), reasons.unreached),
  };
}

function begin(operation: Operation, { contract, identities }: CoverageOptions): Progress {
  const sent = createSentCollector(contract, operation);
  const responses = operation.responses.flatMap(({ status, content }) => content.map(({ type }) => `${status} ${type}`));
  for (const name of responses) sent.open['media-type'].add(name);
  const open = {
    ...sent.open,
    operation: new Set(['an answer']),
    status: new Set(operation.responses.map(({ status }) => status)),
    identity: new Set(operation.security.length === 0 ? [] : [...identities, noCredentials]),
  };
  const sizeOf = (dimension: Dimension): number => open[dimension].size;
  return {
    operation,
    open,
    sent,
    totals: {
      operation: 1,
      parameter: sizeOf('parameter'),
      keyword: sizeOf('keyword'),
      status: sizeOf('status'),
      'media-type': sizeOf('media-type'),
      identity: sizeOf('identity'),
    },
  };
}

function reachIdentity({ open }: Progress, { exchange }: Verdict, isSomebody: () => boolean): void {
  if (open.identity.size === 0) return;
  if (exchange.identity !== undefined) open.identity.delete(exchange.identity);
  else if (open.identity.has(noCredentials) && !isSomebody()) open.identity.delete(noCredentials);
}

function reachResponse({ operation, open }: Progress, response: ReceivedResponse): void {
  const declared = declaredResponse(operation, response.status);
  if (declared === undefined) return;
  open.status.delete(declared.status);
  const media = declaredMediaType(declared.content, receivedType(response));
  if (media !== undefined) open['media-type'].delete(`${declared.status} ${media.type}`);
}

function summary(all: readonly Progress[], unreached: ReturnType<typeof createReasonCollector>['unreached']): Coverage {
  const never = all.filter(({ open }) => open.operation.size > 0).map(({ operation }) => unreached(operation.id));
  const reached = all.filter(({ open }) => open.operation.size === 0).map(({ operation }) => unreached(operation.id));
  const withoutSuccess = reached.filter(({ statuses }) => !statuses.some(isSuccess));
  return {
    dimensions: {
      operation: reachedOf('operation', all),
      parameter: reachedOf('parameter', all),
      keyword: reachedOf('keyword', all),
      status: reachedOf('status', all),
      'media-type': reachedOf('media-type', all),
      identity: reachedOf('identity', all),
    },
    answered: all.map(({ operation }) => ({ operation: operation.id, statuses: unreached(operation.id).statuses })),
    withSuccess: reached.length - withoutSuccess.length,
    neverReached: never,
    neverWithSuccess: withoutSuccess,
  };
}

function reachedOf(dimension: Dimension, all: readonly Progress[]): Reached {
  const total = all.reduce((sum, { totals }) => sum + totals[dimension], 0);
  const missing = all
    .filter(({ open }) => open[dimension].size > 0)
    .map(({ operation, open }) => ({ operation: operation.id, names: [...open[dimension]] }));
  return { total, reached: total - missing.reduce((sum, { names }) => sum + names.length, 0), missing };
}
