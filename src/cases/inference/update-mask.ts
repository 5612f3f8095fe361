/** The mask of an update, which says what of its body it writes. Pure. @see https://google.aip.dev/134 */
import { plainName } from '../../lib/names.ts';
import type { Operation, Parameter } from '../../spec/contract.ts';

/** The query parameter that names the members that are written; undefined where an operation has none. */
export function maskOf({ parameters, requestBody }: Operation): Parameter | undefined {
  return requestBody && parameters.find(({ in: place, name }) => place === 'query' && /^(?:update|field)mask$/.test(plainName(name)));
}
