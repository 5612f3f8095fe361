/** Shapes: what a configuration may look like, as data, and the check of a value against one. Knows no key by name. */
import { isObject } from '../lib/json.ts';
import { nearest } from '../lib/nearest.ts';
import type { Parser } from './parse-setting.ts';

/** What a value must look like. */
export type Shape =
  /** Whatever the parser reads. */
  | { readonly kind: 'parsed'; readonly parse: Parser<unknown>; readonly help?: string }
  /** Anything at all. */
  | { readonly kind: 'any' }
  | { readonly kind: 'list'; readonly of: Shape }
  /** Free names, each with the same shape. */
  | { readonly kind: 'record'; readonly of: Shape }
  /** Fixed names. */
  | { readonly kind: 'object'; readonly members: Readonly<Record<string, Shape>>; readonly required: readonly string[] }
  /** An object whose member `kind` says which of the shapes it has. */
  | { readonly kind: 'variant'; readonly of: Readonly<Record<string, Shape & { readonly kind: 'object' }>> }
  /** A text, or else what the shape says. */
  | { readonly kind: 'text-or'; readonly of: Shape }
  /** An object with exactly one of the members. */
  | { readonly kind: 'either'; readonly of: Readonly<Record<string, Shape>> };

/** The first thing that is wrong: where (`environments.staging.target`), and what. */
export interface Flaw {
  readonly path: string;
  readonly problem: string;
}

/** The first flaw of the value, or undefined. */
export function findFlaw(shape: Shape, value: unknown, path = ''): Flaw | undefined {
  switch (shape.kind) {
    case 'any':
      return undefined;
    case 'parsed': {
      const parsed = shape.parse(value);
      return 'problem' in parsed ? { path, problem: parsed.problem } : undefined;
    }
    case 'text-or':
      return typeof value === 'string' ? undefined : findFlaw(shape.of, value, path);
    case 'list':
      if (!Array.isArray(value)) return { path, problem: 'must be a list' };
      return first(value.map((entry: unknown, index) => () => findFlaw(shape.of, entry, `${path}[${index}]`)));
    case 'record':
      if (!isObject(value)) return { path, problem: 'must be an object' };
      return first(
        Object.entries(value).map(
          ([name, entry]) =>
            () =>
              findFlaw(shape.of, entry, below(path, name)),
        ),
      );
    case 'object':
      return findMemberFlaw(shape, value, path);
    case 'variant': {
      if (!isObject(value)) return { path, problem: 'must be an object' };
      const kind = value['kind'];
      const chosen = typeof kind === 'string' && Object.hasOwn(shape.of, kind) ? shape.of[kind] : undefined;
      const kinds = Object.keys(shape.of).join(', ');
      return chosen === undefined ? { path: below(path, 'kind'), problem: `must be one of ${kinds}` } : findMemberFlaw(chosen, value, path);
    }
    case 'either': {
      const names = Object.keys(shape.of);
      const given = isObject(value) ? Object.keys(value) : [];
      if (given.length !== 1 || !names.includes(given[0] ?? ''))
        return { path, problem: `must have exactly one of the keys ${names.join(', ')}` };
      return findMemberFlaw({ kind: 'object', members: shape.of, required: [] }, value, path);
    }
    default:
      return shape satisfies never;
  }
}

function findMemberFlaw(shape: Shape & { readonly kind: 'object' }, value: unknown, path: string): Flaw | undefined {
  if (!isObject(value)) return { path, problem: 'must be an object' };
  const members = Object.keys(shape.members);
  const unknown = Object.keys(value).find((name) => !members.includes(name));
  if (unknown !== undefined) {
    const meant = nearest(unknown, members);
    return {
      path: below(path, unknown),
      problem: `is no key${meant === undefined ? `; there are ${members.join(', ')}` : `, did you mean ${meant}?`}`,
    };
  }
  const missing = shape.required.find((name) => value[name] === undefined);
  if (missing !== undefined) return { path: below(path, missing), problem: 'is missing' };
  const given = Object.entries(value).filter(([, entry]) => entry !== undefined);
  return first(
    given.map(
      ([name, entry]) =>
        () =>
          findFlaw(shape.members[name] ?? { kind: 'any' }, entry, below(path, name)),
    ),
  );
}

function first(looks: readonly (() => Flaw | undefined)[]): Flaw | undefined {
  for (const look of looks) {
    const flaw = look();
    if (flaw !== undefined) return flaw;
  }
  return undefined;
}

const below = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);
