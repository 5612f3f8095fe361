/** Ways to get a credential that a document's security schemes allow. Pure. */
import type { IdentityOptions } from '../../auth/identity-options.ts';
import { valueAt } from '../../lib/json-pointer.ts';
import { isObject, member, type Json } from '../../lib/json.ts';
import type { Headers } from '../../requests/exchange.ts';
import type { Contract, SecurityScheme } from '../../spec/contract.ts';

/** Names of the ways, as `--auth` takes them. */
export const authKinds = ['token', 'api-key', 'basic', 'client-credentials', 'login', 'none'] as const;
export type AuthKind = (typeof authKinds)[number];

/** What each of them needs, for somebody who chooses. */
export const kindHints: Readonly<Record<AuthKind, string>> = {
  token: 'a bearer token that I have',
  'api-key': 'a key that I have',
  basic: 'user name and password',
  'client-credentials': 'a client of an OIDC provider and its secret',
  login: 'my own login at an OIDC provider',
  none: 'I don’t, only see what anyone may see',
};

/** What is asked for beside the kind. */
export interface AuthDetails {
  /** Environment variable that holds the secret. */
  readonly variable: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly username: string;
}

/** Which of the details a kind needs. */
export const neededDetails: Readonly<Record<AuthKind, readonly (keyof AuthDetails)[]>> = {
  token: ['variable'],
  'api-key': ['variable'],
  basic: ['username', 'variable'],
  'client-credentials': ['issuer', 'clientId', 'variable'],
  login: ['issuer', 'clientId'],
  none: [],
};

/** The kinds that the document's schemes know, the simplest first; `none` alone where nothing is secured. */
export function possibleKinds({ securitySchemes }: Contract): readonly AuthKind[] {
  const kinds = new Set([...securitySchemes.values()].flatMap(kindsOf));
  return [...authKinds.filter((kind) => kinds.has(kind)), 'none'];
}

function kindsOf({ type, scheme, parameterName }: SecurityScheme): readonly AuthKind[] {
  if (type === 'mutualTLS') return [];
  if (scheme === 'basic') return ['basic'];
  if (type === 'apiKey' && parameterName?.toLowerCase() !== 'authorization') return ['api-key'];
  // Bearer tokens come from an OIDC provider more often than documents say.
  return ['token', 'client-credentials', 'login'];
}

/** A credential that the user gave as a header field. */
interface GivenCredential {
  readonly kind: 'token' | 'api-key';
  readonly field: Headers[number];
  readonly secret: string;
}

/** The credential among header fields, where its kind can be told by its field. */
export function givenCredential(headers: Headers, { securitySchemes }: Contract): GivenCredential | undefined {
  const keys = new Set([...securitySchemes.values()].map((scheme) => (scheme.in === 'header' ? scheme.parameterName?.toLowerCase() : '')));
  for (const field of headers) {
    const [name, value] = field;
    const bearer = /^bearer (.+)$/i.exec(value)?.[1];
    if (name.toLowerCase() === 'authorization') {
      if (bearer !== undefined) return { kind: 'token', field, secret: bearer };
    } else if (keys.has(name.toLowerCase())) return { kind: 'api-key', field, secret: value };
  }
  return undefined;
}

interface KeyPlace {
  readonly in: NonNullable<SecurityScheme['in']>;
  readonly name: string;
}

/** Where a key goes, where the document's schemes leave that open: to the field that was given, else to the first place that is none of a token's. */
function keyPlace({ securitySchemes }: Contract, given: string | undefined): KeyPlace | undefined {
  const places = new Map<string, KeyPlace>();
  for (const { type, in: where, parameterName: name } of securitySchemes.values())
    if (type === 'apiKey' && where !== undefined && name !== undefined) places.set(`${where} ${name.toLowerCase()}`, { in: where, name });
  if (places.size < 2) return undefined;
  const own = [...places.values()].filter(({ name }) => name.toLowerCase() !== 'authorization');
  return own.find((place) => place.in === 'header' && place.name.toLowerCase() === given?.toLowerCase()) ?? own[0];
}

/** The issuer that the document names; undefined where it names none. */
export function statedIssuer({ securitySchemes, document }: Contract): string | undefined {
  const urls = [...securitySchemes.values()].flatMap(({ pointer }) => {
    const scheme: Json | undefined = valueAt(document, pointer);
    const url = member(scheme, 'openIdConnectUrl');
    return typeof url === 'string' && isObject(scheme) ? [url] : [];
  });
  return urls[0]?.replace(/\/\.well-known\/openid-configuration$/, '');
}

/** The identity as the configuration writes it; undefined for none. */
export function identityOf(
  kind: AuthKind,
  details: AuthDetails,
  contract: Contract,
  given: GivenCredential | undefined,
): IdentityOptions | undefined {
  const { variable, issuer, clientId, username } = details;
  switch (kind) {
    case 'none':
      return undefined;
    case 'token':
      return { kind: 'environment', variable };
    case 'api-key':
      return { kind: 'api-key', key: { variable }, ...keyPlace(contract, given?.field[0]) };
    case 'basic':
      return { kind: 'basic', username, password: { variable } };
    case 'client-credentials':
      return { kind: 'client-credentials', issuer, clientId, clientSecret: { variable } };
    case 'login':
      return { kind: 'login', issuer, clientId };
    default:
      return kind satisfies never;
  }
}
