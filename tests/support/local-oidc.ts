/** A real OIDC provider on loopback for tests: its pages log anybody in, its access tokens are JWTs. */
import { once } from 'node:events';
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import { Provider, type ClientMetadata, type Configuration } from 'oidc-provider';
import { onTestFinished, vi } from 'vitest';

/** The origin of a server that lives as long as the test. */
export async function listen(listener: (...given: Parameters<RequestListener>) => unknown): Promise<string> {
  const server = createServer((request, response) => void listener(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export interface LocalProvider {
  readonly issuer: string;
  /** Method and path of what it was asked. */
  readonly asked: string[];
  /** Answers all further requests in place of the provider, until undefined is given. */
  readonly standIn: (listener: RequestListener | undefined) => void;
  /** Milliseconds that its `Date` is ahead. */
  readonly setClock: (ahead: number) => void;
}

/** A public client that users log in with. */
export const loginClient: ClientMetadata = {
  client_id: 'cli',
  application_type: 'native',
  token_endpoint_auth_method: 'none',
  grant_types: ['urn:ietf:params:oauth:grant-type:device_code', 'authorization_code', 'refresh_token'],
  redirect_uris: ['http://127.0.0.1/callback'],
  response_types: ['code'],
};

/** A provider that is up. Access tokens live for `lifetime` seconds, a minute by default; refresh tokens are rotated, and one that is used twice ends its login. */
export async function startLocalProvider(
  clients: readonly ClientMetadata[],
  { lifetime = 60, codeLifetime = 60 }: { readonly lifetime?: number; readonly codeLifetime?: number } = {},
): Promise<LocalProvider> {
  const asked: string[] = [];
  let handle: RequestListener | undefined;
  let standIn: RequestListener | undefined;
  let ahead = 0;
  const issuer = await listen((request, response) => {
    asked.push(`${request.method} ${(request.url ?? '').split('?')[0]}`);
    if (ahead !== 0) setDate(response, Date.now() + ahead);
    if (request.url === '/device/auth') hasten(response);
    (standIn ?? handle)?.(request, response);
  });
  // It warns of its in-memory adapter and its pages.
  for (const method of ['warn', 'info'] as const) {
    const spy = vi.spyOn(console, method).mockReturnValue();
    onTestFinished(() => spy.mockRestore());
  }
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const key = { ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig', kid: 'test' };
  const provider = new Provider(issuer, configuration(clients, key, lifetime, codeLifetime));
  handle = provider.callback();
  return { issuer, asked, standIn: (listener) => void (standIn = listener), setClock: (given) => void (ahead = given) };
}

/** The provider names no interval, and the five seconds of RFC 8628 are long for a test. */
function hasten(response: ServerResponse): void {
  const end = response.end.bind(response) as (text: string) => ServerResponse;
  response.end = (body: unknown) => {
    const text = JSON.stringify({ ...(JSON.parse(String(body)) as object), interval: 0.1 });
    response.setHeader('content-length', Buffer.byteLength(text));
    return end(text);
  };
}

/** The response says another time than it is. */
export function setDate(response: ServerResponse, time: number): void {
  response.sendDate = false;
  response.setHeader('date', new Date(time).toUTCString());
}

function configuration(
  clients: readonly ClientMetadata[],
  key: Record<string, unknown>,
  lifetime: number,
  codeLifetime: number,
): Configuration {
  return {
    clients: [...clients],
    scopes: ['openid', 'offline_access', 'read'],
    enabledJWA: { clientAuthSigningAlgValues: ['HS256', 'RS256', 'PS256', 'ES256', 'Ed25519'] },
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'],
    features: {
      clientCredentials: { enabled: true },
      deviceFlow: { enabled: true },
      devInteractions: { enabled: true },
      revocation: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => 'urn:api',
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({ scope: 'read', accessTokenFormat: 'jwt', accessTokenTTL: lifetime }),
      },
    },
    pkce: { required: () => true },
    rotateRefreshToken: true,
    issueRefreshToken: (_context, client) => client.grantTypeAllowed('refresh_token'),
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
    ttl: {
      ClientCredentials: lifetime,
      AccessToken: lifetime,
      DeviceCode: codeLifetime,
      RefreshToken: 3600,
      Grant: 3600,
      Session: 3600,
      Interaction: 600,
      IdToken: 60,
    },
    jwks: { keys: [key] },
    cookies: { keys: ['test'] },
  };
}
