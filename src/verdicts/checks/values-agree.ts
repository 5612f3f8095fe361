/** A number that the words of the document make a sum, a product or a count of others in the same object is that. */
import { isObject, type Json } from '../../lib/json.ts';
import { joinPointer } from '../../lib/json-pointer.ts';
import type { Contract, SchemaPlace } from '../../spec/contract.ts';
import { itemsOf, propertiesOf, typesOf } from '../../spec/properties.ts';
import { rememberPlaces } from '../../spec/remember-places.ts';
import { toldValues, type ToldValue } from '../../spec/told-values.ts';
import type { Check } from '../check.ts';
import { fail, pass } from '../judgements.ts';
import type { Judgement } from '../verdict.ts';

const id = 'values-agree';

export const valuesAgree: Check = {
  id,
  title: 'a number that is described as the sum, product, difference or number of others in its object is that',
  source: 'OpenAPI 3.1.1 Schema Object, description',
  judge: ({ contract, bodiless, exchange, response, declared, content }) => {
    if (bodiless || exchange.fault || !declared || response.body.length === 0) return [];
    const places = declared.content.flatMap(({ schema }) => (schema ? [schema] : []));
    if (!places.some((place) => tellsAny(contract, place))) return [];
    const read = content();
    const broken = read.kind === 'parts' ? read.parts.flatMap(({ place, value, at }) => disagreeing(contract, place, value, at)) : [];
    return broken.length > 0 ? [...new Map(broken.map((judgement) => [judgement.topic, judgement])).values()] : [pass(id)];
  },
};

/** What an object schema tells, and the places of its parts that may tell more. */
interface Outline {
  readonly told: readonly ToldValue[];
  readonly members: readonly (readonly [string, SchemaPlace])[];
  readonly items: SchemaPlace | undefined;
}

const outline: (contract: Contract, place: SchemaPlace) => Outline = rememberPlaces((contract, place) => ({
  told: toldValues(contract, place),
  members: [...propertiesOf(contract, place)].filter(([, property]) => {
    const types = typesOf(contract, property);
    return types.size === 0 || types.has('object') || types.has('array');
  }),
  items: itemsOf(contract, place),
}));

/** So many schemas are looked into: a page, its things and their parts. Some documents lead from anywhere to everywhere. */
const mostSchemas = 100;

/** Whether a schema, or one that it leads to, tells any. */
const tellsAny: (contract: Contract, place: SchemaPlace) => boolean = rememberPlaces((contract, place) => {
  const seen = new Set<string>();
  for (const queue = [place]; queue.length > 0 && seen.size < mostSchemas;) {
    const next = queue.shift();
    const pointer = next && contract.resolve(next).pointer;
    if (!next || pointer === undefined || seen.has(pointer)) continue;
    seen.add(pointer);
    const { told, members, items } = outline(contract, next);
    if (told.length > 0) return true;
    queue.push(...(items ? [items] : []), ...members.map(([, member]) => member));
  }
  return false;
});

function disagreeing(contract: Contract, place: SchemaPlace, value: Json, pointer: string): readonly Judgement[] {
  if (Array.isArray(value)) {
    const { items } = outline(contract, place);
    return items ? value.flatMap((item: Json, index) => disagreeing(contract, items, item, joinPointer(pointer, index))) : [];
  }
  if (!isObject(value)) return [];
  const { told, members } = outline(contract, place);
  const own = told.flatMap(({ name, place: { pointer: promise }, said, computed }): Judgement[] => {
    const [came, due] = [value[name], computed(value)];
    if (due === undefined || (typeof came !== 'number' && typeof came !== 'string') || isNear(Number(came), due)) return [];
    const where = joinPointer(pointer, name);
    const details = { topic: promise, where: `response.body${where}`, promise: { pointer: promise, text: said }, came: String(came) };
    return [fail(id, `${where} is ${came}, and by its description it is ${shown(due)}`, details)];
  });
  const inner = members.flatMap(([name, member]) => disagreeing(contract, member, value[name] ?? null, joinPointer(pointer, name)));
  return [...own, ...inner];
}

/** As near as sums of money that was rounded somewhere on the way; what is no number is another check's. */
function isNear(came: number, due: number): boolean {
  return !(Math.abs(came - due) > 0.02 + Math.abs(due) * 1e-9);
}

const shown = (value: number): string => String(Number(value.toFixed(9)));
