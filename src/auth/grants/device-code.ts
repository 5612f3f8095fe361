/** Tokens for a user who logs in on any device. @see https://www.rfc-editor.org/rfc/rfc8628 and https://www.rfc-editor.org/rfc/rfc7636 */
import type { Provider } from '../provider.ts';
import type { TokenResponse } from '../tokens.ts';

/** What the user is told. */
export interface DeviceCode {
  readonly userCode: string;
  readonly verificationUri: string;
  /** Holds the code already, where the provider offers that. */
  readonly completeUri: string | undefined;
  /** Seconds that the code is good for. */
  readonly expiresIn: number;
}

/** The answer once the user has logged in; `show` is called when the code is there. Rejects when the user refuses, lets the time run out, or the signal is aborted. */
export function deviceCode({ ask, parameters }: Provider, show: (code: DeviceCode) => void, signal: AbortSignal): Promise<TokenResponse> {
  return ask(async (client, configuration) => {
    const verifier = client.randomPKCECodeVerifier();
    const code = await client.initiateDeviceAuthorization(configuration, {
      ...parameters,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    show({
      userCode: code.user_code,
      verificationUri: code.verification_uri,
      completeUri: code.verification_uri_complete,
      expiresIn: code.expires_in,
    });
    const expired = AbortSignal.timeout(code.expires_in * 1000);
    try {
      return await client.pollDeviceAuthorizationGrant(
        configuration,
        code,
        { code_verifier: verifier },
        { signal: AbortSignal.any([signal, expired]) },
      );
    } catch (error) {
      // as the provider says it, when it is asked after that time
      if (expired.aborted) throw Object.assign(new Error('the device code has expired'), { error: 'expired_token' });
      throw error;
    }
  });
}
