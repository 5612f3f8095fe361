/** Decides whether a request's credentials satisfy what the contract asks of an operation. Decides nothing about owners. */
import type { IncomingHttpHeaders } from 'node:http';
import type { JsonObject } from '../../lib/json.ts';
import type { Contract, Operation, SecurityRequirement, SecurityScheme } from '../../spec/contract.ts';
import type { EmbeddedClient } from './options.ts';
import type { VerifyToken } from './verify-token.ts';

/** Who sent a request. */
export interface Caller {
  /** Claims of the access token; empty for an anonymous caller. */
  readonly claims: JsonObject;
}

/** Nobody in particular. */
export const anonymous: Caller = { claims: {} };

export type Admission =
  | { readonly kind: 'admitted'; readonly caller: Caller }
  | { readonly kind: 'refused'; readonly status: 401 | 403; readonly message: string; readonly challenge: string | undefined };

/** What the stand-in can check credentials against. */
export interface Credentials {
  readonly verify: VerifyToken;
  readonly clients: Readonly<Record<string, EmbeddedClient>>;
  /** Claim that lists the roles; `scope` where it is undefined. */
  readonly rolesClaim: string | undefined;
}

interface Presented {
  readonly headers: IncomingHttpHeaders;
  readonly query: URLSearchParams;
}

type Proof =
  | { readonly kind: 'proven'; readonly caller: Caller }
  | { readonly kind: 'missing' }
  | { readonly kind: 'invalid'; readonly message: string };

/**
 * Whether one of the operation's security alternatives is satisfied: all of its schemes, with all of its scopes among the caller's roles.
 * @see https://spec.openapis.org/oas/v3.1.1#security-requirement-object
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-3
 */
export function authenticate(contract: Contract, operation: Operation, presented: Presented, credentials: Credentials): Admission {
  if (operation.security.length === 0) return { kind: 'admitted', caller: callerOf(presented, credentials) };
  let refusal: Admission | undefined;
  for (const requirement of operation.security) {
    const admission = satisfies(contract, requirement, presented, credentials);
    if (admission.kind === 'admitted') return admission;
    // who is known but may not is told so
    if (refusal === undefined || (refusal.kind === 'refused' && admission.status > refusal.status)) refusal = admission;
  }
  return refusal ?? { kind: 'admitted', caller: anonymous };
}

/** The roles of a caller: entries of the claim, which is a list or a text with spaces. */
export function rolesOf(caller: Caller, claim: string | undefined): ReadonlySet<string> {
  const value = caller.claims[claim ?? 'scope'];
  if (typeof value === 'string') return new Set(value.split(' ').filter((role) => role !== ''));
  return new Set(Array.isArray(value) ? value.filter((role): role is string => typeof role === 'string') : []);
}

/** The caller of an open operation: known when a good token came along. */
function callerOf({ headers }: Presented, credentials: Credentials): Caller {
  const proof = proveBearer(headers.authorization, credentials);
  return proof.kind === 'proven' ? proof.caller : anonymous;
}

function satisfies(contract: Contract, requirement: SecurityRequirement, presented: Presented, credentials: Credentials): Admission {
  let caller = anonymous;
  for (const { scheme: name, scopes } of requirement) {
    const scheme = contract.securitySchemes.get(name);
    const proof = prove(scheme, presented, credentials);
    if (proof.kind !== 'proven') {
      const message = proof.kind === 'missing' ? 'Not authenticated' : proof.message;
      return { kind: 'refused', status: 401, message, challenge: challengeOf(scheme, proof) };
    }
    ({ caller } = proof);
    const roles = rolesOf(caller, credentials.rolesClaim);
    const missing = scopes.filter((scope) => !roles.has(scope));
    if (missing.length > 0) {
      const challenge = isBearer(scheme) ? `Bearer error="insufficient_scope", scope="${scopes.join(' ')}"` : undefined;
      return { kind: 'refused', status: 403, message: `Not permitted: ${missing.join(', ')} is needed`, challenge };
    }
  }
  return { kind: 'admitted', caller };
}

function isBearer(scheme: SecurityScheme | undefined): boolean {
  if (scheme === undefined) return true;
  if (scheme.type === 'http') return scheme.scheme === 'bearer';
  // an API key in this very header is how some frameworks describe bearer tokens
  return scheme.type === 'apiKey'
    ? scheme.in === 'header' && scheme.parameterName?.toLowerCase() === 'authorization'
    : scheme.type !== 'mutualTLS';
}

function prove(scheme: SecurityScheme | undefined, { headers, query }: Presented, credentials: Credentials): Proof {
  if (scheme === undefined || isBearer(scheme)) return proveBearer(headers.authorization, credentials);
  if (scheme.type === 'http' && scheme.scheme === 'basic') return proveBasic(headers.authorization, credentials);
  if (scheme.type !== 'apiKey') return { kind: 'missing' };
  const name = scheme.parameterName ?? '';
  const key = { query: query.get(name), header: headers[name.toLowerCase()], cookie: cookieOf(headers.cookie, name) }[
    scheme.in ?? 'header'
  ];
  if (typeof key !== 'string' || key === '') return { kind: 'missing' };
  return proveClient(Object.entries(credentials.clients).find(([, client]) => client.secret === key));
}

/** @see https://www.rfc-editor.org/rfc/rfc6750#section-2.1 */
function proveBearer(authorization: string | undefined, credentials: Credentials): Proof {
  if (authorization === undefined || authorization.trim() === '') return { kind: 'missing' };
  const token = /^bearer +(\S+)$/i.exec(authorization.trim())?.[1];
  if (token === undefined) return { kind: 'missing' };
  const verified = credentials.verify(token);
  return verified.kind === 'verified'
    ? { kind: 'proven', caller: { claims: verified.claims } }
    : { kind: 'invalid', message: verified.reason };
}

/** @see https://www.rfc-editor.org/rfc/rfc7617#section-2 */
function proveBasic(authorization: string | undefined, { clients }: Credentials): Proof {
  const encoded = /^basic +(\S+)$/i.exec(authorization?.trim() ?? '')?.[1];
  if (encoded === undefined) return { kind: 'missing' };
  const pair = Buffer.from(encoded, 'base64').toString();
  return proveClient(Object.entries(clients).find(([id, client]) => pair === `${id}:${client.secret}`));
}

function proveClient(found: readonly [string, EmbeddedClient] | undefined): Proof {
  if (found === undefined) return { kind: 'invalid', message: 'Unknown credentials' };
  const [id, client] = found;
  return { kind: 'proven', caller: { claims: { sub: id, client_id: id, azp: id, ...client.claims } } };
}

function cookieOf(header: string | undefined, name: string): string | undefined {
  for (const pair of header?.split(';') ?? []) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}

function challengeOf(scheme: SecurityScheme | undefined, proof: Proof): string {
  if (!isBearer(scheme)) return scheme?.scheme === 'basic' ? 'Basic realm="stand-in"' : 'ApiKey realm="stand-in"';
  return proof.kind === 'invalid' ? 'Bearer realm="stand-in", error="invalid_token"' : 'Bearer realm="stand-in"';
}
