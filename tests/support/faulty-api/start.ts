/** Starts the observatory on a free loopback port, with the wanted switches on. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { document } from './document.ts';
import type { Arrival } from './hooks.ts';
import { mostBytes } from './read-body.ts';
import { answer, problem, type Reply } from './reply.ts';
import { respond, type Api } from './respond.ts';
import { switches } from './switches.ts';
import { issueToken, users } from './tokens.ts';
import { createWorld } from './world.ts';
import { writeParserError, writeReply } from './write-reply.ts';

export interface FaultyApi {
  /** What the document's paths stand below. */
  readonly baseUrl: string;
  readonly documentUrl: string;
  readonly tokens: {
    readonly main: string;
    /** Sees what main made, may not change it. */
    readonly other: string;
    /** May only read. */
    readonly reader: string;
    /** Of another institute: sees nothing that main made. */
    readonly stranger: string;
    /** Main's, well signed, out of date since 2001. */
    readonly expired: string;
  };
  readonly close: () => Promise<void>;
}

const base = '/v1';

/** A running API, empty, with the switches of these ids on. Throws an Error for an unknown id. */
export async function startFaultyApi(options: { readonly switches?: readonly string[]; readonly seed?: number } = {}): Promise<FaultyApi> {
  const api = createApi(options.switches ?? [], options.seed ?? 0);
  const server = createServer(
    { keepAliveTimeout: 120_000, maxHeaderSize: 512 * 1024, requireHostHeader: false },
    (request, response) => void serve(api, request, response),
  );
  server.on('checkExpectation', (request, response) => void serve(api, request, response));
  server.on('connect', (_request, socket: Socket) => {
    writeParserError(socket, 'HPE_INVALID_METHOD', Buffer.from('CONNECT / HTTP/1.1'), () =>
      problem(405, 'This is no proxy.', { Allow: '' }),
    );
  });
  server.on('clientError', (error: NodeJS.ErrnoException & { rawPacket?: Buffer }, socket) => {
    writeParserError(
      socket as Socket,
      error.code,
      error.rawPacket,
      (method, target) => replyTo(api, arrivalOf(method, target, {}, new Uint8Array(), false)).reply,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const soon = Math.floor(Date.now() / 1000) + 86_400;
  const token = (name: keyof typeof users, expires = soon): string => issueToken(api.key, users[name], expires);
  return {
    baseUrl: `${origin}${base}`,
    documentUrl: `${origin}/openapi.json`,
    tokens: {
      main: token('main'),
      other: token('other'),
      reader: token('reader'),
      stranger: token('stranger'),
      expired: token('main', 1_000_000_000),
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function createApi(ids: readonly string[], seed: number): Api {
  const chosen = ids.map((id) => {
    const found = switches.find((candidate) => candidate.id === id);
    if (!found) throw new Error(`there is no switch ${id}`);
    return found;
  });
  return {
    rules: chosen.reduce((rules, { hooks }) => hooks.rules?.(rules) ?? rules, document),
    bends: chosen.map(({ operation, hooks }) => ({ operations: operation.split(', '), hooks })),
    world: createWorld(seed),
    key: `observatory ${seed}`,
  };
}

async function serve(api: Api, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const { bytes, oversized } = await readAll(request);
    const { reply, hooks } = replyTo(api, arrivalOf(request.method ?? '', request.url ?? '', request.headers, bytes, oversized));
    if (!hooks.some((hook) => hook.send?.(response, reply, request))) writeReply(response, reply);
  } catch (error) {
    if (request.destroyed && !request.complete) return;
    writeReply(response, problem(500, error instanceof Error ? (error.stack ?? error.message) : String(error)));
  }
}

/** All of the body as far as it is kept; what is beyond is read and dropped, so that the answer gets through. */
async function readAll(request: IncomingMessage): Promise<{ readonly bytes: Uint8Array; readonly oversized: boolean }> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= mostBytes) chunks.push(chunk);
  }
  return { bytes: Buffer.concat(chunks), oversized: size > mostBytes };
}

interface Asked extends Arrival {
  /** Path as sent, base path included. */
  readonly whole: string;
}

function arrivalOf(method: string, target: string, headers: Arrival['headers'], bytes: Uint8Array, oversized: boolean): Asked {
  const relative = target.replace(/^https?:\/\/[^/?#]*/i, '');
  const [beforeFragment = ''] = relative.split('#', 1);
  const mark = beforeFragment.indexOf('?');
  const whole = mark < 0 ? beforeFragment : beforeFragment.slice(0, mark);
  const query = mark < 0 ? '' : beforeFragment.slice(mark + 1);
  return { method, whole, path: whole.startsWith(`${base}/`) ? whole.slice(base.length) : '', query, headers, bytes, oversized };
}

function replyTo(api: Api, arrival: Asked): ReturnType<typeof respond> {
  const plain = (reply: Reply): ReturnType<typeof respond> => ({ reply, hooks: [] });
  if (arrival.whole === '*' && arrival.method === 'OPTIONS')
    return plain({ status: 204, headers: { Allow: 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS' }, body: undefined });
  if (arrival.whole === '/openapi.json' && (arrival.method === 'GET' || arrival.method === 'HEAD')) return plain(answer(200, document));
  return arrival.path === '' ? plain(problem(404, 'There is nothing here.')) : respond(api, arrival);
}
