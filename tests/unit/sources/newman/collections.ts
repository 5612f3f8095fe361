/** Small collections and a server for the newman tests. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { runCollection } from '../../../../src/sources/newman.ts';
import type { CollectionOptions } from '../../../../src/sources/newman.ts';
import type { SuiteEvent } from '../../../../src/run/events.ts';
import type { Exchange } from '../../../../src/requests/exchange.ts';
import type { Judgement } from '../../../../src/verdicts/verdict.ts';

export interface Item {
  readonly name: string;
  readonly method?: string;
  /** Below `{{baseUrl}}`, or absolute. */
  readonly path?: string;
  readonly body?: object;
  readonly auth?: object;
  readonly header?: readonly object[];
  readonly before?: string;
  readonly test?: string;
  readonly proxy?: object;
}

/** Serves on 127.0.0.1 until the test is over; gives the origin and what it was asked. */
export async function serve(
  listener: RequestListener,
): Promise<{ readonly origin: string; readonly port: number; readonly asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    listener(request, response);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { origin: `http://127.0.0.1:${port}`, port, asked };
}

export function answerJson(value: unknown, status = 200): RequestListener {
  return (request, response) => {
    request.resume();
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
  };
}

export async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

export function collectionOf(items: readonly Item[]): object {
  return {
    info: { name: 'Test', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
    auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{token}}', type: 'string' }] },
    item: items.map((item) => ({
      name: item.name,
      request: {
        method: item.method ?? 'GET',
        url: item.path?.startsWith('http') === true ? item.path : `{{baseUrl}}${item.path ?? '/'}`,
        header: item.header ?? [],
        ...(item.body && { body: item.body }),
        ...(item.auth && { auth: item.auth }),
        ...(item.proxy && { proxy: item.proxy }),
      },
      event: [
        ...(item.before === undefined ? [] : [{ listen: 'prerequest', script: { exec: item.before.split('\n') } }]),
        ...(item.test === undefined ? [] : [{ listen: 'test', script: { exec: item.test.split('\n') } }]),
      ],
    })),
  };
}

/** The path of a file of that content in a folder that is removed after the test. */
export async function fileOf(content: unknown, name = 'test.postman_collection.json'): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'specproof-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, name);
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

export type RunItemsOptions = Partial<CollectionOptions> & { readonly baseUrl: string };

export async function eventsOf(items: readonly Item[] | object, options: RunItemsOptions): Promise<SuiteEvent[]> {
  const collection = await fileOf(Array.isArray(items) ? collectionOf(items as readonly Item[]) : items);
  const events: SuiteEvent[] = [];
  for await (const event of runCollection({ collection, token: async () => undefined, secrets: () => [], ...options })) events.push(event);
  return events;
}

export function exchangesOf(events: readonly SuiteEvent[]): Exchange[] {
  return events.flatMap((event) => (event.kind === 'exchange' ? [event.exchange] : []));
}

export function judgementsOf(events: readonly SuiteEvent[]): Judgement[] {
  return events.flatMap((event) =>
    event.kind === 'exchange' ? (event.judgements ?? []) : event.kind === 'judgement' ? [event.judgement] : [],
  );
}

export function skippedOf(events: readonly SuiteEvent[]): string[] {
  return events.flatMap((event) =>
    event.kind === 'skipped' ? [`${event.title}: ${event.reason}${event.failure ? ' (failure)' : ''}`] : [],
  );
}
