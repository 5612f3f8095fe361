/** A token in exchange for another one. @see https://www.rfc-editor.org/rfc/rfc8693#section-2.1 */
import type { Provider } from '../provider.ts';
import type { TokenResponse } from '../tokens.ts';

const accessToken = 'urn:ietf:params:oauth:token-type:access_token';

/** The answer to the access token of another identity. */
export function exchangeToken({ ask, parameters }: Provider, subject: string): Promise<TokenResponse> {
  return ask((client, configuration) =>
    client.genericGrantRequest(configuration, 'urn:ietf:params:oauth:grant-type:token-exchange', {
      ...parameters,
      subject_token: subject,
      subject_token_type: accessToken,
      requested_token_type: accessToken,
    }),
  );
}
