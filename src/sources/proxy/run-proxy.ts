/** Stands between any client and the API: passes on what comes, and yields each exchange. Judges nothing. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLearningRedactor, type ReadDocument } from '../../requests/learning-redactor.ts';
import type { Connect } from '../../requests/network.ts';
import { isLoopback } from '../../lib/is-loopback.ts';
import type { SuiteEvent } from '../../run/events.ts';
import { listenOnLoopback } from '../../targets/embedded/loopback-server.ts';
import { createEventQueue } from '../../lib/event-queue.ts';
import { mostHeaderBytes } from '../wire/forward.ts';
import { passRequest, type Passage } from './pass-request.ts';

export interface ProxyOptions {
  /** Of the target. */
  readonly baseUrl: string;
  /** Port on 127.0.0.1; 0 for a free one. */
  readonly port: number;
  /** Opens connections to the target that speak HTTP/1.1. */
  readonly connect: Connect;
  /** Names the API keys among what clients send. */
  readonly contract: ReadDocument;
  /** Everything that no record may hold, beside the clients' own credentials. */
  readonly secrets: () => readonly string[];
  /** Milliseconds after which the target is given up; undefined: as long as the client waits. */
  readonly timeout: number | undefined;
  /** Is told where clients find the API, once they do. */
  readonly onReady: (baseUrl: string) => void;
  /** Ends the proxy: it takes nothing more, and what is under way has a moment. */
  readonly signal: AbortSignal;
}

/** Milliseconds that exchanges under way have when the proxy is stopped. */
const grace = 3000;

/**
 * An exchange for each request that the target answered or failed to, in the order in which they end; what a client did not wait for is told as skipped.
 * @throws HarnessError `E_TARGET` when the port is taken
 */
export async function* runProxy(options: ProxyOptions): AsyncGenerator<SuiteEvent, void, undefined> {
  const { signal } = options;
  const queue = createEventQueue<SuiteEvent>();
  const underWay = new Set<Promise<unknown>>();
  const listener = (incoming: IncomingMessage, answer: ServerResponse): void => {
    const passing: Promise<unknown> = passRequest(passage, incoming, answer).finally(() => underWay.delete(passing));
    underWay.add(passing);
  };
  const { server, port, close } = await listenOnLoopback(listener, options.port, 'the proxy', {
    maxHeaderSize: mostHeaderBytes,
    requestTimeout: 0,
  });
  // Whether the body may come is for the target to say.
  server.on('checkContinue', listener);
  const passage: Passage = {
    target: new URL(options.baseUrl),
    connect: options.connect,
    timeout: options.timeout,
    isOwn: (authority) => isLoopback(`http://${authority}`) && new URL(`http://${authority}`).port === String(port),
    redactor: createLearningRedactor(options.secrets, options.contract),
    push: queue.push,
    count: 0,
  };
  const stop = async (): Promise<void> => {
    server.close();
    const allPassed = (within: number): Promise<unknown> => Promise.race([Promise.all(underWay), sleep(within, undefined, { ref: false })]);
    await allPassed(grace);
    await close();
    // Those that were cut are told.
    await allPassed(200);
    queue.end();
  };
  const onAbort = (): void => void stop();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    if (signal.aborted) return;
    options.onReady(`http://127.0.0.1:${port}${passage.target.pathname.replace(/\/$/, '')}`);
    yield* queue.events();
  } finally {
    signal.removeEventListener('abort', onAbort);
    await close();
  }
}
