/** Tokens that another program keeps in files, for instance the command line of the API under test. The files are read, never written. */
import { readFile } from 'node:fs/promises';
import { HarnessError } from '../errors.ts';
import { describeExpiry } from '../lib/describe-duration.ts';
import { refreshTokens } from './grants/refresh-token.ts';
import type { TokenFileOptions } from './identity-options.ts';
import type { Provider } from './provider.ts';
import type { Grant } from './token-source.ts';
import { expiryOf, tokensOf, type Tokens } from './tokens.ts';

export interface TokenFileSurroundings {
  readonly identity: string;
  /** Where the refresh token may be used. */
  readonly provider: Provider | undefined;
  /** Absolute path of what the configuration writes. Throws HarnessError E_SECRET. */
  readonly resolve: (path: string) => string;
  readonly now: () => number;
  /** Hears which token is used, a line each. */
  readonly tell: (line: string) => void;
}

/** The token of the file while it is good, else, where that is allowed, what the refresh token gives: kept in memory only. Throws HarnessError E_IDENTITY. */
export function tokenFile(options: TokenFileOptions, { identity, provider, resolve, now, tell }: TokenFileSurroundings): Grant {
  const failed = (what: string, hint: string): HarnessError => new HarnessError('E_IDENTITY', `identity ${identity}: ${what}`, { hint });
  const refreshed = async (refresh: string, former: Tokens | undefined, where: string): Promise<Tokens> => {
    if (provider === undefined) throw failed('the refresh token may be used, but no provider is named', 'configure issuer and clientId');
    const tokens = tokensOf(await refreshTokens(provider, refresh), now(), { ...former, access: '', expiresAt: 0, refresh });
    tell(`identity ${identity}: a new token by the refresh token ${where}, ${describeExpiry(tokens.expiresAt, now())}; nothing is written`);
    return tokens;
  };

  return async (former) => {
    const file = resolve(options.accessToken);
    const access = await readToken(file, failed);
    const expiresAt = expiryOf(access) ?? Infinity;
    const isNew = access !== former?.access;
    // a refreshed token is newer than the file's, unless the other program has written another since
    if (now() < expiresAt && expiresAt >= (former?.expiresAt ?? 0) && (isNew || !mayRefresh(options))) {
      if (isNew) tell(`identity ${identity}: the token of ${file}, ${describeExpiry(expiresAt, now())}`);
      return { access, expiresAt };
    }
    if (former?.refresh !== undefined) return refreshed(former.refresh, former, 'of before');
    if (mayRefresh(options)) {
      const from = resolve(options.refreshToken);
      return refreshed(await readToken(from, failed), undefined, `of ${from}`);
    }
    throw failed(
      `the token of ${file} ${describeExpiry(expiresAt, now())}`,
      options.refreshToken === undefined
        ? 'log in again with the program that wrote it'
        : 'log in again with the program that wrote it, or set useRefreshToken: that may log it out',
    );
  };
}

function mayRefresh(options: TokenFileOptions): options is TokenFileOptions & { readonly refreshToken: string } {
  return options.useRefreshToken === true && options.refreshToken !== undefined;
}

/** A token is one word of visible ASCII characters. @see https://www.rfc-editor.org/rfc/rfc6750#section-2.1 */
async function readToken(file: string, failed: (what: string, hint: string) => HarnessError): Promise<string> {
  let text: string;
  try {
    text = (await readFile(file, 'utf8')).trim();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw failed(`${file} cannot be read: ${code}`, 'log in with the program that writes it, or mend the path in the configuration');
  }
  if (/^[\w.~+/-]+=*$/.test(text)) return text;
  throw failed(`${file} does not hold a token`, 'it must hold nothing but the token itself, as one line of text');
}
