/**
 * Setup file of vitest's workers where only safe requests may be sent: with fetch, undici, node:http and all that stands on them, an unsafe request
 * to the target ends before its first byte is written. What a test writes to sockets by itself, and programs that it starts, are beyond it.
 */
import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';
import { inject, TestRunner, type TestContext } from 'vitest';
import type { Headers } from '../../requests/exchange.ts';
import { createReachesAddress } from '../newman/reaches-target.ts';
import { theApi } from './api-test.ts';
import type { ProvidedApi } from './provided.ts';

const provided = inject('specproof') as ProvidedApi | undefined;
if (provided?.safeOnly !== undefined) guard(provided, await createReachesAddress(provided.baseUrl));

function guard({ baseUrl, identities }: ProvidedApi, reaches: (address: string | undefined, port: number | undefined) => boolean): void {
  const { origin } = new URL(baseUrl);
  const { withhold } = theApi();
  const issuers = Object.values(identities).flatMap((identity) =>
    'issuer' in identity ? [identity.issuer] : 'url' in identity ? [identity.url] : [],
  );

  const refusal = (method: string, path: string, headers: Headers): Error | undefined => {
    const url = `${origin}${path}`;
    // Identities get their tokens by POST, maybe from the target's own origin.
    const reason = issuers.some((issuer) => url.startsWith(issuer)) ? undefined : withhold?.({ method, url, headers });
    return reason === undefined ? undefined : new Error(`this request is withheld: ${reason}`);
  };
  const end = (socket: Socket, error: Error): void => {
    if (!reaches(socket.remoteAddress, socket.remotePort)) return;
    const test = TestRunner.getCurrentTest<TestContext['task'] | undefined>();
    if (test) test.meta.specproofWithheld = error.message;
    socket.destroy(error);
  };

  // Published right before the first byte of a request is written: https://undici.nodejs.org/#/docs/api/DiagnosticsChannel
  subscribe('undici:client:sendHeaders', (message) => {
    const { request, headers, socket } = message as UndiciMessage;
    const error = refusal(request.method, request.path, fieldsOf(headers));
    if (error) end(socket, error);
  });
  subscribe('http.client.request.created', (message) => {
    const { request } = message as { readonly request: ClientRequest };
    const headers = Object.entries(request.getHeaders()).map(([name, value]) => [name, String(value)] as const);
    const error = refusal(request.method, request.path, headers);
    if (!error) return;
    request.prependOnceListener('socket', (socket) => {
      if (socket.connecting) socket.prependOnceListener('connect', () => end(socket, error));
      else end(socket, error);
    });
  });
}

interface UndiciMessage {
  readonly request: { readonly method: string; readonly path: string };
  /** Raw lines over HTTP/1.1, an object over HTTP/2. */
  readonly headers: string | Readonly<Record<string, unknown>>;
  readonly socket: Socket;
}

function fieldsOf(headers: UndiciMessage['headers']): Headers {
  if (typeof headers !== 'string') return Object.entries(headers).map(([name, value]) => [name, String(value)]);
  return headers.split('\r\n').flatMap((line) => {
    const at = line.indexOf(':');
    return at > 0 ? [[line.slice(0, at), line.slice(at + 1).trim()] as const] : [];
  });
}
