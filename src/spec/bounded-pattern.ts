/** Regular expressions of documents, which may be of any make: a text is matched in bounded time, or not at all. */
import vm from 'node:vm';
import { keepByText } from '../lib/keep-by-text.ts';

/** What ajv asks of a regular expression. */
export interface BoundedPattern {
  /** Whether the text matches. Throws outside of `withinTime` where that could take long. */
  readonly test: (text: string) => boolean;
}

/** Milliseconds that the matching of one value may take. */
const patience = 500;

/** Steps of a backtracking matcher that nobody notices. */
const unnoticed = 1_000_000;

/** Characters of a pattern that is looked into; longer ones are taken for the worst. */
const longestStudied = 5000;

/** Thrown where a match could take long; made once, for to note where it is thrown takes longer than most matches. */
const needsTime = new Error('this match needs a limit of time');

let timed = false;
let work: (() => unknown) | undefined;
const script = new vm.Script('work()');
let realm: vm.Context | undefined;

/**
 * The pattern of a schema as ECMA-262 reads it: with `u`, and where that refuses it, without; undefined where it is no regular expression.
 * @see https://json-schema.org/draft/2020-12/json-schema-core#section-6.4
 */
export function boundedPattern(source: string): BoundedPattern | undefined {
  const expression = readPattern(source);
  if (expression === undefined) return undefined;
  const longest = longestUnnoticed(source);
  return {
    test: (text) => {
      if (text.length > longest && !timed) throw needsTime;
      return expression.test(text);
    },
  };
}

/** The expression of a pattern, to look at; what it matches is asked of `boundedPattern` and `textPattern`. */
export function readPattern(source: string): RegExp | undefined {
  for (const flags of ['u', '']) {
    try {
      return new RegExp(source, flags);
    } catch {
      // next, more lenient reading
    }
  }
  return undefined;
}

/** The length of text that a backtracking matcher surely settles: it takes 2^n steps where repetitions are nested, else n^k for k of them in a row. */
function longestUnnoticed(source: string): number {
  if (source.length > longestStudied) return Math.log2(unnoticed);
  // one character so many times can be matched in one way only
  const bare = source.replaceAll(/\\.|\[(?:\\.|[^\]\\])*\]/gs, 'x').replaceAll(/(?<=[^()*+?{}|])\{\d+\}(?!\?)/g, '');
  if (/\([^()]*(?:[*+?}|]|\()[^]*\)(?:[*+]|\{\d+,?\d*\})/.test(bare) || /\\[1-9]|\\k</.test(source)) {
    // of many counted repetitions each may take a part of even a short text
    return /\{\d*,?\d{2,}\}/.test(bare) ? 0 : Math.log2(unnoticed);
  }
  const repetitions = bare.match(/[*+]|\{\d+,\d*\}/g)?.length ?? 0;
  const tries = bare.startsWith('^') ? repetitions : repetitions + 1;
  return tries < 2 ? Number.POSITIVE_INFINITY : unnoticed ** (1 / tries);
}

/** A pattern for those who make texts. */
export interface TextPattern {
  readonly expression: RegExp;
  /** Whether the text matches; undefined where that takes too long to be found out. */
  readonly matches: (text: string) => boolean | undefined;
}

/** The pattern of a schema; undefined where it is no regular expression. Of one that once took too long only shorter texts are tried again. */
export const textPattern: (source: string) => TextPattern | undefined = keepByText(createTextPattern);

function createTextPattern(source: string): TextPattern | undefined {
  const expression = readPattern(source);
  const pattern = boundedPattern(source);
  if (expression === undefined || pattern === undefined) return undefined;
  let tooLong = Infinity;
  // to limit the time takes a thread each time, and those who make texts try the same ones again and again
  const settled = keepByText((text: string): boolean | undefined => {
    try {
      return withinTime(() => pattern.test(text));
    } catch {
      // a quarter less may take a thousandth of the time
      tooLong = Math.min(tooLong, Math.ceil(text.length * 0.75));
      return undefined;
    }
  });
  const matches = (text: string): boolean | undefined => {
    try {
      return pattern.test(text);
    } catch {
      return text.length >= tooLong ? undefined : settled(text);
    }
  };
  return { expression, matches };
}

/** Runs a validation, again under a time limit where a pattern asks for one. Throws where the time is over. */
export function withinTime<Result>(run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (error !== needsTime) throw error;
  }
  realm ??= vm.createContext({ work: () => work?.() });
  timed = true;
  work = run;
  try {
    return script.runInContext(realm, { timeout: patience }) as Result;
  } catch (error) {
    // an error of the other realm is no `Error` of this one
    if ((error as { readonly code?: unknown }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') {
      throw new Error(`a pattern of the schema does not settle within ${patience} ms`, { cause: error });
    }
    throw error;
  } finally {
    timed = false;
    work = undefined;
  }
}
