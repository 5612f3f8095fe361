/** What may be sent where nothing must change: safe methods, unless the document says that an operation is not safe all the same. Pure. */
import { safeMethods } from '../lib/methods.ts';
import type { Contract } from '../spec/contract.ts';
import { isSafe } from '../spec/is-safe.ts';
import { operationAt } from '../spec/locate.ts';
import type { WireRequest } from './build.ts';

/** Why a request must not be sent; undefined where it may. */
export type Withhold = (request: Pick<WireRequest, 'method' | 'url' | 'headers'>) => string | undefined;

/** Fields by which some frameworks let a safe method stand for another one. */
const overrideFields = new Set(['x-http-method-override', 'x-http-method', 'x-method-override']);

/** Withholds all that may change something at the target: other methods than safe ones, hidden ones, and operations that the document calls unsafe. `why` ends the sentence. */
export function withholdUnsafe(contract: Contract, baseUrl: string, why: string): Withhold {
  return ({ method, url, headers }) => {
    if (!safeMethods.has(method)) return `${method} is not a safe method, and ${why}`;
    const hidden = headers.find(([name, value]) => overrideFields.has(name.toLowerCase()) && !safeMethods.has(value.toUpperCase()));
    if (hidden) return `the method is overridden with ${hidden[1]}, and ${why}`;
    const operation = operationAt(contract, { method, url }, baseUrl);
    return operation !== undefined && !isSafe(operation) ? `the document says that ${operation.id} is not safe, and ${why}` : undefined;
  };
}
