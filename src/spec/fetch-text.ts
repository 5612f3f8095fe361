/** Gets a text from a URL or a file for the contract's loader. Must send credentials to no origin but the one they are for. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { HarnessError } from '../errors.ts';
import { decodeText } from '../lib/decode-text.ts';
import { fileErrorReason } from '../lib/file-error.ts';

export interface FetchTextOptions {
  readonly fetch?: typeof fetch;
  /** Sent to `origin` only. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly origin?: string;
  /** Milliseconds for the whole answer; 30 s where left out. */
  readonly timeout?: number;
  /** Throws for a URL that must not be fetched; asked again for every redirect. */
  readonly assertAllowed?: (url: URL) => void;
}

export interface FetchedText {
  readonly text: string;
  /** URL or path that answered, after redirects, without credentials. */
  readonly location: string;
  /** Of the answer, lower case, without parameters; empty for a file. */
  readonly contentType: string;
}

/** What helps where a document is behind a login. */
export const needsCredentials = 'the document needs credentials: give them with -H';

const maxBytes = 128 * 1024 * 1024;
const maxRedirects = 10;

/** Whether a source is an http or https URL rather than a file. */
export function isWebUrl(source: string): boolean {
  return /^https?:\/\//i.test(source);
}

/** The URL for messages and locks: without user name and password. */
export function publicUrl(url: URL): string {
  const bare = new URL(url);
  bare.username = '';
  bare.password = '';
  return bare.href;
}

const wrong = (message: string, cause?: unknown, hint?: string): HarnessError =>
  new HarnessError('E_SPEC_FETCH', message, { ...(cause === undefined ? {} : { cause }), ...(hint === undefined ? {} : { hint }) });

/** What an error of fetch says underneath: its own message is only "fetch failed". */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (cause instanceof AggregateError && cause.errors.length > 0) return reasonOf(cause.errors[0]);
  if (cause instanceof Error) return cause.message || ('code' in cause ? String(cause.code) : cause.name);
  return error.message;
}

function headersFor(url: URL, options: FetchTextOptions): Record<string, string> {
  const headers: Record<string, string> = { accept: 'application/json, application/yaml, text/html;q=0.8, */*;q=0.5' };
  if (url.origin === options.origin) Object.assign(headers, options.headers);
  if (url.username !== '') {
    const pair = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
    headers['authorization'] = `Basic ${Buffer.from(pair).toString('base64')}`;
  }
  return headers;
}

async function readBody(response: Response, location: string): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.byteLength;
    if (size > maxBytes) throw wrong(`${location} is larger than ${maxBytes / 1024 / 1024} MiB`);
    parts.push(part);
  }
  return decodeText(Buffer.concat(parts), /charset="?([\w-]+)/i.exec(response.headers.get('content-type') ?? '')?.[1]);
}

async function fetchUrl(start: URL, options: FetchTextOptions, signal: AbortSignal): Promise<FetchedText> {
  let url = start;
  for (let hop = 0; hop <= maxRedirects; hop++) {
    options.assertAllowed?.(url);
    const location = publicUrl(url);
    const response = await (options.fetch ?? fetch)(location, { headers: headersFor(url, options), redirect: 'manual', signal });
    const next = response.headers.get('location');
    if (response.status >= 300 && response.status < 400 && next !== null) {
      await response.body?.cancel();
      url = new URL(next, url);
      if (!isWebUrl(url.href)) throw wrong(`${location} redirects to ${url.protocol}, which is no web address`);
      continue;
    }
    if (!response.ok) {
      await response.body?.cancel();
      const hint = response.status === 401 || response.status === 403 ? needsCredentials : undefined;
      throw wrong(`${location} answers ${response.status} ${response.statusText}`.trimEnd(), undefined, hint);
    }
    const contentType = (response.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
    return { text: await readBody(response, location), location, contentType };
  }
  throw wrong(`${publicUrl(start)} redirects more than ${maxRedirects} times`);
}

async function readSource(path: string): Promise<FetchedText> {
  try {
    return { text: decodeText(await readFile(path)), location: path, contentType: '' };
  } catch (error) {
    throw wrong(`${path} cannot be read: ${fileErrorReason(error)}`, error, 'check the path, or name the URL of the document');
  }
}

/**
 * The text at an http(s) URL, a `file:` URL or a path. Redirects are followed, each one asked for; credentials stay with their origin.
 * @throws HarnessError `E_SPEC_FETCH` when nothing listens, the status is no 2xx, the time is over or the file cannot be read
 */
export async function fetchText(source: string, options: FetchTextOptions = {}): Promise<FetchedText> {
  if (!isWebUrl(source)) return readSource(source.startsWith('file://') ? fileURLToPath(source) : source);
  let url: URL;
  try {
    url = new URL(source);
  } catch (error) {
    throw wrong(`${source.split('@').at(-1) ?? ''} is not a valid URL`, error);
  }
  const timeout = options.timeout ?? 30_000;
  const signal = AbortSignal.timeout(timeout);
  try {
    return await fetchUrl(url, options, signal);
  } catch (error) {
    if (error instanceof HarnessError) throw error;
    const what = signal.aborted ? `no complete answer within ${timeout} ms` : reasonOf(error);
    throw wrong(`${publicUrl(url)} cannot be fetched: ${what}`, error);
  }
}
