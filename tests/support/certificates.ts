/** Certificates for tests over TLS, made anew by openssl for each test file: no private key is kept anywhere. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Certificates {
  /** Path of a file of this name: `ca.pem`, `server.pem`, `server.key`, `expired.pem`, `expired.key`, `client.pem`, `client.key`, `locked.key`. */
  readonly path: (name: string) => string;
  readonly text: (name: string) => string;
  readonly remove: () => void;
}

/** Passphrase of `locked.key`, which is `client.key` otherwise. */
export const passphrase = 'open-sesame';

/** An authority; a server of it for 127.0.0.1, localhost and staging.test; one whose time is over; a client. */
export function makeCertificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'specproof-certificates-'));
  const path = (name: string): string => join(folder, name);
  const openssl = (...args: readonly string[]): void => void execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  const names = 'subjectAltName=IP:127.0.0.1,DNS:localhost,DNS:staging.test';
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl('req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=specproof test authority', '-days', '2');
  const issue = (name: string, extension: string): void => {
    openssl('req', ...key, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
    writeFileSync(path(`${name}.ext`), extension);
    const issuer = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', `${name}.ext`];
    // OpenSSL 3.0 takes no dates in the past: a negative number of days ends before it begins.
    openssl('x509', '-req', '-in', `${name}.csr`, ...issuer, '-out', `${name}.pem`, '-days', name === 'expired' ? '-1' : '2');
  };
  issue('server', names);
  issue('expired', names);
  issue('client', 'extendedKeyUsage=clientAuth');
  openssl('pkcs8', '-topk8', '-in', 'client.key', '-out', 'locked.key', '-passout', `pass:${passphrase}`);
  return {
    path,
    text: (name) => readFileSync(path(name), 'utf8'),
    remove: () => {
      rmSync(folder, { recursive: true });
    },
  };
}
