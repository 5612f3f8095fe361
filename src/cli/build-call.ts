/** Builds the request of `specproof call` from what was typed. Adds no credential. */
import { HarnessError } from '../errors.ts';
import type { WireRequest } from '../requests/build.ts';
import { headerValue, type Headers } from '../requests/exchange.ts';
import type { Contract, Operation } from '../spec/contract.ts';
import { operationAt } from '../spec/locate.ts';
import { operationBase } from '../spec/servers.ts';
import { asksForBody, joinData, readCallBody, type FormField } from './call-body.ts';
import { chooseCall, fillPath } from './choose-call.ts';
import type { Invocation } from './command.ts';
import { parsePairs, textList } from './parse-flags.ts';

/** A call, ready but for its credentials. */
export interface Call {
  readonly request: WireRequest;
  /** Undefined where the document does not know the path. */
  readonly operation: Operation | undefined;
  /** Of a form, as typed. */
  readonly fields: readonly FormField[] | undefined;
}

/**
 * The call to an API at `baseUrl`.
 * @throws HarnessError `E_USAGE` for a method, path or body that cannot be sent
 */
export async function buildCall(
  { arguments: words, flags, io }: Invocation,
  { contract, baseUrl, headers }: { readonly contract: Contract; readonly baseUrl: string; readonly headers: Headers },
): Promise<Call> {
  const { method, path } = chooseCall(words, contract, {
    method: flags['head'] === true ? 'HEAD' : typeof flags['request'] === 'string' ? flags['request'] : undefined,
    hasBody: asksForBody(flags),
  });
  const filled = fillPath(path, parsePairs('--path', flags['path']));
  const meant = contract.match(method, filled.split('?')[0] ?? filled);
  const address = urlOf(filled, meant === undefined ? baseUrl : operationBase(contract, meant, baseUrl));
  const operation = operationAt(contract, { method, url: address }, baseUrl);
  const cookies = parsePairs('--cookie', flags['cookie']).map(([name, value]) => `${name}=${value}`);
  const body = await readCallBody({ flags, io }, contract, operation);
  return {
    operation,
    fields: body?.fields,
    request: {
      method,
      url: withQuery(address, [...parsePairs('--query', flags['query']).map(encodePair), ...(await dataInQuery({ flags, io }))]),
      headers: [
        ...headers,
        ...(headerValue(headers, 'accept') === undefined ? [['Accept', 'application/json, */*;q=0.1'] as const] : []),
        ...(cookies.length > 0 ? [['Cookie', cookies.join('; ')] as const] : []),
        ...(flags['compressed'] === true ? [['Accept-Encoding', 'gzip, deflate, br, zstd'] as const] : []),
        ...(body !== undefined && headerValue(headers, 'content-type') === undefined ? [['Content-Type', body.contentType] as const] : []),
      ],
      body: body?.bytes,
    },
  };
}

/** An absolute URL is only taken below the base URL: the token goes nowhere else. */
function urlOf(path: string, baseUrl: string): string {
  if (path.startsWith('/')) return `${baseUrl}${path}`;
  if (path === baseUrl || path.startsWith(`${baseUrl}/`) || path.startsWith(`${baseUrl}?`)) return path;
  throw /^https?:/i.test(path)
    ? new HarnessError('E_USAGE', `${path} is not below ${baseUrl}: the token is only for that`, {
        hint: 'name a path below the base URL, for instance /things',
      })
    : new HarnessError('E_USAGE', `the path "${path}" does not begin with a slash`, { hint: `write /${path}` });
}

const encodePair = ([name, value]: readonly [string, string]): string => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`;

/** With `--get`: what `--data` says, as it is. */
async function dataInQuery({ flags, io }: Pick<Invocation, 'flags' | 'io'>): Promise<readonly string[]> {
  if (flags['get'] !== true) return [];
  const text = Buffer.from(await joinData(textList(flags['data']), io)).toString();
  return text === '' ? [] : [text];
}

function withQuery(url: string, pairs: readonly string[]): string {
  return pairs.length === 0 ? url : `${url}${url.includes('?') ? '&' : '?'}${pairs.join('&')}`;
}
