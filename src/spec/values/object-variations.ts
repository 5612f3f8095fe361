/** Edges of objects: each optional property absent, none of them, all of them, and further ones where the schema invites them. */
import { isObject, member, type Json, type JsonObject } from '../../lib/json.ts';
import { isOneWay, propertyNames, propertyView, requiredNames } from './children.ts';
import { counted } from './counted.ts';
import { labelOf, type Alternative, type Location } from './locations.ts';
import { furtherProperties, propertyLimits } from './sample-object.ts';
import { keywordsOf, numbersOf } from './schema-view.ts';
import { typePointer } from './scalar-variations.ts';
import type { LocalVariation } from './valid-values.ts';

/** @see https://json-schema.org/draft/2020-12/json-schema-validation#section-6.5 */
export function* objectVariations(location: Location, alternative: Alternative): Generator<LocalVariation> {
  const { view, value } = alternative;
  if (!isObject(value)) return;
  const { contract, options } = location.sampler;
  const required = requiredNames(view);
  const covers = keywordsOf(view, 'required')[0]?.pointer ?? typePointer(view);
  const all = complete(location, alternative, value);
  yield { value: all, what: everything(location, 'every property'), covers };
  const bare = Object.fromEntries(Object.entries(value).filter(([name]) => required.has(name)));
  yield {
    value: bare,
    what: Object.keys(bare).length === 0 ? '% as an empty object' : everything(location, 'only the required properties'),
    covers,
  };
  for (const name of propertyNames(view)) {
    const property = propertyView(contract, view, name);
    if (required.has(name) || isOneWay(property, options.direction)) continue;
    const at = property.parts[0]?.pointer ?? covers;
    if (Object.hasOwn(value, name))
      yield { value: without(value, name), what: `without ${labelOf(location, `.${name}`)}`, covers: at, name };
    const only = member(all, name);
    if (only !== undefined)
      yield { value: { ...bare, [name]: only }, what: `${labelOf(location, `.${name}`)} as the only optional property`, covers: at, name };
  }
  yield* furtherVariations(location, alternative, all);
}

/** The object with each property that it lacks, as far as one can be made. */
function complete({ sampler, spot }: Location, { view }: Alternative, value: JsonObject): JsonObject {
  const missing = propertyNames(view).flatMap((name): [string, Json][] => {
    const property = propertyView(sampler.contract, view, name);
    if (Object.hasOwn(value, name) || isOneWay(property, sampler.options.direction)) return [];
    const made = sampler.sample(property, { ...spot, at: `${spot.at}/${name}`, name, depth: spot.depth + 1, around: new Set() });
    return made === undefined ? [] : [[name, made]];
  });
  return { ...value, ...Object.fromEntries(missing) };
}

function* furtherVariations({ sampler, spot }: Location, { view }: Alternative, value: JsonObject): Generator<LocalVariation> {
  const invitation = [
    ...keywordsOf(view, 'additionalProperties'),
    ...keywordsOf(view, 'patternProperties'),
    ...keywordsOf(view, 'unevaluatedProperties'),
  ].find((keyword) => keyword.value === true || isObject(keyword.value));
  const within = { ...spot, around: new Set<string>() };
  if (invitation) {
    for (const [name, further] of furtherProperties(sampler, view, within, 1)) {
      yield { value: { ...value, [name]: further }, what: `% with the further property \`${name}\``, covers: invitation.pointer, name };
    }
  }
  const { least, most } = propertyLimits(view);
  const count = Object.keys(value).length;
  const limits = [
    ...numbersOf(view, 'minProperties').map((keyword) => [least, keyword] as const),
    ...numbersOf(view, 'maxProperties').map((keyword) => [most, keyword] as const),
  ];
  for (const [size, keyword] of limits) {
    if (size > 100) continue;
    const kept = Object.fromEntries(Object.entries(value).slice(0, size));
    const further = furtherProperties(sampler, view, within, size - count);
    yield { value: { ...kept, ...Object.fromEntries(further) }, what: `% with ${counted(size, 'property')}`, covers: keyword.pointer };
  }
}

/** The object without one property. */
export function without(object: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));
}

function everything({ spot, label }: Location, what: string): string {
  return spot.at === '' && !label.startsWith('`') ? what : `% with ${what}`;
}
