/** What the sort parameters of a list promise, inferred from their names and values. Pure. */
import { isObject, member, type Json } from '../../lib/json.ts';
import { valueAt } from '../../lib/json-pointer.ts';
import type { Contract, Operation, Parameter, SchemaPlace } from '../../spec/contract.ts';
import { sentencesOf } from '../../spec/descriptions.ts';
import { listIn, successBody, typesOf } from '../../spec/properties.ts';
import { ascendingNames, descendingNames, sortDirectionNames, sortKeyNames } from '../../spec/sort-parameters.ts';
import { takesFreeText } from '../../spec/values/free-text.ts';
import { plainName } from '../../lib/names.ts';
import { fieldsOf } from './representation.ts';

/** How a list is asked for an order. */
export interface SortShape {
  readonly parameter: Parameter;
  readonly keys: readonly SortKey[];
  /** A parameter of its own for the direction. */
  readonly direction: { readonly parameter: Parameter; readonly ascending: Json; readonly descending: Json } | undefined;
  /** Whether the document enumerates the keys; otherwise they are guessed from the properties. */
  readonly stated: boolean;
}

/** A value of the sort parameter, and what it promises. */
export interface SortKey {
  readonly value: string;
  readonly property: string;
  /** Undefined where the value does not tell. */
  readonly descending: boolean | undefined;
}

/** What to sort by that the list has, for a parameter that takes it as free text: its default, else an order that the document tells, else a property of the items. Undefined for any other parameter. */
export function sortText(contract: Contract, operation: Operation, { name, schema }: Parameter): string | undefined {
  if (!sortKeyNames.has(plainName(name)) || schema === undefined || !takesFreeText(contract, schema)) return undefined;
  const assumed = member(contract.resolve(schema).schema, 'default');
  const body = successBody(operation);
  const items = body && listIn(contract, body.schema)?.items;
  const own = items ? fieldsOf(contract, items) : new Map<string, SchemaPlace>();
  const sort = sortOf(contract, operation.parameters, own);
  const told = sort?.parameter.name === name ? sort.keys[0]?.value : undefined;
  return typeof assumed === 'string' ? assumed : (told ?? likelyNames.find((one) => own.has(one)) ?? [...own.keys()][0]);
}

const likelyNames = ['name', 'title', 'id'];

/** The order that a list can be asked for; undefined when it can be asked for none. */
export function sortOf(
  contract: Contract,
  query: readonly Parameter[],
  properties: ReadonlyMap<string, SchemaPlace>,
): SortShape | undefined {
  const parameter =
    query.find(({ name }) => sortKeyNames.has(plainName(name))) ??
    query.find((one) => plainName(one.name) === 'order' && directionOf(contract, [one]) === undefined);
  if (!parameter?.schema) return undefined;
  const direction = directionOf(contract, query);
  const values = enumerated(contract, parameter);
  if (values.length > 0) {
    const keys = sortKeys(values, properties);
    return keys.length > 0 ? { parameter, keys, direction, stated: true } : undefined;
  }
  const told = toldKeys(contract, parameter, properties);
  if (told.length > 0) return { parameter, keys: told, direction, stated: true };
  // free text next to a direction is a property's name, as far as one can guess
  const guessed =
    direction && typesOf(contract, parameter.schema).has('string') ? likelyNames.filter((name) => properties.has(name)).slice(0, 2) : [];
  return guessed.length > 0
    ? { parameter, keys: guessed.map((name) => ({ value: name, property: name, descending: undefined })), direction, stated: false }
    : undefined;
}

/** Tells of an order that is there unasked: of what is equal, or where nothing is asked for. */
const aside = /\b(?:ties?|equal|same|default|defaults|without|otherwise|unless|omitted)\b/i;

/** The ways to write an order, and what tells in words that one is meant. */
const notations: readonly { readonly words: RegExp; readonly up: (name: string) => string; readonly down: (name: string) => string }[] = [
  { words: /,\s?(?:asc|desc)\b|comma/i, up: (name) => `${name},asc`, down: (name) => `${name},desc` },
  { words: /:(?:asc|desc)\b|colon/i, up: (name) => `${name}:asc`, down: (name) => `${name}:desc` },
  { words: /\w[ +](?:asc|desc)\b/i, up: (name) => `${name} asc`, down: (name) => `${name} desc` },
  { words: /(?:^|[\s`'"(])-\w|([`'"])-\1|minus|hyphen|dash|prefix/i, up: (name) => name, down: (name) => `-${name}` },
];

/** Orders that a pattern allows, or that examples and words of the document name: free text otherwise. */
function toldKeys(contract: Contract, parameter: Parameter, properties: ReadonlyMap<string, SchemaPlace>): SortKey[] {
  const place = parameter.schema;
  const { schema } = place ? contract.resolve(place) : { schema: {} };
  const pattern = member(schema, 'pattern');
  const allowed = (value: string): boolean => place !== undefined && contract.validators.validate(place, value, 'request').kind === 'valid';
  const text = [
    member(valueAt(contract.document, parameter.pointer), 'description'),
    ...parameter.examples,
    member(schema, 'default'),
    ...examplesOf(schema),
  ].filter((one) => typeof one === 'string');
  const words = text.join(' ');
  const naming = text.flatMap(sentencesOf).filter((sentence) => [...properties.keys()].some((name) => mentions(sentence, name)));
  const main = naming.filter((sentence) => !aside.test(sentence));
  const names = (main.length > 0 ? main : naming).join(' ');
  for (const { words: telling, up, down } of notations) {
    const keys = [...properties.keys()].flatMap((name): SortKey[] => {
      const said = typeof pattern === 'string' ? allowed(up(name)) && allowed(down(name)) : telling.test(words) && mentions(names, name);
      if (!said) return [];
      return [
        { value: up(name), property: name, descending: false },
        { value: down(name), property: name, descending: true },
      ];
    });
    // a pattern that lets anything through names no property
    if (keys.length > 0 && !(typeof pattern === 'string' && allowed(up('specproof_nothing')))) return keys;
  }
  return [];
}

function examplesOf(schema: Json): readonly Json[] {
  const examples = member(schema, 'examples');
  return [member(schema, 'example') ?? null, ...(Array.isArray(examples) ? examples : [])];
}

function mentions(text: string, name: string): boolean {
  return new RegExp(`(?:^|[^\\w])${RegExp.escape(name)}(?:$|[^\\w])`).test(text);
}

function enumerated(contract: Contract, parameter: Parameter): readonly Json[] {
  const schema = parameter.schema && contract.resolve(parameter.schema).schema;
  const items = isObject(schema) && isObject(schema['items']) ? schema['items'] : schema;
  return isObject(items) && Array.isArray(items['enum']) ? items['enum'] : [];
}

/** Values that name a property, a leading `-` or a trailing direction meaning descending. */
function sortKeys(values: readonly Json[], properties: ReadonlyMap<string, SchemaPlace>): SortKey[] {
  return values.flatMap((value) => {
    if (typeof value !== 'string') return [];
    const match = /^([-+]?)(.+?)(?:[:_., ](asc|desc))?$/i.exec(value);
    const property = [...properties.keys()].find((name) => name === value) ?? [...properties.keys()].find((name) => name === match?.[2]);
    if (property === undefined) return [];
    const opposed = values.some(
      (other) =>
        typeof other === 'string' &&
        (other === `-${value}` || (/^[:_., ]desc$/i.test(other.slice(value.length)) && other.startsWith(value))),
    );
    const sign = match?.[1] === '-' ? 'desc' : match?.[1] === '+' || opposed ? 'asc' : undefined;
    const direction = property === value && sign === undefined ? undefined : (match?.[3]?.toLowerCase() ?? sign ?? 'asc');
    return [{ value, property, descending: direction === undefined ? undefined : direction === 'desc' }];
  });
}

function directionOf(contract: Contract, query: readonly Parameter[]): SortShape['direction'] {
  for (const parameter of query) {
    const name = plainName(parameter.name);
    if (parameter.schema && typesOf(contract, parameter.schema).has('boolean')) {
      if (ascendingNames.has(name)) return { parameter, ascending: true, descending: false };
      if (descendingNames.has(name)) return { parameter, ascending: false, descending: true };
    }
    if (!sortDirectionNames.has(name)) continue;
    const values = enumerated(contract, parameter);
    const [ascending] = values.filter((value) => /^asc/i.test(String(value)));
    const [descending] = values.filter((value) => /^desc/i.test(String(value)));
    if (ascending !== undefined && descending !== undefined) return { parameter, ascending, descending };
  }
  return undefined;
}
