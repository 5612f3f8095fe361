/** Which operations change nothing. */
import { safeMethods } from '../lib/methods.ts';
import type { Operation } from './contract.ts';

/** Extension of an operation (an overlay adds it): `false` where its method is safe and it changes something all the same. */
export const safeExtension = 'x-specproof-safe';

/** Whether the operation changes nothing: its method is safe, and the document does not say otherwise. */
export function isSafe({ method, extensions }: Operation): boolean {
  return safeMethods.has(method) && extensions[safeExtension] !== false;
}
