/** What changed between two versions of a document, operations first. Pure. Knows nothing of locks: the caller takes out prose that must not count. */
import { isDeepStrictEqual } from 'node:util';
import { isObject, member, type Json, type JsonObject } from '../lib/json.ts';
import { joinPointer } from '../lib/json-pointer.ts';
import { describeChange } from './describe-change.ts';
import { operationOf } from './find-users.ts';

/** One difference, in words. */
export interface Drift {
  readonly kind: 'added' | 'removed' | 'changed';
  /** `METHOD /path` where the difference stands in one operation. */
  readonly operation: string | undefined;
  /** Into the served document; into the locked one for what was removed. */
  readonly pointer: string;
  /** One line for people. */
  readonly what: string;
}

/** One difference, before it is put in words. */
export interface Change {
  readonly kind: Drift['kind'];
  readonly tokens: readonly string[];
  readonly from: Json | undefined;
  readonly to: Json | undefined;
  /** Whether the place is an entry of a list whose order means nothing. */
  readonly entry: boolean;
}

const maps: ReadonlySet<string> = new Set([
  'properties',
  'patternProperties',
  '$defs',
  'definitions',
  'schemas',
  'paths',
  'content',
  'headers',
]);

/** Data and extensions are compared as a whole. */
function isLeaf(tokens: readonly string[]): boolean {
  const name = tokens.at(-1) ?? '';
  if (maps.has(tokens.at(-2) ?? '')) return false;
  return ['example', 'examples', 'default', 'const'].includes(name) || name.startsWith('x-');
}

/** What makes an entry of an unordered list itself; undefined for lists whose order counts. */
function identityOf(list: string): ((entry: Json) => string) | undefined {
  const text = (entry: Json): string => JSON.stringify(entry);
  const by =
    (...names: readonly string[]) =>
    (entry: Json): string =>
      JSON.stringify(names.map((name) => member(entry, name) ?? null));
  if (list === 'parameters') return by('$ref', 'in', 'name');
  if (list === 'tags') return (entry) => (isObject(entry) ? by('name')(entry) : text(entry));
  if (list === 'servers') return by('url');
  return ['required', 'enum', 'type', 'security', 'consumes', 'produces', 'schemes'].includes(list) ? text : undefined;
}

type Report = (change: Change) => void;

function compareLists(from: readonly Json[], to: readonly Json[], tokens: readonly string[], report: Report): void {
  const identity =
    identityOf(tokens.at(-1) ?? '') ?? ((entry: Json) => String(from.includes(entry) ? from.indexOf(entry) : to.indexOf(entry)));
  const entry = identityOf(tokens.at(-1) ?? '') !== undefined;
  const former = new Map(from.map((value, index) => [identity(value), { value, index }]));
  const latter = new Map(to.map((value, index) => [identity(value), { value, index }]));
  for (const [key, { value, index }] of former) {
    const other = latter.get(key);
    if (other === undefined) report({ kind: 'removed', tokens: [...tokens, String(index)], from: value, to: undefined, entry });
    else compare(value, other.value, [...tokens, String(other.index)], report);
  }
  for (const [key, { value, index }] of latter) {
    if (!former.has(key)) report({ kind: 'added', tokens: [...tokens, String(index)], from: undefined, to: value, entry });
  }
}

function compare(from: Json, to: Json, tokens: readonly string[], report: Report): void {
  if (isDeepStrictEqual(from, to)) return;
  if (Array.isArray(from) && Array.isArray(to) && !isLeaf(tokens)) {
    const [former, latter]: readonly (readonly Json[])[] = [from, to];
    compareLists(former ?? [], latter ?? [], tokens, report);
    return;
  }
  if (!isObject(from) || !isObject(to) || isLeaf(tokens)) {
    report({ kind: 'changed', tokens, from, to, entry: false });
    return;
  }
  for (const name of new Set([...Object.keys(from), ...Object.keys(to)])) {
    const [former, latter] = [member(from, name), member(to, name)];
    const place = [...tokens, name];
    if (former !== undefined && latter !== undefined) compare(former, latter, place, report);
    else report({ kind: former === undefined ? 'added' : 'removed', tokens: place, from: former, to: latter, entry: false });
  }
}

const methods: ReadonlySet<string> = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query']);

/** A whole path that came or went is told operation by operation. */
function split(change: Change): Change[] {
  const [area, , ...rest] = change.tokens;
  const item = change.to ?? change.from;
  if (area !== 'paths' || rest.length > 0 || !isObject(item) || change.kind === 'changed') return [change];
  const operations = Object.keys(item).filter((name) => methods.has(name));
  if (operations.length === 0) return [change];
  const { kind, entry, tokens, from, to } = change;
  return operations.map((name) => ({ kind, entry, tokens: [...tokens, name], from: member(from, name), to: member(to, name) }));
}

/** Whole operations first, then what changed inside them, then components, then the rest. */
function rank({ tokens }: Change): number {
  if (tokens[0] === 'paths') return tokens.length <= 3 ? 0 : 1;
  return ['components', 'definitions', 'parameters', 'responses', 'securityDefinitions'].includes(tokens[0] ?? '') ? 2 : 3;
}

/**
 * The differences of the served document against the locked one, whole operations first, each with one line for people.
 * Both must be of the same dialect shape; order of members never counts, order of lists only where it means something.
 */
export function compareDocuments(locked: JsonObject, served: JsonObject): readonly Drift[] {
  const changes: Change[] = [];
  compare(locked, served, [], (change) => changes.push(...split(change)));
  const describe = describeChange(locked, served);
  return changes
    .sort((left, right) => rank(left) - rank(right))
    .map((change) => ({
      kind: change.kind,
      operation: operationOf(change.tokens),
      pointer: joinPointer('', ...change.tokens),
      what: describe(change),
    }));
}
