/** Access tokens that are good for now: asked for once for all callers, and anew before they run out. Knows no grant by name. */
import { isHarnessError } from '../errors.ts';
import { describeExpiry } from '../lib/describe-duration.ts';
import type { Tokens } from './tokens.ts';

/** Gets tokens: the first ones, or others in place of the former. Throws HarnessError. */
export type Grant = (former: Tokens | undefined) => Promise<Tokens>;

export interface TokenSource {
  /** An access token that is good for now. Throws what the grant throws. */
  readonly token: () => Promise<string>;
  /** Told that the API refused the token with 401: whether another one is at hand now. Throws what the grant throws when the token has run out. */
  readonly renew: (refused: string) => Promise<boolean>;
  /** Every token handed out so far. */
  readonly tokens: () => readonly string[];
}

/**
 * How often a 401 is believed that no expiry explains: the token may have been revoked, or the provider's keys changed.
 * An API that refuses good tokens must not hide behind new ones.
 */
const believed = 3;
/** Milliseconds that a token may end earlier than it says: times in tokens are whole seconds. */
const rounding = 1000;
/** Milliseconds after which a renewal ahead of time that failed is tried again. */
const retryAfter = 1000;

/** A source of tokens; asks nobody anything before the first token is wanted. `tell` hears of renewals that failed ahead of time. */
export function createTokenSource(grant: Grant, now: () => number, tell: (line: string) => void): TokenSource {
  let seen: readonly string[] = [];
  let held: Tokens | undefined;
  let renewAt = 0;
  let doubts = believed;
  let failing = false;
  let pending: Promise<Tokens> | undefined;

  const isOver = ({ expiresAt }: Tokens): boolean => now() >= expiresAt - rounding;
  const soon = ({ expiresAt }: Tokens): number => Math.min(now() + retryAfter, expiresAt - rounding);
  const ask = async (): Promise<Tokens> => {
    try {
      const tokens = await grant(held);
      const handedOut = tokens.refresh === undefined ? [tokens.access] : [tokens.access, tokens.refresh];
      const fresh = handedOut.filter((token) => !seen.includes(token));
      if (fresh.length > 0) seen = [...seen, ...fresh];
      renewAt = tokens.access === held?.access ? soon(tokens) : now() + usedPart(tokens.expiresAt - now());
      held = tokens;
      failing = false;
      return tokens;
    } catch (error) {
      if (!isHarnessError(error) || held === undefined || isOver(held)) throw error;
      if (!failing) tell(`${error.message}; the token at hand is ${describeExpiry(held.expiresAt, now())}`);
      failing = true;
      renewAt = soon(held);
      return held;
    } finally {
      pending = undefined;
    }
  };
  const renewed = (): Promise<Tokens> => (pending ??= ask());

  return {
    token: async () => (held !== undefined && now() < renewAt ? held.access : (await renewed()).access),
    renew: async (refused) => {
      if (held === undefined || held.access !== refused) return true;
      if (!isOver(held)) {
        if (pending === undefined && doubts === 0) return false;
        if (pending === undefined) doubts -= 1;
      }
      return (await renewed()).access !== refused;
    },
    tokens: () => seen,
  };
}

/** The part of a token's life after which another is asked for: all but ten seconds or a tenth, but never less than half: tokens may live for seconds only. */
function usedPart(life: number): number {
  return Math.max(Math.min(life - 10_000, life * 0.9), life / 2);
}
