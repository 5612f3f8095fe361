/** Strings that match a pattern: readable ones where they match, else generated from the expression. Deterministic for a seed. */
import * as fc from 'fast-check';
import { keepByText } from '../../lib/keep-by-text.ts';
import { fitLength, lengthOf, type StringRules } from './string-rules.ts';

/** Words that many patterns accept, tried before anything is generated. */
const readable = [
  'alpha',
  'sample-name',
  'sample_name',
  'Sample',
  'SAMPLE',
  'abc123',
  'a',
  'A',
  '1',
  '10',
  '1.0',
  '1.0.0',
  '/sample',
  'sample.txt',
  'en',
  'EUR',
  '12:30',
  '2024-05-17',
  '+4366012345',
  '#336699',
  'https://example.com/sample',
  'sample@example.com',
] as const;

/** Strings that satisfy all the rules, at most `count`, shortest wish first served; none when the patterns cannot be met. */
export function patternStrings(rules: StringRules, seed: number, count: number): string[] {
  const wanted = new Set<string>();
  const offer = (text: string): void => {
    if (wanted.size >= count) return;
    if (rules.accepts(text)) wanted.add(text);
    else if (lengthOf(text) < rules.least && rules.accepts(fitLength(text, rules.least))) wanted.add(fitLength(text, rules.least));
    else if (lengthOf(text) > rules.most && rules.accepts(fitLength(text, rules.most))) wanted.add(fitLength(text, rules.most));
  };
  for (const text of readable) offer(text);
  if (wanted.size >= count) return [...wanted];
  for (const { expression } of rules.patterns) for (const text of generated({ expression, seed })) offer(text);
  // an expression without an end allows more than the generator gives
  const found = Array.from(wanted);
  for (const text of found) for (let suffix = 1; suffix <= count; suffix++) offer(`${text}${suffix}`);
  return [...wanted];
}

/** How many texts are generated for a pattern. */
const mostTexts = 60;

/** An arbitrary of strings that match from their first character to their last; undefined for expressions beyond the generator. */
export const matching: (expression: RegExp) => fc.Arbitrary<string> | undefined = keepByText(build);

const generated = keepByText(
  ({ expression, seed }: { readonly expression: RegExp; readonly seed: number }): readonly string[] => {
    const arbitrary = matching(expression);
    return arbitrary ? fc.sample(arbitrary, { seed, numRuns: mostTexts }) : [];
  },
  ({ expression, seed }) => `${seed} ${String(expression)}`,
);

/** Characters that a text may have to have for one to be made. */
const mostCharacters = 5000;

const piece = /\\.|\[(?:\\.|[^\]\\])*\]|\((?:\?(?:[:=!]|<[=!]|<\w+>))?|\)|\{(\d+)(?:,\d*)?\}|./gs;

/** How many pieces a text that matches has at the least, those that may be empty counted as one. */
function leastPieces(source: string): number {
  const open: number[] = [];
  let total = 0;
  let last = 0;
  for (const [text, count] of source.matchAll(piece)) {
    if (text.startsWith('(')) {
      open.push(total);
      total = 0;
      continue;
    }
    if (text === ')') {
      last = Math.max(1, total);
      total = (open.pop() ?? 0) + last;
    } else if (count === undefined) total += last = 1;
    else total += last * Math.max(0, Number(count) - 1);
  }
  return total;
}

function build(expression: RegExp): fc.Arbitrary<string> | undefined {
  if (leastPieces(expression.source) > mostCharacters) return undefined;
  // look-arounds cannot be generated: without them, candidates are made and then tested against the whole
  const plain = expression.source.replaceAll(/\(\?<?[=!](?:[^()\\]|\\.|\([^()]*\))*\)/g, '');
  for (const source of new Set([expression.source, plain])) {
    try {
      const anchored = new RegExp(`^(?:${source})$`, expression.flags);
      const arbitrary = fc.stringMatching(anchored, { size: 'xsmall' });
      fc.sample(arbitrary, { seed: 1, numRuns: 1 });
      return arbitrary;
    } catch {
      // the next, simpler reading
    }
  }
  return undefined;
}
