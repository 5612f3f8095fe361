/** Access tokens by the OAuth 2.0 client credentials grant. RFC 6749 section 4.4; provider metadata by OIDC discovery. */
import { isIP } from 'node:net';
import type * as OpenIdClient from 'openid-client';
import { HarnessError } from '../errors.ts';
import { decodeToken } from './decode-token.ts';
import { providerError } from './provider-error.ts';

/** A client at a provider. */
export interface TokenSourceOptions {
  /** Name of the identity, for messages. */
  readonly identity: string;
  readonly issuer: string;
  readonly clientId: string;
  /** Reads the client secret; may throw HarnessError E_SECRET. */
  readonly secret: () => string;
  readonly scope?: string;
  readonly audience?: string;
}

export interface TokenSource {
  /** An access token that is good for now. Concurrent callers share one token request. Throws HarnessError E_IDENTITY, E_SECRET. */
  readonly token: () => Promise<string>;
  /** Every token handed out so far. */
  readonly tokens: () => readonly string[];
}

interface HeldToken {
  readonly text: string;
  /** Milliseconds since the epoch from which on a new one is asked for. */
  readonly renewAt: number;
}

/** Seconds that a token is taken to live when nothing says. */
const assumedLife = 60;
const timeoutSeconds = 15;

type Fetch = OpenIdClient.CustomFetch;

/** A refusal without its `WWW-Authenticate` field: openid-client would report that and leave the error code in the body unread. */
function withoutChallenge(response: Response): Response {
  if (!response.headers.has('www-authenticate')) return response;
  const headers = new Headers(response.headers);
  headers.delete('www-authenticate');
  return new Response(response.body, { status: response.status, headers });
}

/** A source of tokens; asks nobody anything before the first token is wanted. Throws HarnessError E_CONFIG for an issuer that is no https URL (http on loopback). */
export function createTokenSource(options: TokenSourceOptions, givenFetch: typeof globalThis.fetch, now: () => number): TokenSource {
  const issuer = issuerUrl(options);
  const fetch: Fetch = async (url, init) => withoutChallenge(await givenFetch(url, init as RequestInit));
  const tokens = new Set<string>();
  let discovered: OpenIdClient.Configuration | undefined;
  let held: HeldToken | undefined;
  let pending: Promise<string> | undefined;

  const renew = async (): Promise<string> => {
    try {
      const client = await import('openid-client');
      const secret = options.secret();
      discovered ??= await discover(client, issuer, options.clientId, secret, fetch);
      const response = await requestToken(client, discovered, options, secret, fetch);
      const asked = now();
      const life = lifeOf(response, asked);
      held = { text: response.access_token, renewAt: asked + life - marginOf(life) };
      tokens.add(held.text);
      if (response.refresh_token !== undefined) tokens.add(response.refresh_token);
      return held.text;
    } catch (error) {
      throw providerError(error, options);
    } finally {
      pending = undefined;
    }
  };

  return {
    token: async () => {
      if (held !== undefined && now() < held.renewAt) return held.text;
      pending ??= renew();
      return pending;
    },
    tokens: () => [...tokens],
  };
}

function issuerUrl({ identity, issuer }: TokenSourceOptions): URL {
  const url = URL.parse(issuer);
  if (url === null) throw new HarnessError('E_CONFIG', `identity ${identity}: issuer ${JSON.stringify(issuer)} is no URL`);
  const allowed = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
  if (!allowed || url.username !== '' || url.password !== '') {
    throw new HarnessError('E_CONFIG', `identity ${identity}: issuer ${url.origin} must be an https URL without credentials in it`, {
      hint: 'http is for issuers on loopback only: the client secret would travel in the clear',
    });
  }
  return url;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || (isIP(host) === 4 && host.startsWith('127.'));
}

function discover(
  client: typeof OpenIdClient,
  issuer: URL,
  clientId: string,
  secret: string,
  fetch: Fetch,
): Promise<OpenIdClient.Configuration> {
  return client.discovery(issuer, clientId, undefined, client.ClientSecretBasic(secret), {
    execute: issuer.protocol === 'http:' ? [client.allowInsecureRequests] : [],
    timeout: timeoutSeconds,
    [client.customFetch]: fetch,
  });
}

/** By HTTP Basic, which every provider must know (RFC 6749 section 2.3.1), else, where the provider offers it, in the body: clients are registered for one of them. */
async function requestToken(
  client: typeof OpenIdClient,
  configuration: OpenIdClient.Configuration,
  { clientId, scope, audience }: TokenSourceOptions,
  secret: string,
  fetch: Fetch,
): Promise<Awaited<ReturnType<typeof OpenIdClient.clientCredentialsGrant>>> {
  const parameters = { ...(scope === undefined ? {} : { scope }), ...(audience === undefined ? {} : { audience }) };
  const metadata = configuration.serverMetadata();
  const methods = metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
  const inBody = (): OpenIdClient.Configuration => {
    const other = new client.Configuration(metadata, clientId, undefined, client.ClientSecretPost(secret));
    other.timeout = timeoutSeconds;
    other[client.customFetch] = fetch;
    if (metadata.issuer.startsWith('http:')) client.allowInsecureRequests(other);
    return other;
  };
  if (!methods.includes('client_secret_basic') && methods.includes('client_secret_post'))
    return client.clientCredentialsGrant(inBody(), parameters);
  try {
    return await client.clientCredentialsGrant(configuration, parameters);
  } catch (error) {
    const refused = error instanceof client.ResponseBodyError && error.error === 'invalid_client';
    if (!refused || !methods.includes('client_secret_post')) throw error;
    return client.clientCredentialsGrant(inBody(), parameters);
  }
}

/** Milliseconds: by `expires_in`, else by the token's own `exp`, else assumed. */
function lifeOf(response: { readonly access_token: string; readonly expires_in?: number | undefined }, now: number): number {
  if (response.expires_in !== undefined) return response.expires_in * 1000;
  const exp = decodeToken(response.access_token)?.claims['exp'];
  return typeof exp === 'number' ? Math.max(0, exp * 1000 - now) : assumedLife * 1000;
}

/** Ten seconds or a tenth of its life before it ends, but never before half of it: tokens may live for seconds only. */
function marginOf(life: number): number {
  return Math.min(Math.max(10_000, life / 10), life / 2);
}
