/** Reads JSON or YAML 1.2 text into a plain tree. Must end on any input: aliases and depth are bounded. */
import type * as Jsonc from 'jsonc-parser';
import { HarnessError, type ErrorCode } from '../errors.ts';
import type { Json } from '../lib/json.ts';
import { joinPointer } from '../lib/json-pointer.ts';
import { jsYaml, jsoncParser } from '../lib/load-late.ts';

/** Deeper trees are no documents, and would exhaust the stack of every walk. */
const maxDepth = 500;

/** Values that aliases may add to those which are written. */
const maxExpansion = 200_000;

interface Problem {
  readonly reason: string;
  /** One-based. */
  readonly line: number;
  readonly column: number;
}

function placeOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

function jsonProblem(text: string): Problem | undefined {
  const { parseTree, printParseErrorCode } = jsoncParser();
  const errors: Jsonc.ParseError[] = [];
  parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const [first] = errors;
  if (first === undefined) return undefined;
  const words = printParseErrorCode(first.error)
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toLowerCase();
  return { reason: words, ...placeOf(text, first.offset) };
}

function yamlProblem(error: unknown): Problem {
  if (!(error instanceof jsYaml().YAMLException))
    return { reason: error instanceof Error ? error.message : String(error), line: 1, column: 1 };
  return { reason: error.reason, line: (error.mark?.line ?? 0) + 1, column: (error.mark?.column ?? 0) + 1 };
}

/** What keeps a parsed value from being a JSON tree. */
function refuse(value: string, pointer: string): string {
  return `${value} at ${pointer === '' ? 'the root' : pointer}`;
}

/** A tree of its own for every alias, with JSON values only. Returns the reason where that cannot be had. */
function expand(root: unknown): { readonly value: Json } | { readonly reason: string } {
  const open = new Set<object>();
  const seen = new Set<object>();
  let repeated = 0;
  let reason: string | undefined;
  function copy(value: unknown, pointer: string, depth: number, inAlias: boolean): Json {
    if (reason !== undefined) return null;
    if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
    if (typeof value === 'number') {
      if (!Number.isFinite(value)) reason = refuse(`${value} is no JSON number,`, pointer);
      return value;
    }
    if (typeof value !== 'object') {
      reason = refuse(`a ${typeof value} is no JSON value,`, pointer);
      return null;
    }
    const aliased = inAlias || seen.has(value);
    if (aliased && ++repeated > maxExpansion) reason = `its aliases expand to more than ${maxExpansion} values`;
    else if (open.has(value)) reason = refuse('an alias that contains itself', pointer);
    else if (depth > maxDepth) reason = `it is nested more than ${maxDepth} levels deep`;
    if (reason !== undefined) return null;
    seen.add(value);
    open.add(value);
    const result: Json = Array.isArray(value)
      ? value.map((entry, index) => copy(entry, joinPointer(pointer, index), depth + 1, aliased))
      : Object.fromEntries(
          Object.entries(value).map(([name, entry]) => [name, copy(entry, joinPointer(pointer, name), depth + 1, aliased)]),
        );
    open.delete(value);
    return result;
  }
  const value = copy(root, '', 0, false);
  return reason === undefined ? { value } : { reason };
}

function tooDeep(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth > maxDepth || Object.values(value).some((entry) => tooDeep(entry, depth + 1));
}

/** A text that opens like JSON and is none is read as YAML too (flow style); if that fails as well, the JSON reader's complaint is the useful one. */
function read(text: string): { readonly value: Json } | Problem {
  const looksJson = /^\s*[[{"]/.test(text);
  if (looksJson) {
    try {
      const value = JSON.parse(text) as Json;
      return tooDeep(value) ? { reason: `it is nested more than ${maxDepth} levels deep`, line: 1, column: 1 } : { value };
    } catch {
      // Read as YAML below.
    }
  }
  try {
    const expanded = expand(jsYaml().load(text));
    return 'value' in expanded ? expanded : { reason: expanded.reason, line: 1, column: 1 };
  } catch (error) {
    return (looksJson ? jsonProblem(text) : undefined) ?? yamlProblem(error);
  }
}

/**
 * The value that a JSON or YAML 1.2 text holds, as a tree without shared parts.
 * @throws HarnessError `code` (`E_SPEC_PARSE` unless said otherwise) with `location`, line and column
 * @see https://www.rfc-editor.org/rfc/rfc8259 https://yaml.org/spec/1.2.2/
 */
export function parseText(text: string, location: string, code: ErrorCode = 'E_SPEC_PARSE'): Json {
  const bare = text.startsWith('\uFEFF') ? text.slice(1) : text;
  if (bare.trim() === '') throw new HarnessError(code, `${location} is empty`);
  const result = read(bare);
  if ('value' in result) return result.value;
  throw new HarnessError(code, `${location}:${result.line}:${result.column} is neither JSON nor YAML: ${result.reason}`);
}
