/** Chooses the grant for each kind of identity that has tokens of a provider. */
import { HarnessError } from '../errors.ts';
import { clientCredentials } from './grants/client-credentials.ts';
import { passwordGrant } from './grants/password.ts';
import { refreshTokens } from './grants/refresh-token.ts';
import { exchangeToken } from './grants/token-exchange.ts';
import type { Identity } from './identity.ts';
import type { CredentialOptions } from './identity-options.ts';
import { loginCall } from './login-call.ts';
import { createProvider, type Provider, type ProviderSurroundings } from './provider.ts';
import { refusalCode } from './provider-error.ts';
import { readSecret, resolvePath } from './read-secret.ts';
import { storedLogin } from './stored-login.ts';
import { tokenFile } from './token-file.ts';
import type { Grant } from './token-source.ts';
import { createTokenStore } from './token-store.ts';
import { tokensOf, type TokenResponse } from './tokens.ts';

/** What grants take from outside. */
export interface GrantSurroundings extends ProviderSurroundings {
  /** The identity of that name. */
  readonly subject: ((name: string) => Identity | undefined) | undefined;
}

/** Kinds of credential that are asked for. */
export type TokenOptions = Extract<
  CredentialOptions,
  { readonly kind: 'client-credentials' | 'password' | 'token-exchange' | 'login' | 'token-file' | 'login-call' }
>;

/** The grant, and what reads the secrets that it sends. Throws HarnessError E_CONFIG for a provider that cannot be one. */
export function grantOf(
  identity: string,
  options: TokenOptions,
  surroundings: GrantSurroundings,
): { readonly grant: Grant; readonly secrets: readonly (() => string)[] } {
  const { env, now, tell } = surroundings;
  if (options.kind === 'login-call') {
    const secrets = [options.body, ...Object.values(options.fields ?? {})].flatMap((each) =>
      each === undefined || typeof each === 'string' ? [] : [() => readSecret(identity, each, env)],
    );
    return { grant: loginCall(identity, options, surroundings), secrets };
  }
  if (options.kind === 'token-file') {
    const provider = options.clientId === undefined ? undefined : createProvider(identity, options, surroundings);
    const grant = tokenFile(options, { identity, provider, resolve: (path) => resolvePath(identity, path, env), now, tell });
    return { grant: explained(provider, grant), secrets: provider?.secrets ?? [] };
  }
  const provider = createProvider(identity, options, surroundings);
  const { secrets } = provider;
  switch (options.kind) {
    case 'client-credentials':
      return { grant: renewing(provider, now, () => clientCredentials(provider)), secrets };
    case 'password': {
      const password = (): string => readSecret(identity, options.password, env);
      const first = (): Promise<TokenResponse> => Promise.try(() => passwordGrant(provider, options.username, password()));
      return { grant: renewing(provider, now, first), secrets: [...secrets, password] };
    }
    case 'token-exchange': {
      const first = async (): Promise<TokenResponse> =>
        exchangeToken(provider, await subjectToken(identity, options.subject, surroundings));
      return { grant: renewing(provider, now, first), secrets };
    }
    case 'login':
      return { grant: explained(provider, storedLogin(identity, provider, createTokenStore(identity, options, env), now)), secrets };
    default:
      return options satisfies never;
  }
}

async function subjectToken(identity: string, name: string, { subject }: GrantSurroundings): Promise<string> {
  const found = subject?.(name);
  if (found !== undefined) return (await found.credential()).secret;
  throw new HarnessError('E_CONFIG', `identity ${identity}: there is no identity ${name} whose token it could exchange`);
}

/** By the refresh token where there is one; when that is refused, and the first time, by the grant itself. */
function renewing(provider: Provider, now: () => number, first: () => Promise<TokenResponse>): Grant {
  return explained(provider, async (former) => {
    if (former?.refresh !== undefined) {
      try {
        return tokensOf(await refreshTokens(provider, former.refresh), now(), former);
      } catch (error) {
        if (refusalCode(error) === undefined) throw error;
      }
    }
    return tokensOf(await first(), now());
  });
}

function explained(provider: Provider | undefined, grant: Grant): Grant {
  return async (former) => {
    try {
      return await grant(former);
    } catch (error) {
      throw provider?.explain(error) ?? error;
    }
  };
}
