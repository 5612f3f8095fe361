/** The OIDC provider beside the stand-in: a real oidc-provider on loopback, with the client-credentials grant and JWT access tokens. */
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Adapter, AdapterPayload, Configuration } from 'oidc-provider';
import type { JsonObject } from '../../lib/json.ts';
import type { FaultSwitch } from './faults.ts';
import { listenOnLoopback } from './loopback-server.ts';
import { loadOidcProvider } from './optional-packages.ts';
import type { EmbeddedClient } from './options.ts';
import { createVerifier, type VerifyToken } from './verify-token.ts';

export interface EmbeddedProvider {
  readonly issuer: string;
  /** Verifies access tokens against the provider's key set of the moment. */
  readonly verify: VerifyToken;
  /** Signs with another key from now on; what was signed before is refused. */
  readonly rotateKeys: () => void;
  readonly close: () => Promise<void>;
}

export interface ProviderOptions {
  readonly clients: Readonly<Record<string, EmbeddedClient>>;
  /** Scopes that clients may ask for; a client that asks for none gets all of them, unless it has a `scope` claim of its own. */
  readonly scopes: readonly string[];
  readonly faults: FaultSwitch;
}

/** Audience of every access token. */
const audience = 'urn:specproof:stand-in';
const defaultLifetime = 300;

/**
 * A provider that is up: discovery, key set and token endpoint. Throws HarnessError E_OPTIONAL without the package oidc-provider.
 * @see https://openid.net/specs/openid-connect-discovery-1_0.html
 * @see https://www.rfc-editor.org/rfc/rfc9068
 */
export async function startProvider(options: ProviderOptions): Promise<EmbeddedProvider> {
  const { Provider } = await loadOidcProvider();
  let handle: (request: IncomingMessage, response: ServerResponse) => unknown = (_request, response) => response.writeHead(503).end();
  let verify: VerifyToken = () => ({ kind: 'refused', reason: 'There is no key yet' });
  const server = await listenOnLoopback(
    (request, response) => {
      const down = options.faults.has('provider-down');
      if (request.method === 'POST' && request.url === '/token' && (down || options.faults.has('provider-refuses')))
        return refuse(request, response, down);
      return void handle(request, response);
    },
    0,
    "the stand-in's OIDC provider",
  );
  const issuer = `http://127.0.0.1:${server.port}`;
  const rotateKeys = (): void => {
    const key = signingKey();
    const provider = new Provider(issuer, configure(options, key));
    // a test provider has nobody to tell of refused clients
    provider.on('server_error', (_context, error) => void error);
    handle = provider.callback();
    const { d: _private, ...publicKey } = key;
    verify = createVerifier({ keys: [publicKey] }, issuer);
  };
  rotateKeys();
  return { issuer, verify: (token) => verify(token), rotateKeys, close: server.close };
}

function refuse(request: IncomingMessage, response: ServerResponse, down: boolean): void {
  request.resume();
  const body = down ? { error: 'server_error' } : { error: 'invalid_client', error_description: 'client authentication failed' };
  response.writeHead(down ? 500 : 401, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}

function signingKey(): JsonObject {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { kty = 'EC', crv = 'P-256', x = '', y = '', d = '' } = privateKey.export({ format: 'jwk' });
  return { kty, crv, x, y, d, kid: randomUUID(), use: 'sig', alg: 'ES256' };
}

function configure({ clients, scopes }: ProviderOptions, key: JsonObject): Configuration {
  const lifetimes = new Map(Object.entries(clients).map(([id, client]) => [id, client.lifetime ?? defaultLifetime]));
  const scope = scopes.join(' ');
  return {
    adapter: createAdapter,
    jwks: { keys: [{ ...key }] },
    scopes: [...scopes],
    // a page may get a token as well as a program: what these clients are for has no secrets
    clientBasedCORS: () => true,
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    clients: Object.entries(clients).map(([id, client]) => ({
      client_id: id,
      client_secret: client.secret,
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
      ...(scope === '' ? {} : { scope }),
    })),
    ttl: { ClientCredentials: (_context, _token, client) => lifetimes.get(client.clientId) ?? defaultLifetime },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        getResourceServerInfo: (_context, _resource, client) => ({
          scope,
          audience,
          accessTokenFormat: 'jwt',
          accessTokenTTL: lifetimes.get(client.clientId) ?? defaultLifetime,
          jwt: { sign: { alg: 'ES256' } },
        }),
      },
    },
    formats: {
      customizers: {
        jwt: (_context, token, jwt) => {
          const id = token.clientId ?? '';
          const granted = jwt.payload['scope'] ?? (scope === '' ? undefined : scope);
          // the configured claims come last: a client may be given a scope, a subject or an audience of its own
          Object.assign(jwt.payload, { azp: id, ...(granted === undefined ? {} : { scope: granted }), ...clients[id]?.claims });
        },
      },
    },
  };
}

/** What the provider itself has to keep between requests: nothing that outlives them matters here. */
function createAdapter(): Adapter {
  const kept = new Map<string, AdapterPayload>();
  return {
    upsert: async (id, payload) => void kept.set(id, payload),
    find: async (id) => kept.get(id),
    findByUserCode: async () => undefined,
    findByUid: async () => undefined,
    consume: async () => undefined,
    destroy: async (id) => void kept.delete(id),
    revokeByGrantId: async () => undefined,
  };
}
