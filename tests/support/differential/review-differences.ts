/** Holds differences against the reviewed file that says which of them may be. Pure. */
import { isObject, type Json } from '../../../src/lib/json.ts';
import type { Difference } from './compare-answers.ts';

/** One entry of the reviewed file; an operation or title that is left out fits all, and one pattern of the difference must fit. */
interface Entry {
  readonly operation: string;
  readonly title: string;
  readonly what: readonly string[];
  readonly reason: string;
  /** It may describe none. */
  readonly sometimes: boolean;
}

export interface Review {
  /** Differences that no entry describes. */
  readonly unreviewed: readonly Difference[];
  /** Reasons of the entries that describe no difference and should. */
  readonly stale: readonly string[];
}

/** What a file that was read makes of the differences. Throws TypeError for a file of another form. */
export function reviewDifferences(differences: readonly Difference[], file: unknown): Review {
  const listed = isObject(file) ? file['differences'] : undefined;
  if (!Array.isArray(listed)) throw new TypeError('the file must hold a list called differences');
  const entries = listed.map(readEntry);
  const described = new Set<Entry>();
  const unreviewed = differences.filter((difference) => {
    const entry = entries.find((one) => describes(one, difference));
    if (entry !== undefined) described.add(entry);
    return entry === undefined;
  });
  return { unreviewed, stale: entries.filter((entry) => !entry.sometimes && !described.has(entry)).map(({ reason }) => reason) };
}

function readEntry(value: Json): Entry {
  const { operation = '*', title = '*', what, reason, sometimes = false } = isObject(value) ? value : {};
  const patterns = [what].flat();
  if (
    typeof operation !== 'string' ||
    typeof title !== 'string' ||
    !isTexts(patterns) ||
    typeof reason !== 'string' ||
    typeof sometimes !== 'boolean'
  )
    throw new TypeError(`an entry must be {operation, title, what, reason, sometimes}: ${JSON.stringify(value)}`);
  return { operation, title, what: patterns, reason, sometimes };
}

function describes(entry: Entry, difference: Difference): boolean {
  const { operation, title, what } = difference;
  return fits(entry.operation, operation) && fits(entry.title, title) && entry.what.some((pattern) => fits(pattern, what));
}

function isTexts(values: readonly (Json | undefined)[]): values is readonly string[] {
  return values.every((value) => typeof value === 'string');
}

function fits(pattern: string, text: string): boolean {
  return new RegExp(
    `^${pattern
      .split('*')
      .map((part) => RegExp.escape(part))
      .join('.*')}$`,
    's',
  ).test(text);
}
