/** Builds the request of `specproof call` from what was typed. Adds no credential. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { HarnessError } from '../errors.ts';
import type { WireRequest } from '../requests/build.ts';
import { headerValue, type Headers } from '../requests/exchange.ts';
import type { Invocation } from './command.ts';
import type { Io } from './io.ts';
import { parsePairs } from './parse-flags.ts';

/**
 * The request, below the base URL.
 * @throws HarnessError `E_USAGE` for a method, path or body that cannot be sent
 */
export async function buildCall(
  { arguments: [method = '', path = ''], flags, io }: Invocation,
  baseUrl: string,
  headers: Headers,
): Promise<WireRequest> {
  if (!/^[!#$%&'*+\-.^_`|~\w]+$/.test(method))
    throw new HarnessError('E_USAGE', `"${method}" is no method`, { hint: 'specproof call GET /things' });
  const body = typeof flags['data'] === 'string' ? await readBody(flags['data'], io) : undefined;
  return {
    method: method.toUpperCase(),
    url: withQuery(urlOf(path, baseUrl), parsePairs('--query', flags['query'])),
    headers: [
      ...headers,
      ...(headerValue(headers, 'accept') === undefined ? [['Accept', 'application/json, */*;q=0.1'] as const] : []),
      ...(body !== undefined && headerValue(headers, 'content-type') === undefined ? [['Content-Type', 'application/json'] as const] : []),
    ],
    body,
  };
}

/** An absolute URL is only taken below the base URL: the token goes nowhere else. */
function urlOf(path: string, baseUrl: string): string {
  if (path.startsWith('/')) return `${baseUrl}${path}`;
  if (path === baseUrl || path.startsWith(`${baseUrl}/`) || path.startsWith(`${baseUrl}?`)) return path;
  const what = /^https?:/i.test(path)
    ? `${path} is not below ${baseUrl}: the token is only for that`
    : `the path "${path}" does not begin with a slash`;
  throw new HarnessError('E_USAGE', what, { hint: 'name a path below the base URL, for instance /things' });
}

function withQuery(url: string, pairs: readonly (readonly [string, string])[]): string {
  if (pairs.length === 0) return url;
  const query = pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');
  return `${url}${url.includes('?') ? '&' : '?'}${query}`;
}

async function readBody(given: string, io: Io): Promise<Uint8Array> {
  if (!given.startsWith('@')) return Buffer.from(given);
  if (given === '@-') {
    const chunks: Uint8Array[] = [];
    for await (const chunk of io.stdin ?? []) chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
    return Buffer.concat(chunks);
  }
  try {
    return await readFile(resolve(io.cwd, given.slice(1)));
  } catch (error) {
    throw new HarnessError('E_USAGE', `--data: cannot read ${given.slice(1)}: ${error instanceof Error ? error.message : String(error)}`, {
      hint: 'name a file after the @',
      cause: error,
    });
  }
}
