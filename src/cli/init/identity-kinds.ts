/** Ways to get a credential that a document's security schemes allow. Pure. */
import type { IdentityOptions } from '../../auth/identity-options.ts';
import { valueAt } from '../../lib/json-pointer.ts';
import { isObject, member, type Json } from '../../lib/json.ts';
import type { Contract, SecurityScheme } from '../../spec/contract.ts';

/** Names of the ways, as `--auth` takes them. */
export const authKinds = ['token', 'api-key', 'basic', 'client-credentials', 'login', 'none'] as const;
export type AuthKind = (typeof authKinds)[number];

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
export function identityOf(kind: AuthKind, { variable, issuer, clientId, username }: AuthDetails): IdentityOptions | undefined {
  switch (kind) {
    case 'none':
      return undefined;
    case 'token':
      return { kind: 'environment', variable };
    case 'api-key':
      return { kind: 'api-key', key: { variable } };
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
