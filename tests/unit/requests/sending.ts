/** What the transport's tests share: a server that says exactly what it is told to, and a transport that is closed with the test. */
import { onTestFinished } from 'vitest';
import type { Exchange } from '../../../src/requests/exchange.ts';
import { createTransport, type Transport, type TransportOptions } from '../../../src/requests/send.ts';
import { rawServer, type RawServer } from './raw-server.ts';

export const tags = { id: 'x1', source: 'generated', title: 'a case', identity: 'admin' } as const;

export function transport(options: Partial<TransportOptions> = {}): Transport {
  const made = createTransport({
    connections: 1,
    headersTimeout: 2000,
    bodyTimeout: 2000,
    totalTimeout: 4000,
    maxBodyBytes: 100_000,
    rate: undefined,
    secrets: () => [],
    ...options,
  });
  onTestFinished(() => made.close());
  return made;
}

export async function serve(answer: Parameters<typeof rawServer>[0]): Promise<RawServer> {
  const server = await rawServer(answer);
  onTestFinished(server.close);
  return server;
}

export function get(sender: Transport, url: string, method = 'GET'): Promise<Exchange> {
  return sender.send({ method, url, headers: [], body: method === 'POST' ? Buffer.from('{}') : undefined }, tags);
}

export function text(exchange: Exchange): string | undefined {
  return exchange.response === undefined ? undefined : Buffer.from(exchange.response.body).toString();
}

export const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
