/** Tokens for a user who logs in with this machine's browser: a code on a loopback redirect, with PKCE. @see https://www.rfc-editor.org/rfc/rfc8252#section-7.3 and https://www.rfc-editor.org/rfc/rfc7636 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HarnessError } from '../../errors.ts';
import type { Provider } from '../provider.ts';
import type { TokenResponse } from '../tokens.ts';

export interface BrowserLogin {
  /** Name of the identity, for messages. */
  readonly identity: string;
  /** Called with the page that the user must see. */
  readonly show: (url: string) => void;
  /** Of the redirect URI; 0 takes a free one. */
  readonly port: number;
  readonly loginHint: string | undefined;
  readonly signal: AbortSignal;
}

const path = '/callback';

/** The answer once the user has logged in. Rejects when the user refuses or the signal is aborted; throws HarnessError E_IDENTITY when the port is taken. */
export async function authorizationCode({ ask, parameters }: Provider, login: BrowserLogin): Promise<TokenResponse> {
  const redirect = await listenForRedirect(login);
  try {
    return await ask(async (client, configuration) => {
      const verifier = client.randomPKCECodeVerifier();
      const state = client.randomState();
      const url = client.buildAuthorizationUrl(configuration, {
        ...parameters,
        redirect_uri: redirect.uri,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        ...(login.loginHint === undefined ? {} : { login_hint: login.loginHint }),
      });
      login.show(url.href);
      const came = await redirect.came(state);
      return client.authorizationCodeGrant(configuration, came, { pkceCodeVerifier: verifier, expectedState: state });
    });
  } finally {
    redirect.close();
  }
}

interface Redirect {
  readonly uri: string;
  /** The URL that the browser was sent to with this state; others may knock, they are turned away. */
  readonly came: (state: string) => Promise<URL>;
  readonly close: () => void;
}

async function listenForRedirect({ identity, port, signal }: BrowserLogin): Promise<Redirect> {
  const { promise, resolve, reject } = Promise.withResolvers<URL>();
  // nobody may be waiting yet when the user gives up
  promise.catch(() => undefined);
  let expected: string | undefined;
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', uri());
    const ours = url.pathname === path && expected !== undefined && url.searchParams.get('state') === expected;
    const text = !ours
      ? 'This is not the page you are looking for.'
      : `${url.searchParams.has('code') ? 'Logged in' : 'Not logged in'}: you can close this page and go back to the terminal.`;
    response.writeHead(ours ? 200 : 404, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' }).end(`${text}\n`);
    if (ours) resolve(url);
  });
  const uri = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  } catch {
    throw new HarnessError('E_IDENTITY', `identity ${identity}: port ${port} for the redirect of the browser is taken`, {
      hint: 'stop what uses it, or configure another redirectPort that the provider knows',
    });
  }
  const abort = (): void => reject(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  return {
    uri: uri(),
    came: (state) => {
      expected = state;
      return promise;
    },
    close: () => {
      signal.removeEventListener('abort', abort);
      server.close();
    },
  };
}
