/** Tokens as a provider gave them, with the time when they run out by this machine's clock. */
import { decodeToken } from './decode-token.ts';

export interface Tokens {
  readonly access: string;
  readonly refresh?: string | undefined;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** Milliseconds that a token is taken to live when nothing says. */
const assumedLife = 60_000;

/** What of a token endpoint's answer matters here. */
export interface TokenResponse {
  readonly access_token: string;
  readonly refresh_token?: string | undefined;
  readonly expires_in?: number | undefined;
}

/** The tokens of an answer that came just now; a refresh token that the provider did not replace stays. @see https://www.rfc-editor.org/rfc/rfc6749#section-5.1 and section 6 */
export function tokensOf(response: TokenResponse, now: number, former?: Tokens): Tokens {
  const { access_token: access, refresh_token: refresh = former?.refresh } = response;
  return { access, refresh, expiresAt: now + (response.expires_in === undefined ? lifeOf(access, now) : response.expires_in * 1000) };
}

/** When a token that was not given just now runs out, by its own word. */
export function expiryOf(access: string): number | undefined {
  const exp = decodeToken(access)?.claims['exp'];
  return typeof exp === 'number' ? exp * 1000 : undefined;
}

/** From `iat` to `exp`, which no difference between two clocks spoils. */
function lifeOf(access: string, now: number): number {
  const { exp, iat } = decodeToken(access)?.claims ?? {};
  if (typeof exp !== 'number') return assumedLife;
  return Math.max(0, typeof iat === 'number' ? (exp - iat) * 1000 : exp * 1000 - now);
}
