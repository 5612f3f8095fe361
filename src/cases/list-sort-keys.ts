/** What the sort parameters of a list promise, inferred from their names and values. Pure. */
import { isObject, type Json } from '../lib/json.ts';
import type { Contract, Parameter, SchemaPlace } from '../spec/contract.ts';
import { typesOf } from '../spec/properties.ts';
import { plainName } from './names.ts';

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

const sorts = new Set(['sort', 'sortby', 'orderby', 'ordering', 'sortfield', 'sortkey', 'sortcolumn']);
const directions = new Set(['order', 'sortorder', 'direction', 'sortdirection', 'sortdir', 'dir', 'orderdirection']);
const ascendings = new Set(['sortascending', 'ascending', 'asc']);
const descendings = new Set(['sortdescending', 'descending', 'desc', 'reverse']);

/** The order that a list can be asked for; undefined when it can be asked for none. */
export function sortOf(
  contract: Contract,
  query: readonly Parameter[],
  properties: ReadonlyMap<string, SchemaPlace>,
): SortShape | undefined {
  const parameter = query.find(({ name }) => sorts.has(plainName(name)));
  if (!parameter?.schema) return undefined;
  const direction = directionOf(contract, query);
  const values = enumerated(contract, parameter);
  if (values.length > 0) {
    const keys = sortKeys(values, properties);
    return keys.length > 0 ? { parameter, keys, direction, stated: true } : undefined;
  }
  // free text next to a direction is a property's name, as far as one can guess
  const guessed =
    direction && typesOf(contract, parameter.schema).has('string')
      ? ['name', 'title', 'id'].filter((name) => properties.has(name)).slice(0, 2)
      : [];
  return guessed.length > 0
    ? { parameter, keys: guessed.map((name) => ({ value: name, property: name, descending: undefined })), direction, stated: false }
    : undefined;
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
    const match = /^([-+]?)(.+?)(?:[:_. ](asc|desc))?$/i.exec(value);
    const property = [...properties.keys()].find((name) => name === value) ?? [...properties.keys()].find((name) => name === match?.[2]);
    if (property === undefined) return [];
    const sign = match?.[1] === '-' ? 'desc' : match?.[1] === '+' || values.includes(`-${value}`) ? 'asc' : undefined;
    const direction = property === value && sign === undefined ? undefined : (match?.[3]?.toLowerCase() ?? sign ?? 'asc');
    return [{ value, property, descending: direction === undefined ? undefined : direction === 'desc' }];
  });
}

function directionOf(contract: Contract, query: readonly Parameter[]): SortShape['direction'] {
  for (const parameter of query) {
    const name = plainName(parameter.name);
    if (parameter.schema && typesOf(contract, parameter.schema).has('boolean')) {
      if (ascendings.has(name)) return { parameter, ascending: true, descending: false };
      if (descendings.has(name)) return { parameter, ascending: false, descending: true };
    }
    if (!directions.has(name)) continue;
    const values = enumerated(contract, parameter);
    const [ascending] = values.filter((value) => /^asc/i.test(String(value)));
    const [descending] = values.filter((value) => /^desc/i.test(String(value)));
    if (ascending !== undefined && descending !== undefined) return { parameter, ascending, descending };
  }
  return undefined;
}
