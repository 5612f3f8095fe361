/** What a provider did wrong, in one line. Takes over codes only: descriptions and bodies may repeat what was sent, secrets included. */
import { HarnessError, isHarnessError } from '../errors.ts';
import { describeSkew } from './provider-clock.ts';

/** What a refusal means, and what to do: by the codes of RFC 6749 section 5.2 and RFC 8628 section 3.5. */
const refusals: Readonly<Record<string, readonly [said: string, hint: string]>> = {
  access_denied: ['the login was refused', 'run specproof login again if that was a mistake'],
  expired_token: ['the login was not finished in time', 'run specproof login again'],
  invalid_client: ['refused the client', 'check client id and secret or private key'],
  invalid_grant: ['refused the grant', 'what was shown is wrong, used up or has expired: log in again, or check password or subject'],
  invalid_scope: ['refused the scope', 'check scope and audience'],
  server_error: ['has an error of its own', 'see what the provider’s log says'],
  temporarily_unavailable: ['has no time now', 'try again later'],
  unauthorized_client: ['refused the client', 'check client id and secret; if they are right, allow the client this grant at the provider'],
  unsupported_grant_type: ['refused the grant', 'the provider does not know this grant: allow it there, or use another kind of identity'],
};

export interface ErrorPlace {
  readonly identity: string;
  /** Issuer or token endpoint. */
  readonly where: string;
  readonly isDiscovered: boolean;
  /** Milliseconds that the provider's clock is ahead; 0 where that cannot matter. */
  readonly skew: number;
}

/** The E_IDENTITY for whatever a request to a provider threw; a HarnessError stays itself. */
export function providerError(error: unknown, { identity, where, isDiscovered, skew }: ErrorPlace): HarnessError {
  if (isHarnessError(error)) return error;
  const at = `identity ${identity}: ${where}`;
  const clocks = skew === 0 ? '' : `; ${describeSkew('the provider', skew)}`;
  const code = textOf(error, 'error');
  if (code !== undefined) {
    const [said, hint] = refusals[code] ?? [
      'refused the client',
      'check client id, secret and scope, and that the client may use this grant',
    ];
    return new HarnessError('E_IDENTITY', `${at} ${said.startsWith('the ') ? `says that ${said}` : said}: ${code}`, {
      hint: `${hint}${clocks}`,
    });
  }
  const network = networkCode(error);
  if (network !== undefined) {
    return new HarnessError('E_IDENTITY', `${at} cannot be reached: ${network}`, {
      hint: 'check the issuer URL and that the provider is up',
    });
  }
  const status = statusOf(error);
  if (status !== undefined && [400, 401, 403, 422].includes(status))
    return new HarnessError('E_IDENTITY', `${at} refused the grant: status ${status}`, {
      hint: `check what was shown: client id and secret, or user name and password${clocks}`,
    });
  const reason = textOf(error, 'code') ?? (error instanceof Error ? error.name : 'unknown error');
  return new HarnessError('E_IDENTITY', `${at} gave no usable answer: ${reason}${status === undefined ? '' : ` (status ${status})`}`, {
    hint:
      status !== undefined && status >= 500
        ? 'the provider has an error of its own: see its log, or try again later'
        : isDiscovered
          ? `the issuer must serve /.well-known/openid-configuration with the same issuer and a token endpoint that answers JSON${clocks}`
          : `a token endpoint answers JSON with access_token and token_type; for any other take an identity of kind "login-call"${clocks}`,
  });
}

/** The error code of a refusal, as RFC 6749 section 5.2 has them; undefined for any other failure. */
export function refusalCode(error: unknown): string | undefined {
  return isHarnessError(error) ? undefined : textOf(error, 'error');
}

function textOf(error: unknown, name: string): string | undefined {
  const value: unknown =
    typeof error === 'object' && error !== null && name in error ? (error as Record<string, unknown>)[name] : undefined;
  return typeof value === 'string' && /^[\w .:-]{1,80}$/.test(value) ? value : undefined;
}

function* causes(error: unknown): Generator<Error> {
  for (let current = error, depth = 0; current instanceof Error && depth < 6; current = current.cause, depth += 1) {
    yield current;
    if (current instanceof AggregateError) yield* causes(current.errors[0]);
  }
}

/** Of a connection that did not come about, or a time that ran out. */
function networkCode(error: unknown): string | undefined {
  for (const cause of causes(error)) {
    const code = textOf(cause, 'code');
    if (code !== undefined && /^(?:E[A-Z]+|UND_ERR_\w+|CERT_\w+|ERR_(?:TLS|SSL)_\w+|[A-Z_]*SELF_SIGNED\w*|UNABLE_TO_\w+)$/.test(code))
      return code;
    if (cause.name === 'TimeoutError') return 'no answer in time';
  }
  // fetch says why in its cause, if anywhere.
  const failed = causes(error).find((cause) => cause.message === 'fetch failed');
  return failed === undefined ? undefined : failed.cause instanceof Error ? failed.cause.message.slice(0, 80) : failed.message;
}

/** The status of a response among the causes, where there is one. */
function statusOf(error: unknown): number | undefined {
  for (const { cause } of causes(error)) {
    if (cause instanceof Response) return cause.status;
  }
  return undefined;
}
