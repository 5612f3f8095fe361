/** What a provider did wrong, in one line. Takes over codes only: descriptions and bodies may repeat what was sent, secrets included. */
import { HarnessError, isHarnessError } from '../errors.ts';

/** The E_IDENTITY for whatever a token request threw; a HarnessError stays itself. */
export function providerError(error: unknown, { identity, issuer }: { readonly identity: string; readonly issuer: string }): HarnessError {
  if (isHarnessError(error)) return error;
  const where = `identity ${identity}: ${issuer}`;
  const oauth = textOf(error, 'error');
  if (oauth !== undefined) {
    return new HarnessError('E_IDENTITY', `${where} refused the client: ${oauth}`, {
      hint: 'check client id, secret and scope, and that the client may use client credentials',
    });
  }
  const network = networkCode(error);
  if (network !== undefined) {
    return new HarnessError('E_IDENTITY', `${where} cannot be reached: ${network}`, {
      hint: 'check the issuer URL and that the provider is up',
    });
  }
  const code = textOf(error, 'code') ?? (error instanceof Error ? error.name : 'unknown error');
  return new HarnessError('E_IDENTITY', `${where} gave no usable answer: ${code}${statusOf(error)}`, {
    hint: 'the issuer must serve /.well-known/openid-configuration with the same issuer and a token endpoint that answers JSON',
  });
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
function statusOf(error: unknown): string {
  for (const { cause } of causes(error)) {
    if (cause instanceof Response) return ` (status ${cause.status})`;
  }
  return '';
}
