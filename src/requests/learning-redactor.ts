/** Strikes the credentials of clients that we were never told: they are learned from what the clients send and get. */
import type { Contract } from '../spec/contract.ts';
import { headerValue, type Headers } from './exchange.ts';
import { createRedactor, secretMark, strikeExchange, type Redactor, type Strokes } from './redact.ts';
import { unpublished } from './unpublished.ts';

/** One direction of an exchange, raw. */
export interface Message {
  readonly url?: string;
  readonly headers: Headers;
  readonly body: Uint8Array | undefined;
}

/** A redactor that also hides what stands where credentials stand: cookies, API keys, token parameters. */
export interface LearningRedactor extends Redactor {
  /** Takes the message's credentials in, so that they are struck wherever else they turn up. Call it before anything of the message is kept. */
  readonly learn: (message: Message) => void;
}

/** Credentials that are remembered: the newest. One that was forgotten is learned anew when it is used again. */
const mostLearned = 500;
/** Shorter ones are hidden in their own place only: as everyday words they would be found, and struck, in any text. */
const shortestCredential = 8;
const shortestOther = 16;

/** Members and parameters of RFC 6749, 7521, 7636 and 8628 that are credentials. */
const tokenNames = 'access_token|refresh_token|id_token|client_secret|client_assertion|device_code|code_verifier|password';
const plain = String.raw`[^"\\\u0000-\u001f]*`;
const tokenMember = new RegExp(String.raw`"(?:${tokenNames})"\s*:\s*("${plain}(?:\\(?:["\\/bfnrt]|u[\da-fA-F]{4})${plain})*")`, 'g');
const tokenField = new RegExp(`^(?:${tokenNames})$`);
const jsonWebToken = /eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]+/g;
const telltale = /authorization|cookie|token|secret|api-?key|password/i;

/** What is known of the document: its API keys, and what it says itself. */
export type ReadDocument = Pick<Contract, 'securitySchemes' | 'document'>;

/** A redactor for the secrets that are known and those it learns. */
export function createLearningRedactor(known: () => readonly string[], contract: ReadDocument): LearningRedactor {
  const keys = [...contract.securitySchemes.values()].filter(({ type }) => type === 'apiKey');
  const named = (place: string): string[] => keys.flatMap((key) => (key.in === place ? [(key.parameterName ?? '').toLowerCase()] : []));
  const fields = new Set(named('header'));
  const isCredentialField = (name: string): boolean => fields.has(name.toLowerCase()) || telltale.test(name);
  const parameters = new Set(named('query'));
  const isCredentialParameter = (name: string): boolean =>
    parameters.has(name.toLowerCase()) || tokenField.test(name) || /^(?:api[-_]?key|token)$/i.test(name);

  const isSecret = unpublished({ contract });
  const learned = new Set<string>();
  const keep =
    (shortest: number) =>
    (secret: string): void => {
      if (secret.length < shortest || secret.includes(secretMark) || !isSecret(secret)) return;
      learned.add(secret);
      const [oldest = ''] = learned;
      if (learned.size > mostLearned) learned.delete(oldest);
    };
  const inner = createRedactor(() => [...known(), ...learned]);

  const strokes: Strokes = {
    text: (value) => inner.text(hideParameters(value, isCredentialParameter)),
    bytes: inner.bytes,
    headers: (headers) => inner.headers(headers).map(([name, value]) => [name, hideField(name, value, isCredentialField)]),
  };

  return {
    ...strokes,
    exchange: (exchange) => strikeExchange(exchange, strokes),
    learn: ({ url = '', headers, body }) => {
      for (const [name, value] of headers) {
        if (/^(?:proxy-)?authorization$/i.test(name)) credentialTexts(value).forEach(keep(shortestCredential));
        else if (/^(?:set-)?cookie$/i.test(name)) cookieValues(value).forEach(keep(shortestOther));
        else if (isCredentialField(name)) keep(shortestOther)(value);
      }
      for (const [name, value] of queryOf(url)) if (isCredentialParameter(name)) keep(shortestCredential)(value);
      bodyTokens(body, headerValue(headers, 'content-type') ?? '').forEach(keep(shortestCredential));
      for (const token of url.match(jsonWebToken) ?? []) keep(shortestOther)(token);
    },
  };
}

/** The credential of `Scheme credential`; for Basic its password too. @see https://www.rfc-editor.org/rfc/rfc7617#section-2 */
function credentialTexts(field: string): string[] {
  const [, scheme = '', credential = ''] = /^(?:(\S+)\s+)?(\S.*)$/s.exec(field) ?? [];
  if (scheme.toLowerCase() !== 'basic') return [credential];
  const pair = Buffer.from(credential, 'base64').toString();
  return [credential, pair, pair.slice(pair.indexOf(':') + 1)];
}

/** @see https://www.rfc-editor.org/rfc/rfc6265#section-4 */
function cookieValues(field: string): string[] {
  return field.split(/;\s*/).flatMap((pair) => (pair.includes('=') ? [pair.slice(pair.indexOf('=') + 1)] : []));
}

function queryOf(url: string): Iterable<[string, string]> {
  return new URLSearchParams(/\?([^#]*)/.exec(url)?.[1] ?? '');
}

function bodyTokens(body: Uint8Array | undefined, type: string): string[] {
  if (body === undefined || !/json|x-www-form-urlencoded/i.test(type)) return [];
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString();
  if (!/json/i.test(type)) return [...new URLSearchParams(text)].flatMap(([name, value]) => (tokenField.test(name) ? [value] : []));
  const members = [...text.matchAll(tokenMember)].map(([, literal = '""']) => String(JSON.parse(literal)));
  return [...members, ...(text.match(jsonWebToken) ?? [])];
}

function hideParameters(text: string, isCredential: (name: string) => boolean): string {
  return text.replace(/([?&])([^=&#\s]+)=([^&#\s]+)/g, (whole, before: string, name: string) =>
    isCredential(name) ? `${before}${name}=${secretMark}` : whole,
  );
}

/** Of cookies the names stay; `Authorization` is the inner redactor's; a short value, such as a count of tokens, is no credential. */
function hideField(name: string, value: string, isCredential: (name: string) => boolean): string {
  if (/^(?:proxy-)?authorization$/i.test(name)) return value;
  if (/^cookie$/i.test(name)) return value.replace(/(=)[^;]*/g, `$1${secretMark}`);
  if (/^set-cookie$/i.test(name)) return value.replace(/^([^=;]*=)[^;]*/, `$1${secretMark}`);
  return isCredential(name) && value.length >= shortestCredential ? secretMark : value;
}
