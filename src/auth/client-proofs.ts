/** How a client proves itself at the token endpoint: not at all, by its secret, or by what it signs. */
import { createPrivateKey, type JsonWebKey, type KeyObject, type webcrypto } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { ClientAuth, ServerMetadata } from 'openid-client';
import { HarnessError } from '../errors.ts';
import type { ClientOptions } from './identity-options.ts';
import type { OAuthClient } from './provider.ts';
import { readSecret, readVariable, resolvePath, type Env } from './read-secret.ts';

export interface ClientProofs {
  /**
   * The way to try first, and another one to try when that is refused: HTTP Basic, which every provider must know
   * (RFC 6749 section 2.3.1), then, where the provider offers it, the body. Throws HarnessError E_SECRET, E_IDENTITY.
   * @see https://openid.net/specs/openid-connect-core-1_0.html#ClientAuthentication
   */
  readonly of: (client: OAuthClient, metadata: ServerMetadata) => Promise<readonly [ClientAuth, ClientAuth?]>;
  /** Read the secrets; each may throw. */
  readonly secrets: readonly (() => string)[];
}

/** The proofs of a client; nothing is read yet. Throws HarnessError E_CONFIG for a client with two kinds of them, or with one and no name. */
export function createClientProofs(
  identity: string,
  { clientId, clientSecret, privateKey, keyId }: Partial<ClientOptions>,
  env: Env,
): ClientProofs {
  if (clientSecret !== undefined && privateKey !== undefined)
    throw new HarnessError('E_CONFIG', `identity ${identity}: a client proves itself with clientSecret or privateKey, not with both`);
  if (clientId === undefined) {
    if (clientSecret !== undefined || privateKey !== undefined)
      throw new HarnessError('E_CONFIG', `identity ${identity}: clientSecret and privateKey need a clientId`);
    // RFC 6749 section 3.2.1: a public client may name itself, and need not
    return { of: () => Promise.resolve([(): void => undefined]), secrets: [] };
  }
  if (privateKey !== undefined) {
    return {
      of: async (client, metadata) => {
        const { key, id } = importKey(await readKey(identity, privateKey, env), identity);
        const kid = keyId ?? id;
        return [client.PrivateKeyJwt({ key: signingKey(key, metadata, identity), ...(kid === undefined ? {} : { kid }) })];
      },
      secrets: 'variable' in privateKey ? [() => readVariable(identity, privateKey.variable, env)] : [],
    };
  }
  if (clientSecret === undefined) return { of: (client) => Promise.resolve([client.None()]), secrets: [] };
  const secret = (): string => readSecret(identity, clientSecret, env);
  return {
    of: (client, { token_endpoint_auth_methods_supported: methods = ['client_secret_basic'] }) =>
      Promise.try(() => {
        const inHeader = client.ClientSecretBasic(secret());
        if (!methods.includes('client_secret_post')) return [inHeader];
        const inBody = client.ClientSecretPost(secret());
        return methods.includes('client_secret_basic') ? [inHeader, inBody] : [inBody];
      }),
    secrets: [secret],
  };
}

async function readKey(identity: string, key: NonNullable<ClientOptions['privateKey']>, env: Env): Promise<string> {
  if ('variable' in key) return readVariable(identity, key.variable, env);
  const file = resolvePath(identity, key.file, env);
  return readFile(file, 'utf8').catch(() => {
    throw new HarnessError('E_SECRET', `identity ${identity}: the private key in ${file} cannot be read`, {
      hint: 'check the path and its permissions',
    });
  });
}

function importKey(text: string, identity: string): { readonly key: KeyObject; readonly id: string | undefined } {
  try {
    if (!text.trimStart().startsWith('{')) return { key: createPrivateKey(text), id: undefined };
    const jwk = JSON.parse(text) as JsonWebKey & { readonly kid?: string };
    return { key: createPrivateKey({ key: jwk, format: 'jwk' }), id: jwk.kid };
  } catch {
    // what it says may repeat the key
    throw new HarnessError('E_IDENTITY', `identity ${identity}: the private key cannot be read`, {
      hint: 'it must be an unencrypted PEM or JWK private key: RSA, EC or Ed25519',
    });
  }
}

const curves: Readonly<Record<string, string>> = { prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' };

/** @see https://www.rfc-editor.org/rfc/rfc7518#section-3.1 */
function signingKey(key: KeyObject, metadata: ServerMetadata, identity: string): webcrypto.CryptoKey {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  if (type === 'rsa') {
    const known = metadata.token_endpoint_auth_signing_alg_values_supported;
    const name = known !== undefined && !known.includes('RS256') && known.includes('PS256') ? 'RSA-PSS' : 'RSASSA-PKCS1-v1_5';
    return key.toCryptoKey({ name, hash: 'SHA-256' }, false, ['sign']);
  }
  const namedCurve = curves[details?.namedCurve ?? ''];
  if (type === 'ec' && namedCurve !== undefined) return key.toCryptoKey({ name: 'ECDSA', namedCurve }, false, ['sign']);
  if (type === 'ed25519') return key.toCryptoKey({ name: 'Ed25519' }, false, ['sign']);
  throw new HarnessError('E_IDENTITY', `identity ${identity}: nothing can be signed with a private key of type ${type ?? 'unknown'}`, {
    hint: 'take an RSA, EC (P-256, P-384, P-521) or Ed25519 key',
  });
}
