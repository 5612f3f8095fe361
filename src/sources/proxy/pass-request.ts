/** Passes one request of a client on to the target and tells what became of it. */
import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Exchange } from '../../requests/exchange.ts';
import { faultOf } from '../../requests/faults.ts';
import type { LearningRedactor } from '../../requests/learning-redactor.ts';
import type { SuiteEvent } from '../../run/events.ts';
import { forward, type Route } from '../wire/forward.ts';
import { recordExchange } from '../wire/record-exchange.ts';
import { recordRequest, type WireRecord } from '../wire/record-request.ts';

/** What the requests of one proxy share. */
export interface Passage extends Pick<Route, 'target' | 'connect' | 'isOwn'> {
  /** Milliseconds after which the target is given up. */
  readonly timeout: number | undefined;
  readonly redactor: LearningRedactor;
  readonly push: (event: SuiteEvent) => void;
  /** Exchanges so far. */
  count: number;
}

/** Bytes of a body that are kept for judging; what passes has no limit. */
const mostBytes = 64 * 1024 * 1024;

/** Passes the request on. Settles when the client has its answer, and what became of the request has been pushed: its exchange, or why there is none. */
export async function passRequest(passage: Passage, incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
  const { target, connect, isOwn, timeout, push } = passage;
  const { path, title } = addressOf(passage, incoming);
  const skip = (reason: string): void => push({ kind: 'skipped', title, reason, failure: false });
  if (path === undefined) {
    refuse(answer, 421, `this is specproof's proxy before ${target.origin}, and before nothing else`);
    skip('asked of the proxy, but meant for another server');
    return;
  }
  incoming.url = path;
  let state: 'open' | 'failed' | 'left' = 'open';
  let timer: NodeJS.Timeout | undefined;
  const { promise: closed, resolve: onClosed } = Promise.withResolvers<void>();
  answer.once('close', () => {
    clearTimeout(timer);
    if (state === 'open' && !answer.writableFinished) state = 'left';
    onClosed();
  });
  const { promise: told, resolve: onTold } = Promise.withResolvers<void>();
  const ended = (record: WireRecord): void => {
    // What its client did not wait for says nothing of the API.
    if (state === 'left' && record.response?.complete !== true) skip('the client did not wait for the whole answer');
    else push({ kind: 'exchange', exchange: keep(passage, record, title) });
    onTold();
  };
  forward(incoming, answer, {
    target,
    connect,
    isOwn,
    answerField: (name, value) => (name.toLowerCase() === 'location' ? throughProxy(value, passage, incoming) : value),
    opened: (outgoing) => {
      recordRequest(outgoing, ended, mostBytes);
      if (timeout !== undefined) timer = setTimeout(() => outgoing.destroy(lateError(timeout)), timeout);
    },
    failed: (error) => {
      state = 'failed';
      const { kind, message } = faultOf(error, false);
      refuse(answer, kind === 'timeout' ? 504 : 502, `${target.origin} gave no whole answer: ${message}`);
    },
  });
  await Promise.all([closed, told]);
}

function lateError(timeout: number): Error {
  return Object.assign(new Error(`no whole answer within ${timeout} ms`), { code: 'ETIMEDOUT' });
}

/** Path and query that the client means, undefined where it takes us for a proxy to another server, and a title without query. */
function addressOf(
  { target, isOwn, redactor }: Passage,
  { method = '', url = '/' }: IncomingMessage,
): { readonly path: string | undefined; readonly title: string } {
  // The absolute form, which every server must take: RFC 9112 section 3.2.2.
  const absolute = /^https?:/i.test(url) ? URL.parse(url) : null;
  const elsewhere = absolute !== null && absolute.origin !== target.origin && !isOwn(absolute.host);
  const path = absolute === null ? url : `${absolute.pathname}${absolute.search}`;
  return { path: elsewhere ? undefined : path, title: `${method} ${redactor.text((elsewhere ? url : path).replace(/\?.*$/s, ''))}` };
}

/** The exchange, without the client's credentials wherever they stand. */
function keep(passage: Passage, record: WireRecord, title: string): Exchange {
  const { target, redactor } = passage;
  passage.count += 1;
  const labels = { id: `proxy-${passage.count}`, source: 'proxy', title, identity: undefined, origin: target.origin } as const;
  const exchange = recordExchange(record, labels);
  redactor.learn(exchange.request);
  if (exchange.response !== undefined) redactor.learn(exchange.response);
  return redactor.exchange(exchange);
}

/** A redirect to the target as one to the proxy, by the name the client knows it under: else the client would leave us. */
function throughProxy(location: string, { target, isOwn }: Passage, { headers: { host = '' }, socket }: IncomingMessage): string {
  if (URL.parse(location)?.origin !== target.origin) return location;
  const own = isOwn(host) ? host : `127.0.0.1:${socket.localPort ?? ''}`;
  return location.replace(/^[^:]*:\/\/[^/?#]*/, `http://${own}`);
}

/** Our own answer, or a connection cut as the target's was. @see https://www.rfc-editor.org/rfc/rfc9457 */
function refuse(answer: ServerResponse, status: number, detail: string): void {
  if (answer.headersSent) {
    answer.destroy();
    return;
  }
  const problem = { type: 'about:blank', title: STATUS_CODES[status], status, detail: `specproof: ${detail}` };
  answer.writeHead(status, { 'Content-Type': 'application/problem+json', Connection: 'close' });
  answer.end(`${JSON.stringify(problem)}\n`);
}
