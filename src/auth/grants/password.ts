/** Tokens for a user's name and password: only where a configuration asks for it by name. @see https://www.rfc-editor.org/rfc/rfc6749#section-4.3 */
import type { Provider } from '../provider.ts';
import type { TokenResponse } from '../tokens.ts';

/** The answer to the user's name and password. */
export function passwordGrant({ ask, parameters }: Provider, username: string, password: string): Promise<TokenResponse> {
  return ask((client, configuration) => client.genericGrantRequest(configuration, 'password', { ...parameters, username, password }));
}
