/** A client at its OAuth 2.0 provider: finds the endpoints, proves the client, and asks. Knows no grant by name. */
import type * as OpenIdClient from 'openid-client';
import type { HarnessError } from '../errors.ts';
import type { ClientOptions } from './identity-options.ts';
import { createClientProofs } from './client-proofs.ts';
import type { Env } from './read-secret.ts';
import { providerAddresses } from './provider-addresses.ts';
import { createProviderClock } from './provider-clock.ts';
import { providerError } from './provider-error.ts';

export type OAuthClient = typeof OpenIdClient;

export interface Provider {
  /** Issuer or token endpoint, for messages. */
  readonly where: string;
  /** `scope` and `audience`, as parameters of a request for tokens. */
  readonly parameters: Readonly<Record<string, string>>;
  /** What the request gives; made as the provider wants the client to prove itself. Throws what it throws: `explain` makes sense of it. */
  readonly ask: <T>(request: (client: OAuthClient, configuration: OpenIdClient.Configuration) => Promise<T>) => Promise<T>;
  /** Read what the client proves itself with, for redaction; each may throw. */
  readonly secrets: readonly (() => string)[];
  /** The E_IDENTITY for whatever `ask` threw. */
  readonly explain: (error: unknown) => HarnessError;
}

/** What a provider takes from outside. */
export interface ProviderSurroundings {
  readonly fetch: typeof globalThis.fetch;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly env: Env;
  /** Hears what the user should know, a line each. */
  readonly tell: (line: string) => void;
}

const timeoutSeconds = 15;

/** A refusal without its `WWW-Authenticate` field: openid-client would report that and leave the error code in the body unread. */
function withoutChallenge(response: Response): Response {
  if (!response.headers.has('www-authenticate')) return response;
  const headers = new Headers(response.headers);
  headers.delete('www-authenticate');
  return new Response(response.body, { status: response.status, headers });
}

/** A JSON answer without its members that are null: many APIs write so what is not there, and openid-client would refuse it. */
async function withoutNulls(response: Response): Promise<Response> {
  const text = response.headers.get('content-type')?.includes('json') === true ? await response.text() : '';
  if (text === '') return response;
  const { status, headers } = response;
  try {
    return new Response(
      JSON.stringify(JSON.parse(text), (_name, value: unknown) => value ?? undefined),
      { status, headers },
    );
  } catch {
    return new Response(text, { status, headers });
  }
}

/** The provider; asks nobody anything yet. Throws HarnessError E_CONFIG for an issuer or endpoint that is no https URL (http on loopback). */
export function createProvider(identity: string, options: Partial<ClientOptions>, surroundings: ProviderSurroundings): Provider {
  const proofs = createClientProofs(identity, options, surroundings.env);
  const { issuer, endpoints } = providerAddresses(identity, options);
  const { clientId = 'unnamed' } = options;
  const where = options.issuer ?? options.tokenEndpoint ?? '';
  let metadata: OpenIdClient.ServerMetadata | undefined = endpoints;
  const clock = createProviderClock(where, surroundings.now, (line) => surroundings.tell(`identity ${identity}: ${line}`));
  const fetch: OpenIdClient.CustomFetch = async (url, init) => {
    const response = await surroundings.fetch(url, init as RequestInit);
    clock.read(response);
    return withoutNulls(withoutChallenge(response));
  };
  const configure = (
    client: OAuthClient,
    server: OpenIdClient.ServerMetadata,
    proof: OpenIdClient.ClientAuth,
  ): OpenIdClient.Configuration => {
    const own = { [client.clockSkew]: Math.round(clock.ahead() / 1000) };
    const configuration = new client.Configuration(server, clientId, own, proof);
    configuration.timeout = timeoutSeconds;
    configuration[client.customFetch] = fetch;
    if (server.issuer.startsWith('http:')) client.allowInsecureRequests(configuration);
    return configuration;
  };
  const { scope, audience } = options;
  return {
    where,
    parameters: { ...(scope === undefined ? {} : { scope }), ...(audience === undefined ? {} : { audience }) },
    ask: async (request) => {
      const client = await import('openid-client');
      // what is missing here is told before anybody is asked
      for (const read of proofs.secrets) read();
      metadata ??= await discover(client, issuer, clientId, fetch);
      const [first, second] = await proofs.of(client, metadata);
      try {
        return await request(client, configure(client, metadata, first));
      } catch (error) {
        // clients are registered for one way of proving themselves, and providers do not say for which
        if (second === undefined || !(error instanceof client.ResponseBodyError) || error.error !== 'invalid_client') throw error;
        return await request(client, configure(client, metadata, second));
      }
    },
    secrets: proofs.secrets,
    explain: (error) => providerError(error, { identity, where, isDiscovered: endpoints === undefined, skew: clock.ahead() }),
  };
}

/** By OpenID Connect discovery, else as plain OAuth 2.0 servers publish it; what the first of them said is told where neither works. */
async function discover(
  client: OAuthClient,
  issuer: URL,
  clientId: string,
  fetch: OpenIdClient.CustomFetch,
): Promise<OpenIdClient.ServerMetadata> {
  const by = async (algorithm: 'oidc' | 'oauth2'): Promise<OpenIdClient.ServerMetadata> => {
    const configuration = await client.discovery(issuer, clientId, undefined, client.None(), {
      algorithm,
      execute: issuer.protocol === 'http:' ? [client.allowInsecureRequests] : [],
      timeout: timeoutSeconds,
      [client.customFetch]: fetch,
    });
    return configuration.serverMetadata();
  };
  try {
    return await by('oidc');
  } catch (error) {
    const { cause } = error as { readonly cause?: unknown };
    if (!(cause instanceof Response) || cause.status !== 404) throw error;
    return by('oauth2').catch(() => {
      throw error;
    });
  }
}
