/** Logs in by one call of a login endpoint: APIs have them that know no OAuth. */
import { HarnessError } from '../errors.ts';
import type { Json } from '../lib/json.ts';
import { valueAt } from '../lib/json-pointer.ts';
import type { CredentialForm } from './identity.ts';
import type { Fields, LoginCallOptions } from './identity-options.ts';
import type { ProviderSurroundings } from './provider.ts';
import { readSecret, type Env } from './read-secret.ts';
import type { Grant } from './token-source.ts';
import { tokensOf } from './tokens.ts';

const timeout = 15_000;

/** How what the call gives is sent. */
export function loginCallForm({ token, send }: LoginCallOptions): CredentialForm {
  if (token === undefined) return { scheme: undefined, place: { in: 'header', name: 'Cookie', exact: true } };
  if (send === undefined) return { scheme: 'Bearer' };
  return { scheme: send.scheme, place: { in: send.in, name: send.name, exact: true } };
}

/** Calls the endpoint for each token, or cookies, that are wanted. Throws HarnessError E_CONFIG for what is no JSON Pointer; the grant E_SECRET, and E_IDENTITY for a call that gives none. */
export function loginCall(identity: string, options: LoginCallOptions, { fetch, now, env }: ProviderSurroundings): Grant {
  const { url, method = 'POST', token } = options;
  if (token !== undefined && 'body' in token && !/^(?:\/|$)/.test(token.body))
    throw new HarnessError('E_CONFIG', `identity ${identity}: "${token.body}", where the token is, is no JSON Pointer`, {
      hint: `write /${token.body}`,
    });
  const failed = (what: string, hint: string): HarnessError =>
    new HarnessError('E_IDENTITY', `identity ${identity}: ${method} ${url} ${what}`, { hint });
  return async () => {
    const request = requestOf(identity, options, env);
    const response = await fetch(url, { method, ...request, redirect: 'manual', signal: AbortSignal.timeout(timeout) }).catch(
      (error: unknown) => {
        throw failed(`gives no answer: ${reasonOf(error)}`, 'check the address of the login endpoint, and that it is up');
      },
    );
    if (response.status >= 400) {
      await response.body?.cancel();
      throw failed(`answers ${response.status}`, 'check the user, the password, and what the endpoint wants to be sent');
    }
    const found = await credentialOf(response, token);
    if (found !== undefined) return tokensOf({ access_token: found }, now());
    throw failed(`answers ${response.status} without ${wanted(token)}`, 'check where its answer holds what requests are to carry');
  };
}

/** The texts, secrets read. Throws HarnessError E_SECRET. */
export function readFields(identity: string, fields: Fields, env: Env): [string, string][] {
  return Object.entries(fields).map(([name, given]) => [name, typeof given === 'string' ? given : readSecret(identity, given, env)]);
}

function requestOf(identity: string, options: LoginCallOptions, env: Env): { readonly headers: Headers; readonly body?: string } {
  const { contentType = 'application/json', fields, body } = options;
  const headers = new Headers(readFields(identity, options.headers ?? {}, env));
  if (fields === undefined && body === undefined) return { headers };
  if (!headers.has('content-type')) headers.set('content-type', contentType);
  if (body !== undefined) return { headers, body: readSecret(identity, body, env) };
  const texts = readFields(identity, fields ?? {}, env);
  const isForm = contentType.toLowerCase().startsWith('application/x-www-form-urlencoded');
  return { headers, body: isForm ? new URLSearchParams(texts).toString() : JSON.stringify(Object.fromEntries(texts)) };
}

async function credentialOf(response: Response, token: LoginCallOptions['token']): Promise<string | undefined> {
  const text = await response.text().catch(() => '');
  if (token === undefined) {
    const cookies = response.headers.getSetCookie().map((field) => field.split(';', 1)[0]?.trim() ?? '');
    // without a value it is one that the answer takes away
    return cookies.filter((cookie) => /=./.test(cookie)).join('; ') || undefined;
  }
  if ('header' in token) return response.headers.get(token.header) || undefined;
  try {
    const value = valueAt(JSON.parse(text) as Json, token.body);
    return typeof value === 'string' || typeof value === 'number' ? String(value) || undefined : undefined;
  } catch {
    return undefined;
  }
}

function wanted(token: LoginCallOptions['token']): string {
  if (token === undefined) return 'a cookie';
  return 'header' in token ? `a header field ${token.header}` : `a token at ${token.body} of a JSON body`;
}

/** What undici says stands in the cause. */
function reasonOf(error: unknown): string {
  const { message, cause } = error instanceof Error ? error : new Error(String(error));
  return cause instanceof Error && cause.message !== '' ? cause.message : message;
}
