/** Coverage: which of the contract's operations, statuses, parameters and request media types a run has really reached. */
import { headerValue, type Exchange, type ReceivedResponse } from '../requests/exchange.ts';
import { isObject, member } from '../lib/json.ts';
import type { Contract, Operation, Parameter } from '../spec/contract.ts';
import type { Verdict } from '../verdicts/verdict.ts';
import { compareText } from './collect-results.ts';
import { entryOf } from './outcome-counts.ts';
import { refusalText } from './refusal-text.ts';

/** How many of a kind there are, how many were reached, and the others by operation. */
export interface Reached {
  readonly total: number;
  readonly reached: number;
  readonly missing: readonly { readonly operation: string; readonly names: readonly string[] }[];
}

/** An operation that was not reached, or never with success. */
export interface Unreached {
  readonly operation: string;
  /** Statuses that it answered instead, ascending. */
  readonly statuses: readonly number[];
  /** Why, where the run knows: what kept it from asking, else what the API said most often to valid requests. */
  readonly reason: string | undefined;
}

export interface Coverage {
  readonly operations: {
    readonly total: number;
    /** Those that answered at least once. */
    readonly reached: number;
    /** Those that answered a 2xx at least once. */
    readonly withSuccess: number;
    readonly neverReached: readonly Unreached[];
    /** Reached ones only. */
    readonly neverWithSuccess: readonly Unreached[];
  };
  /** Declared responses: `200`, `2XX`, `default`. */
  readonly statuses: Reached;
  /** Named `query limit`; sent in a request that was answered. */
  readonly parameters: Reached;
  readonly requestMediaTypes: Reached;
}

export interface CoverageCollector {
  readonly add: (verdict: Verdict) => void;
  /** Keeps why an operation was left out or never succeeds. */
  readonly explain: (operation: string, reason: string) => void;
  readonly coverage: () => Coverage;
}

interface Progress {
  readonly operation: Operation;
  readonly statuses: Set<number>;
  reached: boolean;
  success: boolean;
  missingStatuses: readonly string[];
  missingParameters: readonly Parameter[];
  missingMediaTypes: readonly string[];
  reason: string | undefined;
  /** How often the API said what to valid requests, until one succeeds. */
  readonly refusals: Map<string, number>;
}

/** Different refusals of one operation that are counted. */
const mostRefusals = 50;

/** A collector of the contract's size; exchanges without any answer and those of another method than the operation's reach nothing. */
export function createCoverageCollector(contract: Contract): CoverageCollector {
  const all = new Map<string, Progress>();
  for (const operation of contract.operations) all.set(operation.id, unreached(operation));
  return {
    add: (verdict) => {
      const progress = verdict.operation && all.get(verdict.operation.id);
      const { request, response } = verdict.exchange;
      if (progress === undefined || response === undefined || request.method !== progress.operation.method) return;
      progress.reached = true;
      if (verdict.exchange.fault === undefined) reachStatus(progress, response.status);
      if (!progress.success && isOrdinary(verdict)) countRefusal(progress, response);
      progress.missingParameters = unsent(progress.missingParameters, verdict.exchange, contract);
      progress.missingMediaTypes = unsentMediaTypes(progress.missingMediaTypes, verdict.exchange);
    },
    explain: (operation, reason) => {
      const progress = all.get(operation);
      if (progress !== undefined) progress.reason ??= reason;
    },
    coverage: () => summary([...all.values()]),
  };
}

function unreached(operation: Operation): Progress {
  return {
    operation,
    statuses: new Set(),
    reached: false,
    success: false,
    missingStatuses: operation.responses.map((response) => response.status),
    missingParameters: operation.parameters,
    missingMediaTypes: operation.requestBody?.content.map((media) => media.type) ?? [],
    reason: undefined,
    refusals: new Map(),
  };
}

/** Whether the request was meant to succeed. */
function isOrdinary({ case: planned }: Verdict): boolean {
  return planned === undefined || (planned.intent === 'valid' && planned.credentials.kind === 'main');
}

function countRefusal({ refusals }: Progress, response: ReceivedResponse): void {
  const text = refusalText(response);
  if (text === undefined) return;
  if (refusals.has(text) || refusals.size < mostRefusals) refusals.set(text, (refusals.get(text) ?? 0) + 1);
}

/** What was said most often; of several the first by their text, so that it does not depend on the order of answers. */
function usualRefusal({ refusals }: Progress): string | undefined {
  const [usual] = [...refusals].toSorted(([text, count], [other, times]) => times - count || compareText(text, other));
  return usual?.[0];
}

/** Exact status, then its range, then `default`. @see https://spec.openapis.org/oas/v3.1.1#responses-object */
function reachStatus(progress: Progress, status: number): void {
  progress.statuses.add(status);
  progress.success ||= status >= 200 && status <= 299;
  if (progress.missingStatuses.length === 0) return;
  const declared = new Set(progress.operation.responses.map((response) => response.status));
  const reached = [String(status), `${Math.floor(status / 100)}XX`, 'default'].find((name) => declared.has(name));
  progress.missingStatuses = progress.missingStatuses.filter((name) => name !== reached);
}

function unsent(missing: readonly Parameter[], exchange: Exchange, contract: Contract): readonly Parameter[] {
  if (missing.length === 0) return missing;
  const query = missing.some((parameter) => parameter.in === 'query' || parameter.in === 'querystring')
    ? queryNames(exchange.request.url)
    : [];
  const cookies = missing.some((parameter) => parameter.in === 'cookie')
    ? cookieNames(headerValue(exchange.request.headers, 'cookie'))
    : [];
  return missing.filter((parameter) => {
    if (parameter.in === 'path') return false;
    if (parameter.in === 'querystring') return query.length === 0;
    if (parameter.in === 'header') return headerValue(exchange.request.headers, parameter.name) === undefined;
    const sent = parameter.in === 'query' ? query : cookies;
    return !sent.some((name) => isFieldOf(name, parameter, contract));
  });
}

/** Whether a query or cookie name carries the parameter: its own, `name[…]`, or a property of an exploded object. */
function isFieldOf(name: string, parameter: Parameter, contract: Contract): boolean {
  if (name === parameter.name || name.startsWith(`${parameter.name}[`)) return true;
  if (parameter.style !== 'form' || !parameter.explode || parameter.schema === undefined) return false;
  const properties = member(contract.resolve(parameter.schema).schema, 'properties');
  return isObject(properties) && Object.hasOwn(properties, name);
}

function queryNames(url: string): readonly string[] {
  const start = url.indexOf('?');
  if (start === -1) return [];
  return [...new URLSearchParams(url.slice(start + 1).split('#', 1)[0]).keys()];
}

function cookieNames(header: string | undefined): readonly string[] {
  return header === undefined ? [] : header.split(';').map((pair) => (pair.split('=', 1)[0] ?? '').trim());
}

function unsentMediaTypes(missing: readonly string[], exchange: Exchange): readonly string[] {
  if (missing.length === 0) return missing;
  const sent = bareMediaType(headerValue(exchange.request.headers, 'content-type') ?? '');
  return sent === '' ? missing : missing.filter((declared) => !covers(bareMediaType(declared), sent));
}

/** The media type in lower case without its parameters. RFC 9110 section 8.3.1. */
export function bareMediaType(value: string): string {
  return (value.split(';', 1)[0] ?? '').trim().toLowerCase();
}

function covers(declared: string, sent: string): boolean {
  return declared === sent || declared === '*/*' || (declared.endsWith('/*') && sent.startsWith(declared.slice(0, -1)));
}

function summary(all: readonly Progress[]): Coverage {
  const reached = all.filter((progress) => progress.reached);
  const described = (progress: Progress): Unreached => ({
    operation: progress.operation.id,
    statuses: [...progress.statuses].toSorted((a, b) => a - b),
    reason: progress.reason ?? usualRefusal(progress),
  });
  return {
    operations: {
      total: all.length,
      reached: reached.length,
      withSuccess: all.filter((progress) => progress.success).length,
      neverReached: all.filter((progress) => !progress.reached).map(described),
      neverWithSuccess: reached.filter((progress) => !progress.success).map(described),
    },
    statuses: reachedOf(
      all,
      (operation) => operation.responses.length,
      (progress) => progress.missingStatuses,
    ),
    parameters: reachedOf(
      all,
      (operation) => operation.parameters.length,
      (progress) => progress.missingParameters.map((parameter) => `${parameter.in} ${parameter.name}`),
    ),
    requestMediaTypes: reachedOf(
      all,
      (operation) => operation.requestBody?.content.length ?? 0,
      (progress) => progress.missingMediaTypes,
    ),
  };
}

function reachedOf(
  all: readonly Progress[],
  size: (operation: Operation) => number,
  names: (progress: Progress) => readonly string[],
): Reached {
  const missing = new Map<string, readonly string[]>();
  let total = 0;
  let absent = 0;
  for (const progress of all) {
    total += size(progress.operation);
    const own = names(progress);
    absent += own.length;
    if (own.length > 0) entryOf(missing, progress.operation.id, () => own);
  }
  return { total, reached: total - absent, missing: [...missing].map(([operation, own]) => ({ operation, names: own })) };
}
