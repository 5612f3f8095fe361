/** Finds the operation that a request belongs to: concrete path templates before templated ones, as the standard says. */
import type { Method, Operation } from './contract.ts';
import { decodedSegment, fittingValues, templateSegment, type TemplateSegment } from './template-segment.ts';

interface Node {
  readonly fixed: Map<string, Node>;
  readonly templated: { readonly shape: string; readonly segment: TemplateSegment; readonly node: Node }[];
  readonly operations: Operation[];
}

/** Looks paths up. Made once per contract. */
export interface Matcher {
  /** The operation of a method and a path (no query), or undefined. */
  readonly match: (method: Method, path: string) => Operation | undefined;
  /** All operations whose template fits the path, best template first. */
  readonly matchPath: (path: string) => readonly Operation[];
  /** Pairs of operations that no path can tell apart, for people. */
  readonly collisions: readonly string[];
}

/**
 * A matcher over the operations' path templates.
 * @see https://spec.openapis.org/oas/v3.1.1#path-templating-matching
 */
export function createMatcher(operations: readonly Operation[]): Matcher {
  const root = emptyNode();
  const collisions: string[] = [];
  for (const operation of operations) {
    const node = insert(root, segments(operation.path));
    const twin = node.operations.find((other) => other.method === operation.method);
    if (twin) collisions.push(`${twin.id} and ${operation.id} have the same shape: a request to the one cannot be told from the other`);
    node.operations.push(operation);
  }
  const matchPath = (path: string): Operation[] => {
    const found: Operation[] = [];
    collect(root, segments(path), 0, found);
    return found;
  };
  return { matchPath, collisions, match: (method, path) => matchPath(path).find((operation) => operation.method === method) };
}

function emptyNode(): Node {
  return { fixed: new Map(), templated: [], operations: [] };
}

function segments(path: string): string[] {
  return path.replace(/^\//, '').split('/');
}

function insert(root: Node, parts: readonly string[]): Node {
  let node = root;
  for (const part of parts) {
    if (part.includes('{')) {
      const shape = part.replaceAll(/\{[^}]*\}/g, '{}');
      let entry = node.templated.find((candidate) => candidate.shape === shape);
      if (!entry) {
        entry = { shape, segment: templateSegment(shape), node: emptyNode() };
        // `{id}.json` says more than `{id}`
        node.templated.push(entry);
        node.templated.sort((a, b) => b.shape.length - a.shape.length);
      }
      node = entry.node;
    } else {
      let next = node.fixed.get(part);
      if (!next) node.fixed.set(part, (next = emptyNode()));
      node = next;
    }
  }
  return node;
}

function collect(node: Node, parts: readonly string[], at: number, found: Operation[]): void {
  const part = parts[at];
  if (part === undefined) {
    found.push(...node.operations);
    return;
  }
  const fixed = node.fixed.get(decodedSegment(part)) ?? node.fixed.get(part);
  if (fixed) collect(fixed, parts, at + 1, found);
  for (const { segment, node: next } of node.templated) if (fittingValues(segment, part)) collect(next, parts, at + 1, found);
}
