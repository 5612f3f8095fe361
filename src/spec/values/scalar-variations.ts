/** Edges of numbers, booleans, enumerations and of places that allow anything. */
import type { Json } from '../../lib/json.ts';
import type { Alternative } from './locations.ts';
import { awkwardMultiple, greatestOf, leastOf, neighbour, numericRange, type Bound, type NumericRange } from './numeric-range.ts';
import { keywordsOf, type SchemaView } from './schema-view.ts';
import { enumeratedValues, enumerations } from './stated-values.ts';
import type { LocalVariation } from './valid-values.ts';

/** A pointer for what no keyword says: the type's, else the schema's own. */
export function typePointer(view: SchemaView): string {
  return keywordsOf(view, 'type')[0]?.pointer ?? view.parts.at(-1)?.pointer ?? '';
}

/** Each enumerated value. @see https://json-schema.org/draft/2020-12/json-schema-validation#section-6.1.2 */
export function* enumeratedVariations({ view }: Alternative): Generator<LocalVariation> {
  const [keyword] = enumerations(view);
  for (const value of enumeratedValues(view) ?? [])
    yield { value, what: value === null ? '% null' : `% as ${JSON.stringify(value)}`, covers: keyword?.pointer ?? '' };
}

/** Both truths. */
export function* booleanVariations({ view }: Alternative): Generator<LocalVariation> {
  for (const value of [true, false]) yield { value, what: `% ${String(value)}`, covers: typePointer(view) };
}

/** Bounds and just inside them, zero, negative, fractional and large ones. @see https://json-schema.org/draft/2020-12/json-schema-validation#section-6.2 */
export function* numberVariations({ view, type }: Alternative): Generator<LocalVariation> {
  const range = numericRange(view, type === 'integer');
  yield* edge(range, 'least');
  yield* edge(range, 'greatest');
  const covers = range.multiples[0]?.pointer ?? typePointer(view);
  // nobody may want none of a thing, or less: only a bound says that zero and negative numbers are meant, and where there is none at all, one may be too few
  const sureness = (value: number): Pick<LocalVariation, 'confidence'> =>
    range.lower === undefined && (value <= 0 || (value === 1 && range.upper === undefined)) ? { confidence: 'likely' } : {};
  for (const value of [0, range.step ?? 1, -(range.step ?? 1)]) yield { value, what: `% as ${value}`, covers, ...sureness(value) };
  if (range.step === undefined)
    for (const value of [0.5, -0.25]) yield { value, what: `% as the fraction ${value}`, covers, ...sureness(value) };
  const awkward = awkwardMultiple(range);
  if (awkward !== undefined) yield { value: awkward, what: `% as ${awkward}, a multiple of ${range.step ?? ''}`, covers };
  yield* largeNumbers(range, covers);
}

function* edge(range: NumericRange, end: 'least' | 'greatest'): Generator<LocalVariation> {
  const bound: Bound | undefined = end === 'least' ? range.lower : range.upper;
  const value = end === 'least' ? leastOf(range) : greatestOf(range);
  if (bound === undefined || value === undefined) return;
  // a bound that a double does not hold may have been rounded over itself on its way here: 9223372036854775807
  if (Math.abs(bound?.limit ?? 0) > Number.MAX_SAFE_INTEGER) return;
  const name = end === 'least' ? 'minimum' : 'maximum';
  const covers = bound.keyword.pointer;
  const at =
    value === bound.limit
      ? `at its ${name} ${bound.limit}`
      : `just inside its ${bound.exclusive ? 'exclusive ' : ''}${name} ${bound.limit}: ${value}`;
  yield { value, what: `% ${at}`, covers };
  const inner = neighbour(range, value, end === 'least' ? 1 : -1);
  yield { value: inner, what: `% just ${end === 'least' ? 'above' : 'below'} its ${name} ${bound.limit}: ${inner}`, covers };
}

/** Where no bound is stated, how much fits is up to the API's storage: never a certain promise. */
function* largeNumbers(range: NumericRange, covers: string): Generator<LocalVariation> {
  if (range.format) {
    const { least, most, name, pointer } = range.format;
    if (!range.upper) yield { value: most, what: `% at the upper limit of ${name}: ${most}`, covers: pointer, confidence: 'likely' };
    if (!range.lower) yield { value: least, what: `% at the lower limit of ${name}: ${least}`, covers: pointer, confidence: 'likely' };
    return;
  }
  if (range.upper) return;
  yield { value: 2 ** 31 - 1, what: `% as the largest 32-bit integer`, covers, confidence: 'unsure' };
  yield { value: 2 ** 31, what: `% just beyond 32 bits`, covers, confidence: 'unsure' };
  yield { value: Number.MAX_SAFE_INTEGER, what: `% as the largest integer that JSON carries exactly`, covers, confidence: 'unsure' };
}

/** Other types, where a place has no type at all. */
export function* looseVariations({ view }: Alternative): Generator<LocalVariation> {
  if (view.parts.some(({ schema }) => Object.keys(schema).some((keyword) => !annotations.has(keyword) && !keyword.startsWith('x-'))))
    return;
  const values: readonly [Json, string][] = [
    [1, 'a number'],
    [true, 'a boolean'],
    [null, 'null'],
    [{ a: 1 }, 'an object'],
    [[1], 'an array'],
  ];
  for (const [value, what] of values) yield { value, what: `% as ${what}`, covers: view.parts.at(-1)?.pointer ?? '', confidence: 'unsure' };
}

const annotations = new Set(['title', 'description', 'example', 'examples', 'default', 'deprecated', 'externalDocs', '$comment']);
