/** Tokens of a login that `specproof login` made: taken from the store, refreshed there. Never asks the user for anything. */
import { HarnessError } from '../errors.ts';
import { refreshTokens } from './grants/refresh-token.ts';
import type { Provider } from './provider.ts';
import { refusalCode } from './provider-error.ts';
import type { Grant } from './token-source.ts';
import type { TokenStore } from './token-store.ts';
import { tokensOf, type Tokens } from './tokens.ts';

/** The stored tokens, or what their refresh token gives, which is stored before it is used. Throws HarnessError E_IDENTITY where somebody must log in. */
export function storedLogin(identity: string, provider: Provider, store: TokenStore, now: () => number): Grant {
  const login = (why: string): HarnessError =>
    new HarnessError('E_IDENTITY', `identity ${identity}: ${why}`, { hint: `run specproof login ${identity}` });
  const isFresh = (tokens: Tokens, former: Tokens | undefined): boolean => tokens.access !== former?.access && now() < tokens.expiresAt;

  return async (former) => {
    const known = await store.load();
    if (known === undefined) throw login(`nobody is logged in at ${provider.where}`);
    if (isFresh(known, former)) return known;
    return store.alone(async () => {
      // another process may have refreshed them meanwhile
      const stored = (await store.load()) ?? known;
      if (isFresh(stored, former)) return stored;
      if (stored.refresh === undefined) {
        if (now() < stored.expiresAt) return stored;
        throw login(`the login at ${provider.where} has run out, and there is no refresh token`);
      }
      try {
        const tokens = tokensOf(await refreshTokens(provider, stored.refresh), now(), stored);
        await store.save(tokens);
        return tokens;
      } catch (error) {
        throw refusalCode(error) === 'invalid_grant' ? login(`the login at ${provider.where} has ended: invalid_grant`) : error;
      }
    });
  };
}
