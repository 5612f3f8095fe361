/** Which operations change nothing. */
import { safeMethods } from '../lib/methods.ts';
import { nameWords, pathSegments } from '../lib/names.ts';
import type { Operation } from './contract.ts';

/** Extension of an operation (an overlay adds it): `false` where its method is safe and it changes something all the same. */
export const safeExtension = 'x-specproof-safe';

/** Whether the operation changes nothing: its method is safe, and the document does not say otherwise. */
export function isSafe({ method, extensions }: Operation): boolean {
  return safeMethods.has(method) && extensions[safeExtension] !== false;
}

const searching = new Set(['search', 'query', 'find', 'filter', 'lookup']);

/**
 * Whether an operation is a search, by its path's last word; its criteria may be posted where they do not fit into a URL.
 * What it answers is no 201, 202 or 204.
 */
export function isSearch({ method, path, responses }: Operation): boolean {
  const last = nameWords(pathSegments(path).at(-1) ?? '');
  const successes = responses.map(({ status }) => status).filter((status) => status.startsWith('2'));
  return (
    (method === 'GET' || method === 'POST') && last.some((word) => searching.has(word)) && successes.every((status) => status === '200')
  );
}
