/** What a JWT says of when it is good, for people. Clocks may differ, so nothing is refused for it. */
import { describeDuration, describeExpiry, describeTime } from '../lib/describe-duration.ts';
import { decodeToken } from './decode-token.ts';
import { expiryOf } from './tokens.ts';

/** Milliseconds that clocks may differ. */
const leeway = 30_000;

/** Why a token will be refused, by this machine's clock; undefined where nothing speaks against it. @see https://www.rfc-editor.org/rfc/rfc7519#section-4.1.5 */
export function whyUntimely(token: string, now: number): string | undefined {
  const expiresAt = expiryOf(token);
  if (expiresAt !== undefined && expiresAt <= now) return describeExpiry(expiresAt, now);
  const { nbf, iat } = decodeToken(token)?.claims ?? {};
  const from = typeof nbf === 'number' ? nbf : typeof iat === 'number' ? iat : 0;
  if (from * 1000 <= now + leeway) return undefined;
  return `is not valid yet: its time begins in ${describeDuration(from * 1000 - now)}, at ${describeTime(from * 1000)} by this machine’s clock`;
}

/** When a token ends: `good for 5 min, until 2026-11-25T10:00:00Z`; undefined for a token that does not say. */
export function whenItEnds(token: string, now: number): string | undefined {
  const expiresAt = expiryOf(token);
  return expiresAt === undefined ? undefined : describeExpiry(expiresAt, now);
}
