/** The TLS that the user asks for: whom to trust, and the client's own certificate. Files are read once and checked before anything is sent. */
import { readFileSync } from 'node:fs';
import { X509Certificate, createPrivateKey } from 'node:crypto';
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import { HarnessError } from '../errors.ts';
import { fileErrorReason } from '../lib/file-error.ts';
import type { NetworkOptions } from './network.ts';

/** Options for Node's `tls.connect`. */
export interface ClientTls {
  readonly secureContext?: SecureContext;
  readonly rejectUnauthorized?: false;
}

/**
 * The options; nothing of them where nothing was asked for.
 * @throws HarnessError `E_NETWORK` for a file that cannot be used, `E_SECRET` for a passphrase that is not set
 */
export function readTls(options: NetworkOptions, env: Readonly<Record<string, string | undefined>>): ClientTls {
  const { cacert, cert, key, keyPassphrase, insecure } = options;
  if (key !== undefined && cert === undefined)
    throw new HarnessError('E_NETWORK', '--key needs the certificate that it belongs to', { hint: 'give it with --cert FILE' });
  const unchecked = insecure === true ? ({ rejectUnauthorized: false } as const) : {};
  if (cacert === undefined && cert === undefined) return unchecked;
  const trusted = cacert === undefined ? {} : { ca: [...getCACertificates('default'), readCertificates('--cacert', cacert)] };
  const own = cert === undefined ? {} : readOwn(cert, key ?? cert, passphraseOf(keyPassphrase, env));
  return { ...unchecked, secureContext: createSecureContext({ ...trusted, ...own }) };
}

function readOwn(
  certFile: string,
  keyFile: string,
  passphrase: string | undefined,
): { readonly cert: string; readonly key: string; readonly passphrase?: string } {
  const cert = readCertificates('--cert', certFile);
  const key = readFile('--key', keyFile);
  const secret = passphrase === undefined ? {} : { passphrase };
  const matches = new X509Certificate(cert).checkPrivateKey(privateKey(key, keyFile, secret));
  if (!matches)
    throw new HarnessError('E_NETWORK', `--key ${keyFile} is not the key of the certificate in ${certFile}`, {
      hint: 'give the private key that the certificate was made for',
    });
  return { cert, key, ...secret };
}

function privateKey(key: string, file: string, secret: { readonly passphrase?: string }): ReturnType<typeof createPrivateKey> {
  try {
    return createPrivateKey({ key, ...secret });
  } catch (cause) {
    const locked = /ENCRYPTED/.test(key);
    const what = !locked
      ? 'holds no private key in PEM'
      : `is locked, and the passphrase is ${secret.passphrase === undefined ? 'not given' : 'wrong'}`;
    throw new HarnessError('E_NETWORK', `--key ${file} ${what}`, {
      cause,
      hint: locked
        ? 'name the environment variable that holds its passphrase: --key-passphrase VARIABLE'
        : 'convert it with openssl pkey -in FILE',
    });
  }
}

/** The text of a file that holds at least one certificate. */
function readCertificates(flag: string, file: string): string {
  const text = readFile(flag, file);
  try {
    createSecureContext({ ca: text, cert: text });
    return text;
  } catch (cause) {
    throw new HarnessError('E_NETWORK', `${flag} ${file} holds no certificate in PEM`, {
      cause,
      hint: 'it begins with -----BEGIN CERTIFICATE-----; convert others with openssl x509 -in FILE -inform DER',
    });
  }
}

function readFile(flag: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new HarnessError('E_NETWORK', `${flag} ${file} cannot be read: ${fileErrorReason(cause)}`, {
      cause,
      hint: 'check the path',
    });
  }
}

function passphraseOf(variable: string | undefined, env: Readonly<Record<string, string | undefined>>): string | undefined {
  if (variable === undefined) return undefined;
  const value = env[variable];
  if (value !== undefined && value !== '') return value;
  throw new HarnessError('E_SECRET', `the passphrase of the client’s key: environment variable ${variable} is not set`, {
    hint: `export ${variable}`,
  });
}
