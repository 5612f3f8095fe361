/** Verdicts as a HAR 1.2 log, an entry at a time, so that a recording of any length can be written while it grows. Pure. */
import type { Content, Cookie, Entry, Header, PostData, QueryString, Request, Response } from 'har-format';
import { isUtf8 } from 'node:buffer';
import { headerValue, type Headers, type ReceivedResponse, type SentRequest } from '../requests/exchange.ts';
import type { Verdict } from '../verdicts/verdict.ts';

/** What comes before the first entry. Between two entries stands a comma, after the last one `harClosing`. */
export function harOpening(version: string): string {
  const log = JSON.stringify({ version: '1.2', creator: { name: 'specproof', version }, pages: [] });
  return `{"log":${log.slice(0, -1)},"entries":[\n`;
}

/** What comes after the last entry. */
export const harClosing = '\n]}}\n';

/**
 * The verdict's exchange as an entry. What HAR has no word for stands in custom members, as browsers have them: `_error` for a fault,
 * `_encoding` for a body that is no text, and in `_specproof` who sent it and which checks failed.
 * @see http://www.softwareishard.com/blog/har-12-spec/
 */
export function harEntry({ exchange, operation, judgements }: Verdict): string {
  const { request, response, fault, timing, source, title, identity } = exchange;
  const headersAt = timing.headers ?? timing.total;
  const entry: Entry = {
    startedDateTime: new Date(timing.startedAt).toISOString(),
    time: timing.total,
    request: requestOf(request, response),
    response: { ...responseOf(request, response), ...(fault && { _error: fault.message }) },
    cache: {},
    timings: { send: 0, wait: headersAt, receive: timing.total - headersAt },
    _specproof: {
      source,
      title,
      identity,
      operation: operation?.id,
      failed: judgements.filter(({ outcome }) => outcome === 'fail').map(({ check }) => check),
    },
  };
  return JSON.stringify(entry);
}

function requestOf({ method, url, headers, body, bodyLost }: SentRequest, response: ReceivedResponse | undefined): Request {
  return {
    method,
    url,
    httpVersion: response?.protocol ?? 'HTTP/1.1',
    cookies: cookiesOf(headers, 'cookie', /;\s*/),
    headers: fields(headers),
    queryString: queryOf(url),
    headersSize: -1,
    bodySize: bodyLost ? -1 : (body?.byteLength ?? 0),
    ...((body !== undefined || bodyLost === true) && { postData: postData(bodyLost ? undefined : body, headers) }),
  };
}

/** Without text where the body was not kept. */
function postData(body: Uint8Array | undefined, headers: Headers): PostData {
  const mimeType = headerValue(headers, 'content-type') ?? '';
  if (body === undefined) return { mimeType, params: [] };
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const text = isUtf8(bytes) ? { text: bytes.toString() } : { text: bytes.toString('base64'), _encoding: 'base64' };
  return { mimeType, ...text };
}

/** A fault without any answer has the status 0, as browsers write it. */
function responseOf({ method }: SentRequest, response: ReceivedResponse | undefined): Response {
  const headers = response?.headers ?? [];
  return {
    status: response?.status ?? 0,
    statusText: '',
    httpVersion: response?.protocol ?? 'HTTP/1.1',
    cookies: cookiesOf(headers, 'set-cookie', /$/),
    headers: fields(headers),
    content: contentOf(method, response),
    redirectURL: headerValue(headers, 'location') ?? '',
    headersSize: -1,
    bodySize: -1,
  };
}

function contentOf(method: string, response: ReceivedResponse | undefined): Content {
  if (response === undefined || method === 'HEAD') return { size: 0, mimeType: '' };
  const mimeType = headerValue(response.headers, 'content-type') ?? '';
  if (response.bodyLost) return { size: -1, mimeType };
  const bytes = Buffer.from(response.body.buffer, response.body.byteOffset, response.body.byteLength);
  const text = isUtf8(bytes) ? { text: bytes.toString() } : { text: bytes.toString('base64'), encoding: 'base64' };
  return { size: bytes.byteLength, mimeType, ...text };
}

function fields(headers: Headers): Header[] {
  return headers.map(([name, value]) => ({ name, value }));
}

function queryOf(url: string): QueryString[] {
  const query = /\?([^#]*)/.exec(url)?.[1] ?? '';
  return [...new URLSearchParams(query)].map(([name, value]) => ({ name, value }));
}

function cookiesOf(headers: Headers, field: string, between: RegExp): Cookie[] {
  return headers
    .filter(([name]) => name.toLowerCase() === field)
    .flatMap(([, value]) => value.split(between))
    .flatMap((pair) => {
      const [, name, value] = /^\s*([^=;]+)=([^;]*)/.exec(pair) ?? [];
      return name === undefined || value === undefined ? [] : [{ name, value }];
    });
}
