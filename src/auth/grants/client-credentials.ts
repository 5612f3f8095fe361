/** The client's own tokens. @see https://www.rfc-editor.org/rfc/rfc6749#section-4.4 */
import type { Provider } from '../provider.ts';
import type { TokenResponse } from '../tokens.ts';

/** The answer to the client itself. */
export function clientCredentials({ ask, parameters }: Provider): Promise<TokenResponse> {
  return ask((client, configuration) => client.clientCredentialsGrant(configuration, parameters));
}
