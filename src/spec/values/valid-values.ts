/** Valid values at the edges of a schema: whole values that differ from the ordinary one at a single place. Every one is judged valid before it is returned. */
import type { Json } from '../../lib/json.ts';
import type { Contract, SchemaPlace } from '../contract.ts';
import { arrayVariations } from './array-variations.ts';
import { booleanVariations, enumeratedVariations, numberVariations } from './scalar-variations.ts';
import { locationsOf, sentence, type Alternative, type Location } from './locations.ts';
import { objectVariations } from './object-variations.ts';
import type { JsonType } from './schema-view.ts';
import { sampleWithMaker } from './sample-value.ts';
import { stringVariations } from './string-variations.ts';
import { enumeratedValues } from './stated-values.ts';
import { defaultLimit, type ValueConfidence, type ValueOptions } from './value-options.ts';

/** A whole valid value. */
export interface ValidValue {
  readonly value: Json;
  /** What is special about it, for people: `` `limit` at its maximum 100 ``. */
  readonly what: string;
  /** JSON Pointer into the value of the place that varies; '' for the root. */
  readonly at: string;
  /** JSON Pointer in the document of the keyword, or of the schema, that is exercised. */
  readonly covers: string;
  readonly confidence: ValueConfidence;
}

/** A value for one place, in terms of that place. */
export interface LocalVariation {
  readonly value: Json;
  /** Follows the place's name: `at its maximum 100`. */
  readonly what: string;
  readonly covers: string;
  /** Relative to the place: for a property that is taken away or added. */
  readonly name?: string;
  readonly confidence?: ValueConfidence;
}

/**
 * The ordinary value and its variations, in walking order, without duplicates; empty when no ordinary value was found.
 * @see https://json-schema.org/draft/2020-12/json-schema-validation
 */
export function validValues(contract: Contract, place: SchemaPlace, options: ValueOptions): readonly ValidValue[] {
  const sampled = sampleWithMaker(contract, place, options);
  if (sampled === undefined) return [];
  const limit = options.limit ?? defaultLimit;
  const found = new Map<string, ValidValue>();
  const offer = (candidate: ValidValue): void => {
    const key = JSON.stringify(candidate.value);
    if (found.has(key) || contract.validators.validate(place, candidate.value, options.direction).kind !== 'valid') return;
    found.set(key, candidate);
  };
  offer({ value: sampled.value, what: 'an ordinary value', at: '', covers: place.pointer, confidence: 'certain' });
  for (const location of locationsOf(place, sampled)) {
    for (const [index, alternative] of location.alternatives.entries()) {
      for (const local of localVariations(location, alternative, index)) {
        if (found.size >= limit) return [...found.values()];
        offer(wholeValue(location, local));
      }
    }
  }
  return [...found.values()];
}

function wholeValue(location: Location, local: LocalVariation): ValidValue {
  const { value, what, covers, name, confidence = 'certain' } = local;
  const at = name === undefined ? location.spot.at : `${location.spot.at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  return { value: location.embed(value), what: sentence(location, what), at, covers, confidence };
}

function* localVariations(location: Location, alternative: Alternative, index: number): Generator<LocalVariation> {
  const { view, type, value, choices } = alternative;
  const covers = view.parts.at(-1)?.pointer ?? '';
  if (index > 0 && choices.length > 0) {
    const [last] = choices.slice(-1);
    const label = choices.map((choice) => choice.union.branches[choice.index]?.label ?? '').join(', ');
    yield { value, what: type === 'null' ? '% null' : `% as ${label}`, covers: last ? `${last.union.pointer}/${last.index}` : covers };
  } else yield { value, what: type === 'null' ? '% null' : `% as ${type === 'array' ? 'an array' : `a ${type}`}`, covers };
  yield* edges(location, alternative);
}

function edges(location: Location, alternative: Alternative): Iterable<LocalVariation> {
  if (enumeratedValues(alternative.view)) return enumeratedVariations(alternative);
  const byType: Readonly<Record<JsonType, () => Iterable<LocalVariation>>> = {
    null: () => [],
    boolean: () => booleanVariations(alternative),
    integer: () => numberVariations(alternative),
    number: () => numberVariations(alternative),
    string: () => stringVariations(location, alternative),
    array: () => arrayVariations(location, alternative),
    object: () => objectVariations(location, alternative),
  };
  return byType[alternative.type]();
}
