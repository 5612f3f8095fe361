/** Verifies access tokens that are JWTs against a JSON Web Key Set. Knows nothing of roles. */
import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { isObject, type JsonObject } from '../../lib/json.ts';

export type Verified = { readonly kind: 'verified'; readonly claims: JsonObject } | { readonly kind: 'refused'; readonly reason: string };

/** Judges a compact JWS. */
export type VerifyToken = (token: string) => Verified;

const refused = (reason: string): Verified => ({ kind: 'refused', reason });

/**
 * A verifier of ES256 tokens of one issuer: signature, `iss`, `exp` and `nbf`; the audience is the caller's business.
 * @see https://www.rfc-editor.org/rfc/rfc7519#section-7.2
 */
export function createVerifier(
  keySet: { readonly keys: readonly JsonObject[] },
  issuer: string,
  now: () => number = Date.now,
): VerifyToken {
  const keys = new Map<unknown, KeyObject>(keySet.keys.map((key) => [key['kid'], createPublicKey({ key: { ...key }, format: 'jwk' })]));
  return (token) => {
    const [head, body, signature, ...more] = token.split('.');
    if (!head || !body || !signature || more.length > 0) return refused('The token is not a JWT');
    const header = decodePart(head);
    const claims = decodePart(body);
    if (header === undefined || claims === undefined) return refused('The token is not a JWT');
    const key = keys.get(header['kid']);
    if (header['alg'] !== 'ES256' || key === undefined) return refused('The token is signed with an unknown key');
    const signed = verify(
      'sha256',
      Buffer.from(`${head}.${body}`),
      { key, dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64url'),
    );
    if (!signed) return refused("The token's signature is wrong");
    if (claims['iss'] !== issuer) return refused('The token is of another issuer');
    const seconds = now() / 1000;
    if (typeof claims['exp'] !== 'number' || claims['exp'] <= seconds) return refused('The token has expired');
    if (typeof claims['nbf'] === 'number' && claims['nbf'] > seconds) return refused('The token is not valid yet');
    return { kind: 'verified', claims };
  };
}

function decodePart(part: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
