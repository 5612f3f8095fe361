/** Makes the identities of a run from configuration and flags, and sorts out whose word is whose. Asks no provider yet. */
import { createIdentities } from '../auth/create-identity.ts';
import type { Identity } from '../auth/identity.ts';
import { credentialsOf, type CredentialOptions, type IdentityOptions } from '../auth/identity-options.ts';
import { HarnessError } from '../errors.ts';
import { joinLists } from '../lib/join-lists.ts';
import { nearest } from '../lib/nearest.ts';
import type { Headers } from '../requests/exchange.ts';
import { unpublished } from '../requests/unpublished.ts';
import type { Contract } from '../spec/contract.ts';
import type { Environment } from './config.ts';
import type { Settings } from './settings.ts';

export interface OpenIdentities {
  readonly identities: ReadonlyMap<string, Identity>;
  /** How each of them gets its credentials. */
  readonly options: ReadonlyMap<string, IdentityOptions>;
  /** Name of the identity that requests are sent as. */
  readonly main: string | undefined;
  readonly readers: readonly string[];
  readonly peers: readonly string[];
  readonly strangers: readonly string[];
  /** Header fields for every request; credentials among the user's own have become an identity. */
  readonly headers: Headers;
  /** Everything that no record may hold, as known at the time of the call. */
  readonly secrets: () => readonly string[];
}

/** What the identities depend on. */
interface Surroundings {
  readonly contract: Pick<Contract, 'securitySchemes' | 'document'> | undefined;
  /** Issuer of the target's own provider. */
  readonly issuer: string | undefined;
  /** Of the target: login endpoints may be named from there. */
  readonly baseUrl?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Reaches providers; the platform's own where it is left out. */
  readonly fetch?: typeof globalThis.fetch;
  /** Hears what the user should know of tokens and clocks, a line each. */
  readonly tell?: ((line: string) => void) | undefined;
}

/** Label of the identity whose credential the user gave as a header field. */
const headerIdentity = 'header';

/**
 * The identities by name. The first `--identity` is the main one where the environment has none; a credential given with `--header` is before both.
 * @throws HarnessError `E_CONFIG` for the issuer `target` without such a target, `E_USAGE` for a role that names no identity
 */
export function openIdentities(settings: Settings, environment: Environment | undefined, surroundings: Surroundings): OpenIdentities {
  const { own, headers } = takeCredential(settings.headers ?? [], surroundings.contract);
  const options = new Map<string, IdentityOptions>(
    Object.entries(environment?.identities ?? {}).map(([name, given]) => [name, withTarget(name, given, surroundings)]),
  );
  for (const [name, given] of Object.entries(settings.identities ?? {}))
    options.set(name, typeof given === 'string' ? { kind: 'static', token: given } : withTarget(name, given, surroundings));
  if (own !== undefined) options.set(headerIdentity, own);
  const { env, fetch, tell } = surroundings;
  const identities = createIdentities(options, { env, tell, ...(fetch && { fetch }) });
  const [firstConfigured] = Object.keys(environment?.identities ?? {});
  const [firstGiven] = Object.keys(settings.identities ?? {});
  const main = settings.main ?? (own === undefined ? (firstConfigured ?? firstGiven) : (firstGiven ?? headerIdentity));
  const named = (role: string, names: readonly string[] = []): readonly string[] => {
    for (const name of names) assertNamed(role, name, [...identities.keys()]);
    return names;
  };
  if (main !== undefined) named('--main', [main]);
  const sensitive = headers.filter(([name]) => /authorization|cookie|token|secret|key|password/i.test(name)).map(([, value]) => value);
  return {
    identities,
    options,
    main,
    readers: named('--reader', settings.readers),
    peers: named('--peer', settings.peers),
    strangers: named('--stranger', settings.strangers),
    headers,
    secrets: joinLists([...[...identities.values()].map(({ secrets }) => secrets), () => sensitive], unpublished(surroundings)),
  };
}

function assertNamed(flag: string, name: string, known: readonly string[]): void {
  if (known.includes(name)) return;
  const meant = nearest(name, known);
  const there = meant === undefined ? `; there are ${known.length === 0 ? 'none' : known.join(', ')}` : `, did you mean ${meant}?`;
  throw new HarnessError('E_USAGE', `${flag} names no identity: "${name}"${there}`, {
    hint: 'give it with --identity NAME=TOKEN, or configure it',
  });
}

/** Whether it takes its tokens from the target: from its own provider, or from an endpoint that is named from its base URL. */
export function needsTarget(options: IdentityOptions): boolean {
  return credentialsOf(options).some((each) => {
    const endpoint = each.kind === 'login-call' ? each.url : 'tokenEndpoint' in each ? each.tokenEndpoint : undefined;
    return (endpoint !== undefined && !URL.canParse(endpoint)) || ('issuer' in each && each.issuer === 'target');
  });
}

/** With the target's issuer in place of `target`, and whole addresses of login and token endpoints. Throws HarnessError E_CONFIG where the target has no such thing. */
export function withTarget(name: string, options: IdentityOptions, target: Pick<Surroundings, 'issuer' | 'baseUrl'>): IdentityOptions {
  const named = (each: CredentialOptions): CredentialOptions => {
    if (each.kind === 'login-call') return { ...each, url: endpointUrl(name, each.url, target.baseUrl) };
    if ('tokenEndpoint' in each && each.tokenEndpoint !== undefined)
      return withIssuer({ ...each, tokenEndpoint: endpointUrl(name, each.tokenEndpoint, target.baseUrl) });
    return withIssuer(each);
  };
  const withIssuer = (each: CredentialOptions): CredentialOptions => {
    if (!('issuer' in each) || each.issuer !== 'target') return each;
    if (target.issuer !== undefined) return { ...each, issuer: target.issuer };
    throw new HarnessError('E_CONFIG', `identity ${name}: the issuer is "target", but this target has no provider of its own`, {
      hint: 'name the issuer’s URL',
    });
  };
  if (options.kind !== 'several') return named(options);
  return {
    ...options,
    credentials: Object.fromEntries(Object.entries(options.credentials).map(([scheme, each]) => [scheme, named(each)])),
  };
}

/** @see https://www.rfc-editor.org/rfc/rfc3986#section-5 */
function endpointUrl(name: string, url: string, baseUrl: string | undefined): string {
  const whole = URL.parse(url, baseUrl?.replace(/\/*$/, '/'));
  if (whole !== null) return whole.href;
  throw new HarnessError('E_CONFIG', `identity ${name}: nothing says where the endpoint ${url} is`, {
    hint: 'write its whole URL, or give --base-url',
  });
}

/** Takes a credential out of the user's header fields, where one is: access cases must be able to leave it out. */
function takeCredential(
  headers: Headers,
  contract: Surroundings['contract'],
): { readonly own: IdentityOptions | undefined; readonly headers: Headers } {
  const keys = new Set(
    [...(contract?.securitySchemes.values() ?? [])].flatMap((scheme) =>
      scheme.in === 'header' ? [(scheme.parameterName ?? '').toLowerCase()] : [],
    ),
  );
  const index = headers.findIndex(([name]) => name.toLowerCase() === 'authorization' || keys.has(name.toLowerCase()));
  const found = headers[index];
  if (found === undefined) return { own: undefined, headers };
  const [name, value] = found;
  const own =
    name.toLowerCase() === 'authorization'
      ? fromAuthorization(value)
      : ({ kind: 'api-key', key: { testValue: value }, in: 'header', name } as const);
  return { own, headers: headers.toSpliced(index, 1) };
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-11.6.2 */
function fromAuthorization(value: string): IdentityOptions {
  const [, scheme, credential] = /^([A-Za-z][\w-]*) +(\S.*)$/.exec(value) ?? [];
  if (scheme === undefined || credential === undefined) return { kind: 'static', token: value, scheme: '' };
  if (scheme.toLowerCase() !== 'basic') return { kind: 'static', token: credential, scheme };
  return { kind: 'static', token: Buffer.from(credential, 'base64').toString('utf8'), scheme };
}
