/** Bearer tokens: JWTs signed with HS256 by a key of this run. RFC 7519. */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** Who asks. */
export interface User {
  readonly name: string;
  readonly role: 'astronomer' | 'visitor';
  readonly institute: string;
}

/** Some users there are: two of one institute, a reader of it, and somebody from elsewhere. */
export const users: Readonly<Record<'main' | 'other' | 'reader' | 'stranger', User>> = {
  main: { name: 'main', role: 'astronomer', institute: 'north' },
  other: { name: 'other', role: 'astronomer', institute: 'north' },
  reader: { name: 'reader', role: 'visitor', institute: 'north' },
  stranger: { name: 'stranger', role: 'astronomer', institute: 'south' },
};

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const sign = (key: string, text: string): string => createHmac('sha256', key).update(text).digest('base64url');

/** A token for a user, good until `expires` (seconds since the epoch). */
export function issueToken(key: string, user: User, expires: number): string {
  const text = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ sub: user.name, role: user.role, exp: expires })}`;
  return `${text}.${sign(key, text)}`;
}

/** What is not looked at. */
export interface Leniency {
  readonly signature?: 'ignored' | 'prefix';
  readonly expiry?: 'ignored';
}

/** Whom a token was issued to; undefined when it is not good. */
export function readToken(key: string, token: string, now: number, leniency: Leniency = {}): User | undefined {
  const [header = '', payload = '', signature = '', ...rest] = token.split('.');
  if (rest.length > 0) return undefined;
  const claims = parseClaims(payload);
  if (!claims) return undefined;
  const stale = !(claims.exp > now);
  if (stale && leniency.expiry !== 'ignored') return undefined;
  // a session that was good once is taken from memory, whatever its proof
  const unproven = leniency.signature === 'ignored' || (stale && leniency.expiry === 'ignored');
  if (!unproven && !isProven(sign(key, `${header}.${payload}`), signature, leniency)) return undefined;
  return Object.values(users).find(({ name }) => name === claims.sub);
}

function isProven(expected: string, signature: string, leniency: Leniency): boolean {
  if (leniency.signature === 'prefix') return signature !== '' && expected.startsWith(signature);
  return signature.length === expected.length && timingSafeEqual(Buffer.from(signature), Buffer.from(expected));
}

function parseClaims(payload: string): { readonly sub: unknown; readonly exp: number } | undefined {
  try {
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { sub?: unknown; exp?: unknown } | null;
    return typeof claims?.exp === 'number' ? { sub: claims.sub, exp: claims.exp } : undefined;
  } catch {
    return undefined;
  }
}
