/** Identities from their configuration. Secrets come from the environment and go nowhere but into credentials. */
import { HarnessError } from '../errors.ts';
import { joinLists } from '../lib/join-lists.ts';
import { once } from '../lib/once.ts';
import type { CredentialForm, CredentialSource, Identity } from './identity.ts';
import type { CredentialOptions, Fields, IdentityOptions, Secret } from './identity-options.ts';
import { grantOf, type TokenOptions } from './grant-of.ts';
import { loginCallForm, readFields } from './login-call.ts';
import { readSecret, readVariable, type Env } from './read-secret.ts';
import { createTokenSource } from './token-source.ts';
import { whyUntimely } from './token-times.ts';

/** What an identity takes from outside, for tests to replace. */
export interface IdentityDependencies {
  /** Sends the requests to providers and login endpoints; the platform's own where left out. */
  readonly fetch?: typeof globalThis.fetch;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  readonly env?: Env;
  /** Hears what the user should know, a line each: which file a token is of, clocks that differ. */
  readonly tell?: ((line: string) => void) | undefined;
  /** The identity of that name, for those that exchange its token. */
  readonly subject?: (name: string) => Identity | undefined;
}

/**
 * The identities by name; each may exchange the token of another.
 * Throws HarnessError E_CONFIG as `createIdentity` does, and for exchanges that go round in a circle.
 */
export function createIdentities(
  options: ReadonlyMap<string, IdentityOptions>,
  dependencies: Omit<IdentityDependencies, 'subject'> = {},
): ReadonlyMap<string, Identity> {
  const identities = new Map<string, Identity>();
  for (const [name, given] of options) {
    assertNoCircle(name, options);
    identities.set(name, createIdentity(name, given, { ...dependencies, subject: (subject) => identities.get(subject) }));
  }
  return identities;
}

function assertNoCircle(name: string, options: ReadonlyMap<string, IdentityOptions>): void {
  const passed = new Set<string>();
  const follow = (current: string): void => {
    if (passed.has(current)) throw new HarnessError('E_CONFIG', `identity ${name}: its subject is, in the end, itself`);
    passed.add(current);
    const given = options.get(current);
    if (given?.kind === 'token-exchange') follow(given.subject);
  };
  follow(name);
}

/**
 * The identity of that name. Its credentials throw HarnessError E_SECRET for an environment variable that is not set,
 * E_IDENTITY for a provider that gives no token; this function itself throws E_CONFIG for a provider that cannot be one.
 * The scheme is `Bearer` unless configured; the empty string sends the secret bare.
 */
export function createIdentity(name: string, options: IdentityOptions, dependencies: IdentityDependencies = {}): Identity {
  const now = dependencies.now ?? Date.now;
  const own =
    options.kind === 'several'
      ? Object.entries(options.credentials).map(([scheme, given]) => createSource(name, given, dependencies, scheme))
      : [createSource(name, options, dependencies)];
  const sources = own.map((source) => honest(source, name, now));
  const [main] = sources;
  if (main === undefined) throw new HarnessError('E_CONFIG', `identity ${name} holds no credential`);
  return { name, sources, credential: main.credential, secrets: joinLists(sources.map(({ secrets }) => secrets)) };
}

/** The same source; a token that the API refuses because its time is over, or has not come, is an environment error and nobody's finding. */
function honest(source: CredentialSource, name: string, now: () => number): CredentialSource {
  return {
    ...source,
    renew: async (refused) => {
      if (await source.renew(refused)) return true;
      const why = whyUntimely(refused, now());
      if (why === undefined) return false;
      throw new HarnessError('E_IDENTITY', `identity ${name}: the API refuses its token, which ${why}`, {
        hint: 'give another token, or set the clocks right',
      });
    },
  };
}

function createSource(
  name: string,
  options: CredentialOptions,
  dependencies: IdentityDependencies,
  securityScheme?: string,
): CredentialSource {
  const env = dependencies.env ?? process.env;
  const secret = (given: Secret): string => readSecret(name, given, env);
  const named = securityScheme === undefined ? {} : { securityScheme };
  const scheme = (given: string | undefined): string | undefined => (given === '' ? undefined : (given ?? 'Bearer'));
  switch (options.kind) {
    case 'static':
      return fixed({ scheme: scheme(options.scheme), ...named }, () => options.token);
    case 'environment':
      return fixed({ scheme: scheme(options.scheme), ...named }, () => readVariable(name, options.variable, env));
    case 'basic':
      return fixed({ scheme: 'Basic', ...named }, () => `${options.username}:${secret(options.password)}`);
    case 'api-key': {
      const { in: where, name: field } = options;
      const place = field === undefined ? {} : { place: { in: where ?? 'header', name: field } };
      return fixed({ scheme: undefined, ...place, ...named }, () => secret(options.key));
    }
    case 'headers': {
      const [[field, value] = [], ...others] = Object.entries(options.headers);
      if (field === undefined || value === undefined) throw new HarnessError('E_CONFIG', `identity ${name}: headers has none`);
      const read = (): string => (typeof value === 'string' ? value : secret(value));
      const source = fixed({ scheme: undefined, place: { in: 'header', name: field, exact: true }, ...named }, read);
      const secrets = (): string[] => secretsOf(name, options.headers, env);
      return accompanied({ ...source, secrets }, name, Object.fromEntries(others), env);
    }
    case 'login-call': {
      const source = renewed({ ...loginCallForm(options), ...named }, name, options, { ...dependencies, env });
      const secrets = (): string[] => [
        ...source.secrets().flatMap((each) => (options.token === undefined ? [each, ...cookieValues(each)] : each)),
        ...secretsOf(name, options.headers ?? {}, env),
      ];
      return accompanied({ ...source, secrets }, name, options.along ?? {}, env);
    }
    case 'client-credentials':
    case 'password':
    case 'token-exchange':
    case 'login':
    case 'token-file':
      return renewed({ scheme: 'Bearer', ...named }, name, options, { ...dependencies, env });
    default:
      return options satisfies never;
  }
}

function renewed(
  form: CredentialForm,
  name: string,
  options: TokenOptions,
  dependencies: IdentityDependencies & { readonly env: Env },
): CredentialSource {
  const { fetch = globalThis.fetch, now = Date.now, env, tell = (): void => undefined, subject } = dependencies;
  const { grant, secrets } = grantOf(name, options, { fetch, now, env, tell, subject });
  const source = createTokenSource(grant, now, tell);
  return {
    form,
    credential: async () => ({ ...form, secret: await source.token() }),
    renew: source.renew,
    secrets: joinLists([...secrets.map((read) => held(read, (secret) => [secret])), source.tokens]),
  };
}

/** The same source, whose credentials take these header fields along. */
function accompanied(source: CredentialSource, name: string, fields: Fields, env: Env): CredentialSource {
  if (Object.keys(fields).length === 0) return source;
  return {
    ...source,
    credential: async () => ({ ...(await source.credential()), along: readFields(name, fields, env) }),
    secrets: joinLists([source.secrets, () => secretsOf(name, fields, env)]),
  };
}

/** The secret values of header fields, and what stands in them after a scheme. */
function secretsOf(name: string, fields: Fields, env: Env): string[] {
  return Object.values(fields).flatMap((given) => {
    const [value = ''] = typeof given === 'string' ? [] : attempt(() => readSecret(name, given, env));
    const [, scheme = '', credential = ''] = /^(\S+) +(.+)$/.exec(value) ?? [];
    const plain = scheme.toLowerCase() === 'basic' ? Buffer.from(credential, 'base64').toString('utf8') : '';
    return [value, credential, plain, ...passwordOf(plain, scheme)].filter((each) => each !== '');
  });
}

function cookieValues(cookies: string): string[] {
  return cookies.split('; ').map((cookie) => cookie.slice(cookie.indexOf('=') + 1));
}

function fixed(form: CredentialForm, given: () => string): CredentialSource {
  const read = once(given);
  return {
    form,
    credential: () => Promise.try(() => ({ ...form, secret: read() })),
    renew: () => Promise.resolve(false),
    secrets: held(read, (secret) => [secret, ...passwordOf(secret, form.scheme)]),
  };
}

/** The password alone is a secret too. */
function passwordOf(secret: string, scheme: string | undefined): string[] {
  return scheme?.toLowerCase() === 'basic' && secret.includes(':') ? [secret.slice(secret.indexOf(':') + 1)] : [];
}

/** What is secret in what is read, from when it can be read: until then it is no secret yet. */
function held(read: () => string, secretsIn: (text: string) => readonly string[]): () => readonly string[] {
  let known: readonly string[] | undefined;
  return () => (known ??= attempt(read).map(secretsIn)[0]) ?? nothing;
}

const nothing: readonly string[] = [];

/** Nothing for what cannot be read. */
function attempt(read: () => string): string[] {
  try {
    return [read()];
  } catch {
    return [];
  }
}
