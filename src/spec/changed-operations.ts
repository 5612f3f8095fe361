/** Which operations a change of a document touches. Pure. */
import { pointerTokens } from '../lib/json-pointer.ts';
import { compareDocuments } from './compare-documents.ts';
import type { Contract } from './contract.ts';
import { componentOf, findUsers, operationOf, wholeDocument } from './find-users.ts';

/** What no request and no answer depends on. */
const prose: ReadonlySet<string> = new Set(['info', 'tags', 'externalDocs', 'webhooks']);

/**
 * Ids of the operations that say something else than before: themselves, their path, or the components that they use.
 * Undefined where the change may touch any: an operation that came or went is planned for with others.
 */
export function changedOperations(before: Contract, after: Contract): ReadonlySet<string> | undefined {
  const users = [before, after].map(({ document }) => findUsers(document));
  const usersOf = (component: string): readonly string[] => users.flatMap((find) => find(component));
  const touched = new Set<string>();
  for (const { kind, operation, pointer } of compareDocuments(before.document, after.document)) {
    const tokens = pointerTokens(pointer);
    const [area = '', place] = tokens;
    if (prose.has(area)) continue;
    if (kind !== 'changed' && operation !== undefined && operationOf(tokens.slice(0, -1)) === undefined) return undefined;
    const component = place === 'securitySchemes' ? undefined : componentOf(tokens);
    const path = area === 'paths' ? place : undefined;
    const names = operation !== undefined ? [operation] : path !== undefined ? [path] : component && usersOf(component);
    if (names === undefined || names.includes(wholeDocument)) return undefined;
    for (const name of names) touched.add(name);
  }
  return new Set(after.operations.flatMap(({ id, path }) => (touched.has(id) || touched.has(path) ? [id] : [])));
}
