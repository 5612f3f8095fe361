/** Identities from their configuration. Secrets come from the environment and go nowhere but into credentials. */
import { HarnessError } from '../errors.ts';
import { createTokenSource } from './client-credentials.ts';
import type { Credential, Identity, IdentityOptions } from './identity.ts';

/** What an identity takes from outside, for tests to replace. */
export interface IdentityDependencies {
  readonly fetch?: typeof globalThis.fetch;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/**
 * The identity of that name. Its `credential()` throws HarnessError E_SECRET for an environment variable that is not set,
 * E_IDENTITY for a provider that gives no token; this function itself throws E_CONFIG for an issuer that cannot be one.
 * The scheme is `Bearer` unless configured; the empty string sends the secret bare.
 */
export function createIdentity(name: string, options: IdentityOptions, dependencies: IdentityDependencies = {}): Identity {
  const env = dependencies.env ?? process.env;
  if (options.kind === 'static') return fixedIdentity(name, () => options.token, options.scheme);
  if (options.kind === 'environment') return fixedIdentity(name, () => readVariable(name, options.variable, env), options.scheme);
  const { clientSecret } = options;
  const secret = (): string => ('variable' in clientSecret ? readVariable(name, clientSecret.variable, env) : clientSecret.testValue);
  const client = { ...options, identity: name, secret };
  const source = createTokenSource(client, dependencies.fetch ?? globalThis.fetch, dependencies.now ?? Date.now);
  return {
    name,
    credential: async () => ({ secret: await source.token(), scheme: 'Bearer' }),
    secrets: () => [...attempt(secret), ...source.tokens()],
  };
}

function fixedIdentity(name: string, read: () => string, scheme: string | undefined): Identity {
  const credential = (): Credential => ({ secret: read(), scheme: scheme === '' ? undefined : (scheme ?? 'Bearer') });
  return {
    name,
    credential: () => Promise.try(credential),
    secrets: () => {
      const known = attempt(read);
      return known.concat(known.flatMap((secret) => passwordOf(secret, scheme)));
    },
  };
}

/** The password alone is a secret too. */
function passwordOf(secret: string, scheme: string | undefined): string[] {
  return scheme?.toLowerCase() === 'basic' && secret.includes(':') ? [secret.slice(secret.indexOf(':') + 1)] : [];
}

/** What cannot be read is no secret yet. */
function attempt(read: () => string): string[] {
  try {
    return [read()];
  } catch {
    return [];
  }
}

/** Without the line end that a file read into a variable leaves. */
function readVariable(identity: string, variable: string, env: Readonly<Record<string, string | undefined>>): string {
  const value = env[variable]?.trim() ?? '';
  if (value === '') {
    throw new HarnessError('E_SECRET', `identity ${identity}: environment variable ${variable} is not set`, { hint: `export ${variable}` });
  }
  return value;
}
