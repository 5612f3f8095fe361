/** Which operations use a component, directly or through other components. Pure. */
import type { JsonObject } from '../lib/json.ts';
import { fragmentPointer, joinPointer, pointerTokens } from '../lib/json-pointer.ts';
import { findReferences } from './references.ts';

/** `METHOD /path` of the operation that a place is in, or undefined. */
export function operationOf(tokens: readonly string[]): string | undefined {
  const [area, path, method, further] = tokens;
  if (area !== 'paths' || path === undefined || method === undefined) return undefined;
  if (method === 'additionalOperations') return further === undefined ? undefined : `${further} ${path}`;
  return ['parameters', 'servers', 'summary', 'description', '$ref'].includes(method) || method.startsWith('x-')
    ? undefined
    : `${method.toUpperCase()} ${path}`;
}

/** The component that a pointer is in, as a pointer; undefined elsewhere. */
export function componentOf(tokens: readonly string[]): string | undefined {
  if (tokens[0] === 'components') return tokens.length >= 3 ? joinPointer('', ...tokens.slice(0, 3)) : undefined;
  return ['definitions', 'parameters', 'responses'].includes(tokens[0] ?? '') && tokens.length >= 2
    ? joinPointer('', ...tokens.slice(0, 2))
    : undefined;
}

/** Stands for a user that is no operation, path or component. */
export const wholeDocument = 'the document';

/** For each component, who refers to it: operations by name, components by pointer, path items by path. */
function referrers(document: JsonObject): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { pointer, reference } of findReferences(document)) {
    const target = fragmentPointer(reference);
    const component = target === undefined ? undefined : componentOf(pointerTokens(target));
    if (component === undefined) continue;
    const tokens = pointerTokens(pointer);
    const from = operationOf(tokens) ?? componentOf(tokens) ?? (tokens[0] === 'paths' ? (tokens[1] ?? '') : wholeDocument);
    found.set(component, (found.get(component) ?? new Set()).add(from));
  }
  return found;
}

/** A function from a component's pointer to the names of the operations (or paths) that use it, in order of name. The document is read on first use. */
export function findUsers(document: JsonObject): (component: string) => readonly string[] {
  let graph: ReadonlyMap<string, ReadonlySet<string>> | undefined;
  return (component) => {
    graph ??= referrers(document);
    const seen = new Set([component]);
    const users = new Set<string>();
    const queue = [component];
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      for (const from of graph.get(next) ?? []) {
        const isComponent = componentOf(pointerTokens(from)) !== undefined;
        if (!isComponent) users.add(from);
        else if (!seen.has(from)) {
          seen.add(from);
          queue.push(from);
        }
      }
    }
    return [...users].sort();
  };
}
