/** What went wrong on the wire, in the words of an exchange's fault. Messages name no URL and no secret. */
import type { Fault, FaultKind } from './exchange.ts';

const kindByCode: Readonly<Record<string, FaultKind>> = {
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'refused',
  ENETUNREACH: 'refused',
  EADDRNOTAVAIL: 'refused',
  EHOSTDOWN: 'refused',
  ENOTFOUND: 'unresolved',
  EAI_AGAIN: 'unresolved',
  EAI_FAIL: 'unresolved',
  EAI_NODATA: 'unresolved',
  EAI_NONAME: 'unresolved',
  ECONNRESET: 'reset',
  ECONNABORTED: 'reset',
  EPIPE: 'reset',
  UND_ERR_SOCKET: 'reset',
  UND_ERR_DESTROYED: 'reset',
  UND_ERR_CLOSED: 'reset',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_OVERFLOW: 'protocol',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'cut-short',
  EPROTO: 'tls',
  EPROXY: 'refused',
};

const untrusted = 'the server’s certificate is not trusted: --cacert names the file of its issuer';

const messageByCode: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the server’s certificate is self-signed and not trusted: --cacert names a file with it',
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  CERT_HAS_EXPIRED: 'the server’s certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the server’s certificate is for other names than the one it was asked for',
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: 'the server wants a client certificate: --cert and --key',
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: 'the server refuses the TLS handshake; where it wants a client certificate: --cert and --key',
  ECONNREFUSED: 'nobody listens there: the connection was refused',
  ECONNRESET: 'the connection was reset before an answer came',
  EPIPE: 'the connection was closed while the request was being sent',
  UND_ERR_SOCKET: 'the connection was closed before an answer came',
  UND_ERR_CONNECT_TIMEOUT: 'no connection within the time allowed',
  UND_ERR_HEADERS_TIMEOUT: 'no answer within the time allowed',
  UND_ERR_BODY_TIMEOUT: 'the body stood still for longer than allowed',
  UND_ERR_HEADERS_OVERFLOW: 'the header section is larger than 16 KiB',
};

/** The error's own or, where several addresses were tried, the first one's code. */
function codeOf(error: Error): string {
  const own: unknown = 'code' in error ? error.code : undefined;
  if (typeof own === 'string') return own;
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error.cause;
  return first instanceof Error && first !== error ? codeOf(first) : '';
}

function kindOf(code: string): FaultKind {
  if (/^(?:ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|INVALID_PURPOSE|CRL_)/.test(code)) return 'tls';
  return kindByCode[code] ?? 'protocol';
}

/** Whether undici would not even try: a field, method or path that HTTP has no room for. */
export function isRefusedBySender(error: Error): boolean {
  return /^UND_ERR_(?:INVALID_ARG|NOT_SUPPORTED|REQ_CONTENT_LENGTH_MISMATCH)$/.test(codeOf(error));
}

/** Whether the connection simply ended: nothing said, nothing malformed. */
export function isConnectionEnd(error: Error): boolean {
  return ['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE', 'ECONNABORTED'].includes(codeOf(error));
}

/** The fault that an error of the transport stands for. `answered`: the header section had come, so a broken connection cut the answer short. */
export function faultOf(error: Error, answered: boolean): Fault {
  const code = codeOf(error);
  // undici gives both the code of a closed socket, and a body's missing end the name of a parser error.
  if (/^bad (?:upgrade|response)$/.test(error.message))
    return { kind: 'protocol', message: 'the server answered with a status that nobody had asked for (1xx)' };
  const kind = error.message.includes('Invalid EOF state') ? 'cut-short' : kindOf(code);
  if (answered && (kind === 'reset' || kind === 'cut-short')) {
    return { kind: 'cut-short', message: 'the connection ended before the announced end of the body' };
  }
  if (kind === 'cut-short') return { kind: 'protocol', message: 'the header section gives lengths that cannot be true' };
  return { kind, message: messageByCode[code] ?? oneLine(error, code) };
}

function oneLine(error: Error, code: string): string {
  const text = error.message.replaceAll(/\s+/g, ' ').trim().slice(0, 200);
  return code === '' || code === 'EPROXY' || text.includes(code) ? text : `${text} (${code})`;
}
