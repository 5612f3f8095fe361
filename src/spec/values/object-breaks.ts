/** Objects that lack a required property, have an unknown one, or too few or too many. */
import { isObject, type Json } from '../../lib/json.ts';
import { joinPointer } from '../../lib/json-pointer.ts';
import { closingKeyword, isOneWay, propertyNames, propertyView, requiredNames } from './children.ts';
import { counted } from './counted.ts';
import type { Break } from './invalid-values.ts';
import { labelOf, type Alternative, type Location } from './locations.ts';
import { without } from './object-variations.ts';
import { furtherProperties } from './sample-object.ts';
import { keywordsOf, numbersOf } from './schema-view.ts';

/** @see https://json-schema.org/draft/2020-12/json-schema-validation#section-6.5 */
export function* objectBreaks(location: Location, alternative: Alternative): Generator<Break> {
  const { view, value } = alternative;
  if (!isObject(value)) return;
  const { contract, options } = location.sampler;
  for (const [name, { pointer }] of requiredNames(view)) {
    if (isOneWay(propertyView(contract, view, name), options.direction) || !Object.hasOwn(value, name)) continue;
    yield {
      candidates: [without(value, name)],
      what: `without the required ${labelOf(location, `.${name}`)}`,
      keyword: 'required',
      schema: pointer,
      name,
    };
  }
  const closing = closingKeyword(view);
  if (closing) {
    const name = 'unknownProperty';
    yield {
      candidates: [{ ...value, [name]: 'x' }],
      what: `% with the unknown property \`${name}\``,
      keyword: closing.name,
      schema: closing.pointer,
      name,
    };
  }
  yield* dependencyBreaks(location, alternative, value);
  yield* countBreaks(location, alternative, value);
  for (const { pointer } of keywordsOf(view, 'propertyNames')) {
    const candidates = ['!', 'no such name', '', 'A', 'a', '0', 'x'.repeat(300)].map((name) => ({
      ...value,
      [name]: Object.values(value)[0] ?? 'x',
    }));
    yield { candidates, what: '% with a property of a forbidden name', keyword: 'propertyNames', schema: pointer };
  }
}

function* dependencyBreaks(location: Location, { view }: Alternative, value: { readonly [name: string]: Json }): Generator<Break> {
  for (const { value: dependencies, pointer } of keywordsOf(view, 'dependentRequired')) {
    for (const [name, needed] of Object.entries(isObject(dependencies) ? dependencies : {})) {
      const [other] = Array.isArray(needed) ? (needed as readonly Json[]) : [];
      if (typeof other !== 'string' || !Object.hasOwn(value, name) || !Object.hasOwn(value, other)) continue;
      const what = `${labelOf(location, `.${name}`)} without ${labelOf(location, `.${other}`)}, which it needs`;
      yield { candidates: [without(value, other)], what, keyword: 'dependentRequired', schema: pointer, name: other };
    }
  }
}

function* countBreaks({ sampler, spot }: Location, { view }: Alternative, value: { readonly [name: string]: Json }): Generator<Break> {
  const required = requiredNames(view);
  for (const { value: least, pointer } of numbersOf(view, 'minProperties')) {
    const entries = Object.entries(value).toSorted(([left], [right]) => Number(required.has(right)) - Number(required.has(left)));
    if (least > 0)
      yield {
        candidates: [Object.fromEntries(entries.slice(0, least - 1))],
        what: `% with ${counted(least - 1, 'property')}, fewer than ${least}`,
        keyword: 'minProperties',
        schema: pointer,
      };
  }
  for (const { value: most, pointer } of numbersOf(view, 'maxProperties')) {
    if (most >= 100) continue;
    const missing = propertyNames(view).filter((name) => !Object.hasOwn(value, name));
    const spare = missing.flatMap((name): [string, Json][] => {
      const made = sampler.sample(propertyView(sampler.contract, view, name), {
        ...spot,
        at: joinPointer(spot.at, name),
        name,
        around: new Set(),
      });
      return made === undefined ? [] : [[name, made]];
    });
    const wanted = most + 1 - Object.keys(value).length;
    // some of the names that come to mind are in use
    const others = furtherProperties(sampler, view, { ...spot, around: new Set() }, most + 1 - spare.length).filter(
      ([name]) => !Object.hasOwn(value, name),
    );
    const further = [...spare, ...others].slice(0, wanted);
    yield {
      candidates: [{ ...value, ...Object.fromEntries(further) }],
      what: `% with ${counted(most + 1, 'property')}, more than ${most}`,
      keyword: 'maxProperties',
      schema: pointer,
    };
  }
}
