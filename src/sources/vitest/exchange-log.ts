/** Hands the exchanges of tests to whoever runs vitest, through the metadata of tasks. Plain data only: it crosses processes. */
import type { Exchange } from '../../requests/exchange.ts';

/** An exchange with its bodies in base64. */
interface PackedExchange extends Omit<Exchange, 'request' | 'response'> {
  readonly request: Omit<Exchange['request'], 'body'> & { readonly body: string | undefined };
  readonly response: (Omit<NonNullable<Exchange['response']>, 'body'> & { readonly body: string }) | undefined;
}

/** Metadata of a task: its exchanges so far. */
export interface ExchangeMeta {
  specproof?: PackedExchange[];
  /** Why a request of the test was withheld, where one was. */
  specproofWithheld?: string;
}

declare module 'vitest' {
  interface TaskMeta extends ExchangeMeta {}
}

/** Adds an exchange to a task's metadata. */
export function logExchange(meta: ExchangeMeta, exchange: Exchange): void {
  const { request, response } = exchange;
  (meta.specproof ??= []).push({
    ...exchange,
    request: { ...request, body: request.body && pack(request.body) },
    response: response && { ...response, body: pack(response.body) },
  });
}

/** The exchanges in a task's metadata, in order. */
export function loggedExchanges(meta: ExchangeMeta): Exchange[] {
  return (meta.specproof ?? []).map(unpackExchange);
}

function unpackExchange(packed: PackedExchange): Exchange {
  const { request, response } = packed;
  return {
    ...packed,
    request: { ...request, body: request.body === undefined ? undefined : unpack(request.body) },
    response: response && { ...response, body: unpack(response.body) },
  };
}

function pack(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

function unpack(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64'));
}
