/** Ways to get a credential that a document's security schemes allow. Pure. */
import type { IdentityOptions } from '../../auth/identity-options.ts';
import { valueAt } from '../../lib/json-pointer.ts';
import { isObject, member, type Json, type JsonObject } from '../../lib/json.ts';
import type { Headers } from '../../requests/exchange.ts';
import type { Contract, SecurityScheme } from '../../spec/contract.ts';

/** Names of the ways, as `--auth` takes them. */
export const authKinds = ['password', 'token', 'api-key', 'basic', 'client-credentials', 'login', 'none'] as const;
export type AuthKind = (typeof authKinds)[number];

/** What each of them needs, for somebody who chooses. */
export const kindHints: Readonly<Record<AuthKind, string>> = {
  password: 'user name and password, which give a token',
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

/** Which of the details a kind needs, of those that the document does not state. */
export function neededDetails(kind: AuthKind, contract: Contract): readonly (keyof AuthDetails)[] {
  const isStated = statedTokenUrl(kind, contract) !== undefined;
  switch (kind) {
    case 'none':
      return [];
    case 'token':
    case 'api-key':
      return ['variable'];
    case 'basic':
      return ['username', 'variable'];
    case 'password':
      return isStated ? ['username', 'variable'] : ['issuer', 'clientId', 'username', 'variable'];
    case 'client-credentials':
      return isStated ? ['clientId', 'variable'] : ['issuer', 'clientId', 'variable'];
    case 'login':
      return ['issuer', 'clientId'];
    default:
      return kind satisfies never;
  }
}

/** Of these nothing needs to be stated: APIs that ask who calls have documents that declare no scheme. */
const undeclared: readonly AuthKind[] = ['none', 'token', 'basic', 'client-credentials', 'login', 'password'];

/** Those that the kind can do without, too. */
export function takenDetails(kind: AuthKind, contract: Contract): readonly (keyof AuthDetails)[] {
  return [...neededDetails(kind, contract), ...(kind === 'password' ? (['clientId'] as const) : [])];
}

/** The kinds that the document's schemes know, the simplest first, and `none` last; where it declares no scheme `none` is first. */
export function possibleKinds(contract: Contract): readonly AuthKind[] {
  if (contract.securitySchemes.size === 0) return undeclared;
  const kinds = new Set([...contract.securitySchemes.values()].flatMap((scheme) => kindsOf(scheme, contract)));
  return [...authKinds.filter((kind) => kinds.has(kind)), 'none'];
}

function kindsOf(scheme: SecurityScheme, contract: Contract): readonly AuthKind[] {
  if (scheme.type === 'mutualTLS') return [];
  if (scheme.scheme === 'basic') return ['basic'];
  if (scheme.type === 'apiKey' && scheme.parameterName?.toLowerCase() !== 'authorization') return ['api-key'];
  const flows = Object.keys(flowsOf(scheme, contract));
  if (flows.length === 1 && flows[0] === 'password') return ['password', 'token'];
  // Bearer tokens come from an OIDC provider more often than documents say.
  return [...(flows.includes('password') ? (['password'] as const) : []), 'token', 'client-credentials', 'login'];
}

/** @see https://spec.openapis.org/oas/v3.1.1#oauth-flows-object */
function flowsOf({ pointer }: SecurityScheme, { document }: Contract): JsonObject {
  const scheme: Json | undefined = valueAt(document, pointer);
  const flows = isObject(scheme) ? member(scheme, 'flows') : undefined;
  return isObject(flows) ? flows : {};
}

/** Where the document says that the kind's tokens come from: a URL, or a path from the base URL; undefined where it does not say. */
function statedTokenUrl(kind: AuthKind, contract: Contract): string | undefined {
  const flow = kind === 'password' ? 'password' : kind === 'client-credentials' ? 'clientCredentials' : undefined;
  if (flow === undefined) return undefined;
  for (const scheme of contract.securitySchemes.values()) {
    const url = member(member(flowsOf(scheme, contract), flow), 'tokenUrl');
    if (typeof url === 'string' && url !== '') return url;
  }
  return undefined;
}

/** A credential that the user gave as a header field. */
interface GivenCredential {
  readonly kind: 'token' | 'api-key' | 'basic';
  /** Whose secret it is, where the field says. */
  readonly username?: string;
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
      const [, username, secret] = /^([^:]+):(.*)$/s.exec(basicPair(value)) ?? [];
      if (username !== undefined && secret !== undefined) return { kind: 'basic', username, field, secret };
    }
    if (keys.has(name.toLowerCase())) return { kind: 'api-key', field, secret: value };
  }
  return undefined;
}

/** The name and password of a field's value; empty where it holds none. @see https://www.rfc-editor.org/rfc/rfc7617#section-2 */
function basicPair(value: string): string {
  return Buffer.from(/^basic (.+)$/i.exec(value)?.[1] ?? '', 'base64').toString();
}

interface KeyPlace {
  readonly in: NonNullable<SecurityScheme['in']>;
  readonly name: string;
}

/** Where a key goes: to the field that was given, since the document may need it too; else, where the schemes leave it open, to the first place that is none of a token's. */
function keyPlace({ securitySchemes }: Contract, given: string | undefined): KeyPlace | undefined {
  const places = new Map<string, KeyPlace>();
  for (const { type, in: where, parameterName: name } of securitySchemes.values())
    if (type === 'apiKey' && where !== undefined && name !== undefined) places.set(`${where} ${name.toLowerCase()}`, { in: where, name });
  if (places.size < 2 && given === undefined) return undefined;
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
  const tokenEndpoint = statedTokenUrl(kind, contract);
  const provider = tokenEndpoint === undefined ? { issuer } : { tokenEndpoint };
  switch (kind) {
    case 'none':
      return undefined;
    case 'token':
      return { kind: 'environment', variable };
    case 'api-key':
      return { kind: 'api-key', key: { variable }, ...keyPlace(contract, given?.field[0]) };
    case 'basic':
      return { kind: 'basic', username, password: { variable } };
    case 'password':
      return { kind: 'password', ...provider, ...(clientId !== '' && { clientId }), username, password: { variable } };
    case 'client-credentials':
      return { kind: 'client-credentials', ...provider, clientId, clientSecret: { variable } };
    case 'login':
      return { kind: 'login', issuer, clientId, scope: 'openid' };
    default:
      return kind satisfies never;
  }
}
