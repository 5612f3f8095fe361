/** Ordinary numbers and strings. */
import { describedIn } from './described-text.ts';
import { formatValues } from './format-values.ts';
import { markedText } from './adapt-example.ts';
import { greatestOf, isInRange, leastOf, nearestIn, neighbour, numericRange } from './numeric-range.ts';
import { patternStrings } from './pattern-strings.ts';
import type { Random } from './random.ts';
import { realisticNumber, realisticText } from './realistic-text.ts';
import type { Spot } from './sampler.ts';
import type { SchemaView } from './schema-view.ts';
import { excludedValues } from './stated-values.ts';
import { fitLength, isFreeText, lengthOf, stringRules, type StringRules } from './string-rules.ts';
import type { ValueOptions } from './value-options.ts';

/** A small, positive, plausible number; the nearest one that the range allows. Undefined when the range is empty. */
export function sampleNumber(view: SchemaView, integer: boolean, spot: Spot, random: Random): number | undefined {
  const range = numericRange(view, integer);
  const excluded = excludedValues(view);
  const wish = realisticNumber(spot.name, random) + spot.variation * (range.step ?? 1) + (integer || range.step !== undefined ? 0 : 0.5);
  let value = nearestIn(range, wish) ?? leastOf(range) ?? greatestOf(range);
  // a wish beyond a bound ends at the bound for every variation: walk away from it
  if (value !== undefined && value !== wish && spot.variation > 0 && Math.abs(value - wish) > (range.step ?? 1)) {
    const direction = value < wish ? -1 : 1;
    const moved = value + direction * spot.variation * (range.step ?? 1);
    value = nearestIn(range, moved) ?? value;
  }
  for (let tries = 0; value !== undefined && excluded.includes(value) && tries < 20; tries++) value = neighbour(range, value, 1);
  return value !== undefined && isInRange(range, value) ? value : undefined;
}

/** A plausible text for the format, the name and the pattern. Undefined when no text was found that satisfies the rules. */
export function sampleString(view: SchemaView, spot: Spot, random: Random, options: ValueOptions): string | undefined {
  const rules = stringRules(view);
  if (rules.least > rules.most) return undefined;
  const described = spot.variation === 0 && isFreeText(view, rules) ? describedIn(view) : undefined;
  const text = described !== undefined && rules.accepts(described) ? described : plainText(rules, spot, random, options.seed);
  return text === undefined ? undefined : markedText(rules, view, text, spot.name, options);
}

function plainText(rules: StringRules, spot: Spot, random: Random, seed: number): string | undefined {
  const entry = rules.format && Object.hasOwn(formatValues, rules.format.value) ? formatValues[rules.format.value] : undefined;
  if (entry) {
    const candidates = [entry.ordinary(random), ...entry.valid.map(({ text }) => text)];
    const fit = candidates.find((candidate) => rules.accepts(candidate)) ?? longer(rules, candidates[0] ?? '');
    if (fit !== undefined) return fit;
  }
  const realistic = realisticText(spot.name, random);
  const text = spot.variation > 0 && entry === undefined ? `${realistic}-${spot.variation}` : realistic;
  for (const candidate of [text, realistic, `${realistic}-2`]) {
    if (rules.accepts(candidate)) return candidate;
    if (spot.variation > 0 && lengthOf(candidate) > rules.most && rules.patterns.length === 0)
      return distinct(rules, spot.variation, candidate);
    const length = Math.max(rules.least, Math.min(rules.most, lengthOf(candidate)));
    if (length <= 100_000 && rules.accepts(fitLength(candidate, length))) return fitLength(candidate, length);
  }
  if (rules.patterns.length === 0) return undefined;
  const matching = patternStrings(rules, seed, spot.variation + 1);
  return matching[spot.variation] ?? matching[0];
}

/** Short texts that differ by a number at their end. */
function distinct(rules: StringRules, variation: number, text: string): string {
  const digits = variation.toString(36);
  return digits.length > rules.most
    ? digits.slice(-rules.most)
    : fitLength(text, rules.most - digits.length).slice(0, rules.most - digits.length) + digits;
}

/** An address made longer until it reaches a minimum length: before the @ where there is one. */
function longer(rules: StringRules, text: string): string | undefined {
  const missing = rules.least - lengthOf(text);
  if (missing <= 0 || missing > 10_000) return undefined;
  const padding = 'a'.repeat(missing);
  const padded = text.includes('@') ? padding + text : text + padding;
  return rules.accepts(padded) ? padded : undefined;
}
