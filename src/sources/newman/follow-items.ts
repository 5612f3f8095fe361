/** Follows a newman run item by item: gives each a fresh token, holds it back while the consumer is behind, gathers what it does. */
import type { EventEmitter } from 'node:events';
import { createRedactor, type Redactor } from '../../requests/redact.ts';
import type { EventQueue } from '../../lib/event-queue.ts';
import type { SuiteEvent } from '../../run/events.ts';
import type { CollectionOptions } from './collection-options.ts';
import type { Agents } from './create-agents.ts';
import { guardField, type Guard } from './create-guard.ts';
import { assertionJudgement, beginItem, endItem, type ItemRecord } from './item-record.ts';
import {
  itemTitle,
  type AssertionEvent,
  type ConsoleEvent,
  type ExceptionEvent,
  type ItemEvent,
  type RequestEvent,
  type Run,
  type StartEvent,
} from './newman-events.ts';
import { recordExchange } from '../wire/record-exchange.ts';
import type { WireRecord } from '../wire/record-request.ts';
import { watchRequests } from './watch-requests.ts';

/** What a run works with. */
export interface RunParts {
  readonly agents: Agents;
  readonly guard: Guard | undefined;
  readonly queue: EventQueue<SuiteEvent>;
}

/** Events that may wait for the consumer before newman is held back. */
const backlog = 32;

/** Turns off a request's proxy, the environment's included: through one it would reach the target unseen and unguarded. */
const noProxy = { getProxyUrl: (): false => false };

interface Following extends RunParts {
  readonly options: CollectionOptions;
  readonly redactor: Redactor;
  readonly tokens: Set<string>;
  readonly reached: Set<string>;
  run: Run | undefined;
  item: ItemRecord | undefined;
  count: number;
  /** Settles when no token is being renewed. */
  renewing: Promise<void>;
}

/** A run that is followed. */
export interface Followed {
  /** Makes newman stop at the next step. */
  readonly stop: () => void;
  /** Settles when all that newman did is in the queue. */
  readonly settled: () => Promise<void>;
}

/** Puts what newman does into the queue. */
export function followItems(emitter: EventEmitter, options: CollectionOptions, parts: RunParts): Followed {
  const tokens = new Set<string>();
  const following: Following = {
    ...parts,
    options,
    tokens,
    redactor: createRedactor(() => [...new Set([...options.secrets(), ...tokens])]),
    reached: new Set(),
    run: undefined,
    item: undefined,
    count: 0,
    renewing: Promise.resolve(),
  };
  const watch = watchRequests([parts.agents.http, parts.agents.https], () => beginRequest(following));
  emitter.on('start', (_, event: StartEvent) => {
    following.run = event.run;
    parts.queue.push({ kind: 'planned', total: event.cursor.length * event.cursor.cycles });
  });
  emitter.on('beforeItem', (_, event: ItemEvent) => openItem(following, event));
  emitter.on('beforeRequest', (_, event: RequestEvent) => openRequest(following, event));
  emitter.on('request', (error: unknown, event: RequestEvent) => closeRequest(following, event, error));
  emitter.on('assertion', (_, event: AssertionEvent) => keepAssertion(following, event));
  emitter.on('exception', (_, event: ExceptionEvent) => keepException(following, event));
  emitter.on('console', (_, event: ConsoleEvent) => tellUnsentFile(following, event));
  emitter.on('item', () => {
    if (following.item) following.item.over = true;
    settle(following, following.item);
  });
  emitter.on('beforeDone', () => tellUnreached(following));
  emitter.on('done', () => watch.stop());
  const stop = (): void => {
    watch.stop();
    parts.agents.close();
    following.run?.abort();
  };
  return { stop, settled: () => following.renewing };
}

/** A file that cannot be read is left out of what newman sends. */
function tellUnsentFile({ item, queue }: Following, { cursor, level, messages }: ConsoleEvent): void {
  const words = messages.map(String).join(' ');
  if (cursor.scriptId !== undefined || level !== 'warn' || !/\bfile load error: /.test(words)) return;
  queue.push({
    kind: 'skipped',
    title: item?.title ?? '',
    reason: `sent without a file: ${words} (newman looks for it from the folder that it runs in)`,
    failure: true,
  });
}

/** Holds newman back until there is a token that is good for now and the consumer has caught up. */
function openItem(following: Following, { item }: ItemEvent): void {
  following.reached.add(item.id);
  following.item = beginItem(itemTitle(item));
  const { run, options, queue } = following;
  const prepare = async (): Promise<void> => {
    await queue.below(backlog);
    await following.renewing;
    const token = await options.token();
    if (token === undefined) return;
    following.tokens.add(token);
    run?.state.environment.set('token', token);
  };
  run?.pause(() => {
    prepare().then(
      () => run.resume(),
      (error: unknown) => {
        queue.end(error);
        run.abort();
      },
    );
  });
}

function openRequest(following: Following, { request, cursor }: RequestEvent): void {
  request.proxy = noProxy;
  if (cursor.scriptId !== undefined || !following.item) return;
  following.item.requesting = true;
  following.item.requested = true;
  following.item.unset = [...new Set(decodeBraces(request.url.toString()).match(/\{\{[^{}]+\}\}/g))];
}

const decodeBraces = (url: string): string => url.replaceAll(/%7b/gi, '{').replaceAll(/%7d/gi, '}');

function closeRequest(following: Following, { cursor }: RequestEvent, error: unknown): void {
  if (cursor.scriptId !== undefined || !following.item) return;
  following.item.requesting = false;
  following.item.error = error instanceof Error ? error : undefined;
}

function beginRequest(following: Following): (record: WireRecord) => void {
  const { item } = following;
  const own = item?.requesting === true;
  if (own) item.open += 1;
  return (record) => {
    if (own) item.open -= 1;
    keepRequest(following, record, item?.title ?? '', own ? item : undefined);
    if (own) settle(following, item);
  };
}

function keepRequest(following: Following, record: WireRecord, title: string, item: ItemRecord | undefined): void {
  const { queue, options, tokens, guard } = following;
  const place = record.socket && following.agents.dialled(record.socket);
  if (place?.toTarget !== true) {
    if (item && place) item.elsewhere = place.origin;
    return;
  }
  const refused = record.response?.headers.find(([name]) => guard !== undefined && name.toLowerCase() === guardField)?.[1];
  if (refused !== undefined) {
    const reason = `the guard refused it: ${refused}`;
    if (item) item.refused = reason;
    else queue.push({ kind: 'skipped', title: `${title}: ${record.method} by its script`, reason, failure: false });
    return;
  }
  const carried = [...tokens].find((token) => record.requestHeaders.some(([, value]) => value.includes(token)));
  following.count += 1;
  const labels = {
    id: `newman-${following.count}`,
    source: 'newman',
    title,
    identity: carried === undefined ? undefined : options.identity,
    origin: new URL(options.baseUrl).origin,
  } as const;
  const cause = record.error && guard?.failure(record.localPort ?? 0);
  const exchange = following.redactor.exchange(recordExchange(record, labels, cause));
  if (!item) queue.push({ kind: 'exchange', exchange });
  else {
    // An answer that was followed by a further request of the item: a redirect, or a challenge.
    if (item.exchange) queue.push({ kind: 'exchange', exchange: item.exchange });
    item.exchange = exchange;
    item.refusedToken = exchange.response?.status === 401 ? carried : undefined;
  }
}

function keepAssertion({ item, redactor, queue, guard }: Following, event: AssertionEvent): void {
  if (!item) return;
  if (event.skipped === true) {
    queue.push({
      kind: 'skipped',
      title: `${item.title}: ${event.assertion}`,
      reason: 'the assertion is skipped in its script',
      failure: false,
    });
    return;
  }
  const reason = event.error ? redactor.text(event.error.message ?? event.assertion) : undefined;
  const judgement = assertionJudgement(item.title, redactor.text(event.assertion), reason);
  const refused = guard?.refused().length ?? 0;
  // What a refused request would have made may be missing now: then the API is not to blame.
  const doubt = { confidence: 'likely', reason: `${reason}; the guard had refused requests before (${refused})` } as const;
  item.judgements.push(reason !== undefined && refused > 0 ? { ...judgement, ...doubt } : judgement);
}

function keepException({ item, redactor }: Following, { error }: ExceptionEvent): void {
  const reason = redactor.text(`a script broke down: ${error?.name ?? 'Error'}: ${error?.message ?? ''}`.split('\n')[0] ?? '');
  if (item && !item.judgements.some((judgement) => judgement.reason === reason))
    item.judgements.push(assertionJudgement(item.title, 'script', reason));
}

function settle(following: Following, item: ItemRecord | undefined): void {
  if (!item?.over || item.open > 0) return;
  item.over = false;
  const { queue, options } = following;
  const { title, refusedToken } = item;
  const push = (events: readonly SuiteEvent[]): void => events.forEach(queue.push);
  if (refusedToken === undefined || options.renew === undefined) return push(endItem(item));
  // newman cannot send an item again: what ended with its token is told, and the next item has another
  const reason = 'its token was refused, and another was at hand only afterwards: run the collection again';
  following.renewing = options.renew(refusedToken).then(
    (renewed) => push(renewed ? [{ kind: 'skipped', title, reason, failure: false }] : endItem(item)),
    (error: unknown) => {
      queue.end(error);
      following.run?.abort();
    },
  );
}

function tellUnreached({ run, reached, queue }: Following): void {
  for (const item of run?.state.items ?? []) {
    if (!reached.has(item.id))
      queue.push({ kind: 'skipped', title: itemTitle(item), reason: "the collection's scripts went past it", failure: false });
  }
}
