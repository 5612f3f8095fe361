/** The header field under which a request may be repeated. Pure. @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/ */
import { plainName } from '../../lib/names.ts';
import type { Parameter } from '../../spec/contract.ts';

/** Whether a parameter is such a key: one that was sent before is answered as before, or refused. */
export function isIdempotencyKey({ in: place, name }: Pick<Parameter, 'in' | 'name'>): boolean {
  return place === 'header' && /^x?idempotency(?:key|token)$/.test(plainName(name));
}
