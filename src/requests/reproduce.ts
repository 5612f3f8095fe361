/** An exchange's request as a command to try by hand. Pure. */
import { isUtf8 } from 'node:buffer';
import { headerValue, type Exchange, type SentRequest } from './exchange.ts';
import { multipartArguments, type FormArgument } from './reproduce-multipart.ts';
import { otherTokenMark, secretMark, tokenMark } from './redact.ts';
import { quote, type Variable } from './shell-quote.ts';

/** Longer arguments are refused by Linux; those bodies go through a pipe. */
const longestArgument = 100_000;

/** curl says this of its own accord or works it out from the rest. */
const ownFields = /^(?:host|content-length|connection)$/i;

/** What clients send beside what they were told: it would hide what matters. Each with the field that it is known by. */
const clientFields = [
  {
    sign: /^postman-token: /i,
    fields: /^(?:postman-token: .*|cache-control: no-cache|user-agent: PostmanRuntime.*|accept-encoding: gzip, deflate, br)$/i,
  },
  {
    sign: /^user-agent: mozilla\/5/i,
    fields:
      /^(?:user-agent|sec-[a-z-]+|accept-encoding|accept-language|referer|priority|upgrade-insecure-requests|dnt|cache-control|pragma): /i,
  },
];

/** What a reader's environment holds in the place of struck credentials. */
export const credentials: readonly Variable[] = [
  { mark: tokenMark, name: 'TOKEN' },
  { mark: secretMark, name: 'TOKEN' },
  { mark: otherTokenMark, name: 'OTHER_TOKEN' },
];

/**
 * One line of POSIX shell that sends the same request with curl. `$BASE` stands for the base URL where the request went below it, `$TOKEN` for the credential,
 * `$OTHER_TOKEN` for one that was altered on purpose. Bodies that no argument can carry are piped from printf. `form` is what the body's parts
 * are written as, where somebody knows better than the bytes: files by their names.
 */
export function curlCommand(
  exchange: Exchange,
  options: { readonly baseUrl: string; readonly form?: readonly FormArgument[] | undefined },
): string {
  const { request } = exchange;
  const body = request.body ?? new Uint8Array(0);
  const form = options.form ?? multipartArguments(headerValue(request.headers, 'content-type'), body);
  const piped = form === undefined && body.length > 0 && !isPlainText(body);
  const words = ['curl', ...methodWords(request, body.length > 0), ...fieldWords(request, form !== undefined, body.length > 0)];
  if (form !== undefined) words.push(...form.flatMap(([flag, value]) => [flag, quote(value, credentials)]));
  else if (piped) words.push('--data-binary', '@-');
  else if (body.length > 0) words.push('--data-raw', quote(text(body), credentials));
  words.push(...urlWords(request.url, options.baseUrl));
  // A leading hyphen would be taken for an option.
  return piped ? `printf ${quote(printfFormat(body).replace(/^-/, String.raw`\055`), [])} | ${words.join(' ')}` : words.join(' ');
}

function text(body: Uint8Array): string {
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
}

/** Text on one line that an argument can carry. */
function isPlainText(body: Uint8Array): boolean {
  return body.length <= longestArgument && isUtf8(body) && !body.some((byte) => byte < 0x20 || byte === 0x7f);
}

function methodWords({ method }: SentRequest, hasBody: boolean): string[] {
  if (method === 'HEAD' && !hasBody) return ['-I'];
  return method === (hasBody ? 'POST' : 'GET') ? ['-i'] : ['-i', '-X', quote(method, [])];
}

/** Fields as sent, and without those that curl would add. */
function fieldWords({ headers }: SentRequest, form: boolean, hasBody: boolean): string[] {
  const words: string[] = [];
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  const client = clientFields.find(({ sign }) => lines.some((line) => sign.test(line)));
  for (const [index, [name, value]] of headers.entries()) {
    const line = lines[index] ?? '';
    if (ownFields.test(name) || (form && /^content-type$/i.test(name))) continue;
    if (client?.fields.test(line) === true || /^accept: \*\/\*$/i.test(line)) continue;
    // `Name;` is curl's way to send a field without a value, `Name:` its way to send none.
    words.push('-H', quote(value.trim() === '' ? `${name};` : `${name}: ${value}`, credentials));
  }
  if (headerValue(headers, 'accept') === undefined) words.push('-H', 'Accept:');
  if (hasBody && !form && headerValue(headers, 'content-type') === undefined) words.push('-H', 'Content-Type:');
  return words;
}

function urlWords(url: string, baseUrl: string): string[] {
  const base = baseUrl.replace(/\/+$/, '');
  const below = url.startsWith(base) && /^(?:[/?]|$)/.test(url.slice(base.length));
  const address = below ? `${baseMark}${url.slice(base.length)}` : url;
  const words = /[[\]{}]/.test(url) ? ['-g'] : [];
  if (/\/(?:\.|%2e){1,2}(?:[/?]|$)/i.test(url)) words.push('--path-as-is');
  return [...words, quote(address, [...credentials, { mark: baseMark, name: 'BASE' }])];
}

/** No URL can hold it. */
const baseMark = '‹base›';

/** All bytes that are not plain as octal escapes, which every printf knows. */
function printfFormat(body: Uint8Array): string {
  let format = '';
  for (const byte of body) {
    if (byte === 0x25) format += '%%';
    else if (byte === 0x5c) format += '\\\\';
    else if (byte === 0x0a) format += '\\n';
    else if (byte === 0x0d) format += '\\r';
    else format += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, '0')}`;
  }
  return format;
}
