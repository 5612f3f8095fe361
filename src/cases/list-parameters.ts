/** What the query parameters of a list mean, inferred from their names and types. Pure. */
import { isObject, type Json } from '../lib/json.ts';
import type { Contract, Operation, Parameter, SchemaPlace } from '../spec/contract.ts';
import { listIn, propertiesOf, successBody, typesOf } from '../spec/properties.ts';
import { plainName } from './names.ts';

/** A list operation and how it can be asked. */
export interface ListShape {
  readonly operation: Operation;
  /** JSON Pointer of the array in the answer. */
  readonly pointer: string;
  /** Properties of an item. */
  readonly properties: ReadonlyMap<string, SchemaPlace>;
  readonly limit: Parameter | undefined;
  /** Counts pages, from its minimum or default, else from 1. */
  readonly page: Parameter | undefined;
  /** Counts items. */
  readonly offset: Parameter | undefined;
  /** Parameters that bear the name and a type of an item's property. */
  readonly filters: readonly { readonly parameter: Parameter; readonly property: string }[];
  readonly sort: { readonly parameter: Parameter; readonly keys: readonly SortKey[] } | undefined;
  /** Envelope property that counts all items. */
  readonly total: string | undefined;
}

/** A value of the sort parameter, and what it promises. */
export interface SortKey {
  readonly value: string;
  readonly property: string;
  readonly descending: boolean | undefined;
}

const limits = new Set(['limit', 'size', 'pagesize', 'perpage', 'pagelimit', 'maxresults', 'take', 'top', 'itemsperpage', 'resultsperpage']);
const pages = new Set(['page', 'pagenumber', 'pageno', 'pageindex', 'currentpage']);
const offsets = new Set(['offset', 'skip', 'startindex']);
const totals = new Set(['total', 'totalcount', 'totalitems', 'totalresults', 'totalelements', 'totalrecords']);
const sorts = new Set(['sort', 'sortby', 'orderby', 'ordering', 'sortfield', 'sortkey']);

/** The shape of a list operation; undefined when the operation answers no list. */
export function listShape(contract: Contract, operation: Operation): ListShape | undefined {
  const body = successBody(operation);
  const list = body && listIn(contract, body.schema);
  if (!list) return undefined;
  const properties = propertiesOf(contract, list.items);
  const query = operation.parameters.filter((parameter) => parameter.in === 'query');
  const numeric = (names: ReadonlySet<string>): Parameter | undefined =>
    query.find((parameter) => names.has(plainName(parameter.name)) && parameter.schema !== undefined && typesOf(contract, parameter.schema).has('integer'));
  const sort = query.find((parameter) => sorts.has(plainName(parameter.name)));
  const keys = sort ? sortKeys(contract, sort, properties) : [];
  const envelope = list.pointer === '' ? [] : [...propertiesOf(contract, body.schema).keys()];
  return {
    operation,
    pointer: list.pointer,
    properties,
    limit: numeric(limits),
    page: numeric(pages),
    offset: numeric(offsets),
    filters: query.flatMap((parameter) => filterOf(contract, parameter, properties)),
    sort: sort && keys.length > 0 ? { parameter: sort, keys } : undefined,
    total: envelope.find((name) => totals.has(plainName(name))),
  };
}

/** A parameter is a plain filter when it bears the name of a scalar property and shares a type with it. */
function filterOf(contract: Contract, parameter: Parameter, properties: ReadonlyMap<string, SchemaPlace>): { parameter: Parameter; property: string }[] {
  const property = [...properties.keys()].find((name) => plainName(name) === plainName(parameter.name));
  const place = property === undefined ? undefined : properties.get(property);
  if (property === undefined || !place || !parameter.schema) return [];
  const own = typesOf(contract, parameter.schema);
  const shared = [...typesOf(contract, place)].filter((type) => type !== 'null' && own.has(type));
  return shared.some((type) => type !== 'array' && type !== 'object') ? [{ parameter, property }] : [];
}

/** Enumerated sort keys that name a property, a leading `-` or a trailing direction meaning descending. */
function sortKeys(contract: Contract, parameter: Parameter, properties: ReadonlyMap<string, SchemaPlace>): SortKey[] {
  const schema = parameter.schema && contract.resolve(parameter.schema).schema;
  const items = isObject(schema) && isObject(schema['items']) ? schema['items'] : schema;
  const values: readonly Json[] = isObject(items) && Array.isArray(items['enum']) ? items['enum'] : [];
  return values.flatMap((value) => {
    if (typeof value !== 'string') return [];
    const match = /^([-+]?)(.+?)(?:[:_. ](asc|desc))?$/i.exec(value);
    const property = [...properties.keys()].find((name) => name === match?.[2]) ?? [...properties.keys()].find((name) => name === value);
    if (property === undefined) return [];
    const direction = property === value ? undefined : (match?.[3]?.toLowerCase() ?? (match?.[1] === '-' ? 'desc' : 'asc'));
    return [{ value, property, descending: direction === undefined ? undefined : direction === 'desc' }];
  });
}

/** The smallest value that a numeric parameter allows, as its schema says. */
export function smallest(contract: Contract, parameter: Parameter, otherwise: number): number {
  const schema = parameter.schema && contract.resolve(parameter.schema).schema;
  const bound = isObject(schema) ? (schema['minimum'] ?? schema['default']) : undefined;
  return typeof bound === 'number' ? bound : otherwise;
}
