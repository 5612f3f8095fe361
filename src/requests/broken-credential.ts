/** Credentials spoilt on purpose. Pure; none of them opens anything. */
import { decodeToken } from '../auth/decode-token.ts';
import type { Credential } from '../auth/identity.ts';
import type { BrokenCredential } from '../cases/case.ts';
import { inOtherCase } from './secret-forms.ts';

/** What `garbage` sends: known to all, so it may stand in reports. */
const garbageToken = 'specproof-garbage-credential';
const garbagePassword = 'specproof:garbage-credential';
const garbageBasic = Buffer.from(garbagePassword).toString('base64');

/** 2000-01-01T00:00:00Z, in seconds. */
const longAgo = 946_684_800;

/** Whether a credential in `Authorization` is one of those that everybody may see. */
export function isHarmless(credential: string): boolean {
  return credential === garbageToken || credential === garbageBasic;
}

/**
 * The credential, wrong in one way; undefined where it cannot be wrong in that way: only a JWT has a signature and an expiry to spoil,
 * only what is sent with a scheme can have the wrong one, only what is no notation of bytes (hexadecimal, UUID) is another in other letters. An expired token keeps its old signature, which no longer fits: nobody but its issuer could sign it.
 */
export function breakCredential(credential: Credential, how: BrokenCredential): Credential | undefined {
  return ways[how](credential);
}

const ways: Readonly<Record<BrokenCredential, (credential: Credential) => Credential | undefined>> = {
  empty: (credential) => withSecret(credential, ''),
  garbage: (credential) => withSecret(credential, isBasic(credential.scheme) ? garbagePassword : garbageToken),
  truncated: (credential) => withSecret(credential, truncate(credential.secret, isBasic(credential.scheme))),
  'wrong-signature': (credential) => withSecret(credential, withOtherSignature(credential.secret)),
  expired: (credential) => withSecret(credential, expire(credential.secret)),
  'wrong-scheme': (credential) =>
    credential.scheme === undefined ? undefined : { ...credential, scheme: isBasic(credential.scheme) ? 'Digest' : 'Basic' },
  // four characters are three bytes more, however lenient a decoder of signatures is
  extended: (credential) => withSecret(credential, `${credential.secret}xxxx`),
  'other-case': (credential) => withSecret(credential, respell(credential.secret, isBasic(credential.scheme))),
};

function withSecret(credential: Credential, secret: string | undefined): Credential | undefined {
  return secret === undefined ? undefined : { ...credential, secret };
}

function isBasic(scheme: string | undefined): boolean {
  return scheme?.toLowerCase() === 'basic';
}

/** Without the latter half of what proves it: signature, password, or the whole key. */
function truncate(secret: string, basic: boolean): string | undefined {
  const start = decodeToken(secret) !== undefined ? secret.lastIndexOf('.') + 1 : basic ? secret.indexOf(':') + 1 : 0;
  const proof = secret.length - start;
  return proof < 2 ? undefined : secret.slice(0, start + Math.floor(proof / 2));
}

/** The first character is changed: all of its bits count, which is not so for the last. */
function withOtherSignature(secret: string): string | undefined {
  if (decodeToken(secret) === undefined || secret.endsWith('.')) return undefined;
  const start = secret.lastIndexOf('.') + 1;
  return `${secret.slice(0, start)}${secret[start] === 'A' ? 'B' : 'A'}${secret.slice(start + 1)}`;
}

/** A JWT's signature is spoilt elsewhere; a user's name may be known in any letters. */
function respell(secret: string, basic: boolean): string | undefined {
  const start = basic ? secret.indexOf(':') + 1 : 0;
  const proof = secret.slice(start);
  const same = /^[\da-f-]*$/i.test(proof) || inOtherCase(proof) === proof || decodeToken(secret) !== undefined;
  return same ? undefined : `${secret.slice(0, start)}${inOtherCase(proof)}`;
}

function expire(secret: string): string | undefined {
  const token = decodeToken(secret);
  if (token === undefined) return undefined;
  const [header = '', , signature = ''] = secret.split('.');
  const claims = { ...token.claims, iat: longAgo - 300, nbf: longAgo - 300, exp: longAgo };
  return `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${signature}`;
}
