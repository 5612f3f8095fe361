/** Looks into a JWT without trusting it: for people and for expiry times. Never decides whether a token is good. */
import { isObject, type JsonObject } from '../lib/json.ts';

/** What a JWT says of itself, unverified. */
export interface DecodedToken {
  readonly header: JsonObject;
  readonly claims: JsonObject;
}

/** Header and claims of a signed JWT; undefined for anything else, encrypted and opaque tokens included. @see https://www.rfc-editor.org/rfc/rfc7515#section-3.1 */
export function decodeToken(token: string): DecodedToken | undefined {
  const parts = /^([\w-]+)\.([\w-]+)\.[\w-]*$/.exec(token);
  const header = parts === null ? undefined : decodeSegment(parts[1] ?? '');
  const claims = parts === null ? undefined : decodeSegment(parts[2] ?? '');
  return header === undefined || claims === undefined ? undefined : { header, claims };
}

function decodeSegment(segment: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(segment, 'base64url').toString('utf8'));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
