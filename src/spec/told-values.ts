/** Numbers of which the words say how they follow from others of the same object: `the sum of price times quantity over the lines`. Pure. */
import { isObject, type Json, type JsonObject } from '../lib/json.ts';
import { nameWords, singularName } from '../lib/names.ts';
import type { Contract, SchemaPlace } from './contract.ts';
import { descriptionOf, isNumber, itemsOf, keywordOf, propertiesOf, typesOf } from './properties.ts';

/** A number that follows from others. */
export interface ToldValue {
  readonly name: string;
  readonly place: SchemaPlace;
  /** The sentence that says so. */
  readonly said: string;
  /** What it has to be in an object that comes; undefined where a part of it is missing or no number. */
  readonly computed: (object: JsonObject) => number | undefined;
}

/** The numbers of an object schema that follow from its others by their descriptions; a sentence with any word of another kind says nothing. */
export function toldValues(contract: Contract, place: SchemaPlace): readonly ToldValue[] {
  const properties = propertiesOf(contract, place);
  return [...properties].flatMap(([name, own]): ToldValue[] => {
    const said = isAmount(contract, own) ? soleSentence(descriptionOf(contract, own)) : undefined;
    if (said === undefined) return [];
    const others = new Map([...properties].filter(([other]) => other !== name));
    const computed = overList(contract, said, others) ?? amongOthers(contract, said, others);
    return computed ? [{ name, place: own, said, computed }] : [];
  });
}

/** A number, or a text of digits, as money often is. */
function isAmount(contract: Contract, place: SchemaPlace): boolean {
  if (isNumber(contract, place)) return true;
  const pattern = keywordOf(contract, place, 'pattern');
  return (
    typesOf(contract, place).has('string') && (keywordOf(contract, place, 'format') === 'decimal' || /\\d|0-9/.test(String(pattern ?? '')))
  );
}

/** What any such sentence has. */
const telling = /\b(?:sum|total|number|count) of\b|[×*+−]|\b(?:times|multiplied by|minus|less|plus)\b/i;

/** The first sentence, without marks and articles, where no other one may take something back. */
function soleSentence(description: string): string | undefined {
  const [first = '', ...others] = description.split(/[.;](?:\s|$)/);
  const changing =
    /\b(?:discounts?|tax(?:es)?|vat|fees?|minus|less|subtract\w*|exclud\w*|except|without|unless|but|only|not|never|if|when|while|until)\b/i;
  if (first.length > 200 || !telling.test(first) || others.some((one) => changing.test(one))) return undefined;
  return first
    .replaceAll(/[`*"“”]/g, '')
    .replaceAll(/\b(?:the|an?|all|its|each|every)\b/gi, ' ')
    .replace(/,? (?:in|rounded to) [\w ]+$/i, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

const times = String.raw`(?: ?[×*] ?| (?:times|multiplied by|x|by) )`;
const over = String.raw`(?: (?:over|of|for|across|in|from) )`;

type Computed = ToldValue['computed'];

/** `sum of price times quantity over lines`, `sum of line totals`, `number of lines`. */
function overList(contract: Contract, said: string, others: ReadonlyMap<string, SchemaPlace>): Computed | undefined {
  for (const [list, place] of others) {
    const items = typesOf(contract, place).has('array') ? itemsOf(contract, place) : undefined;
    if (!items) continue;
    const named = called(list);
    // an envelope counts what it shows a page of
    const isThing = others.has('id') && new RegExp(`^(?:number|count) of ${named}$`, 'i').test(said);
    if (isThing) return (object) => listAt(object, list)?.length;
    const amounts = [...propertiesOf(contract, items)].filter(([, one]) => isAmount(contract, one)).map(([name]) => name);
    const one = amounts.find((name) =>
      new RegExp(`^(?:sum|total) of (?:${called(name)}${over}${named}|${named} ${called(name)})$`, 'i').test(said),
    );
    const product = amounts
      .flatMap((left) => amounts.map((right) => [left, right] as const))
      .find(([left, right]) => new RegExp(`^(?:sum|total) of ${called(left)}${times}${called(right)}${over}${named}$`, 'i').test(said));
    const factors = product ?? (one === undefined ? undefined : [one]);
    if (factors) return (object) => summed(listAt(object, list)?.map((item) => multiplied(item, factors)));
  }
  return undefined;
}

/** `price times quantity`, `total minus refunded`, `free plus held plus booked`, of the object's own numbers. */
function amongOthers(contract: Contract, said: string, others: ReadonlyMap<string, SchemaPlace>): Computed | undefined {
  const amounts = [...others].filter(([, place]) => isAmount(contract, place)).map(([name]) => name);
  const [head = '', ...rest] = said
    .replace(/^(?:sum of )(?=.*(?:,| and ))/i, '')
    .split(/( ?[×*+−] ?| (?:times|multiplied by|minus|less|plus|and) |, (?:and )?)/);
  const named = (text: string): string | undefined => amounts.find((name) => new RegExp(`^${called(name)}$`, 'i').test(text.trim()));
  const first = named(head);
  const names = rest.filter((_, index) => index % 2 === 1).map(named);
  const marks = new Set(rest.filter((_, index) => index % 2 === 0).map((mark) => kindOf(mark, /^sum of /i.test(said))));
  const [kind, ...kinds] = marks;
  if (first === undefined || kind === undefined || kinds.length > 0 || names.length === 0) return undefined;
  const known = names.filter((name) => name !== undefined);
  if (known.length < names.length || (kind !== 'sum' && known.length > 1)) return undefined;
  const [second = ''] = known;
  if (kind === 'product') return (object) => multiplied(object, [first, second]);
  if (kind === 'sum') return (object) => summed([first, ...known].map((name) => numberAt(object, name)));
  return (object) => summed([numberAt(object, first), negated(numberAt(object, second))]);
}

function kindOf(mark: string, isSum: boolean): 'product' | 'difference' | 'sum' | 'none' {
  const word = mark.trim();
  if (/^(?:×|\*|times|multiplied by)$/.test(word)) return 'product';
  if (/^(?:−|minus|less)$/.test(word)) return 'difference';
  return isSum || /^(?:\+|plus)$/.test(word) ? 'sum' : 'none';
}

/** The pattern of a name as people write it, in the singular or the plural. */
function called(name: string): string {
  const words = nameWords(name);
  const last = words.at(-1) ?? '';
  const one = singularName(last);
  const forms = [...new Set([last, one, `${one}s`, `${one}es`, one.replace(/y$/, 'ies')])].map((word) => RegExp.escape(word));
  return [...words.slice(0, -1).map((word) => RegExp.escape(word)), `(?:${forms.join('|')})`].join('[ _-]?');
}

function listAt(object: JsonObject, name: string): readonly Json[] | undefined {
  const list = object[name];
  return Array.isArray(list) ? list : undefined;
}

function numberAt(object: Json, name: string): number | undefined {
  const value = isObject(object) ? object[name] : undefined;
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?\d{1,15}(?:\.\d{1,9})?$/.test(value) ? Number(value) : undefined;
}

function negated(value: number | undefined): number | undefined {
  return value === undefined ? undefined : -value;
}

function multiplied(object: Json, names: readonly string[]): number | undefined {
  return names.reduce<number | undefined>((product, name) => {
    const factor = numberAt(object, name);
    return product === undefined || factor === undefined ? undefined : product * factor;
  }, 1);
}

function summed(parts: readonly (number | undefined)[] | undefined): number | undefined {
  return parts?.reduce<number | undefined>((sum, part) => (sum === undefined || part === undefined ? undefined : sum + part), 0);
}
