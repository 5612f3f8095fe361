/** New tokens for a refresh token. @see https://www.rfc-editor.org/rfc/rfc6749#section-6 */
import type { Provider } from '../provider.ts';
import type { TokenResponse } from '../tokens.ts';

/** The answer to the refresh token; the provider may rotate it, and then the answer holds another one. The scope stays that of the first grant. */
export function refreshTokens({ ask }: Provider, refreshToken: string): Promise<TokenResponse> {
  return ask((client, configuration) => client.refreshTokenGrant(configuration, refreshToken));
}
