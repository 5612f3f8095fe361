/** What the query parameters of a list mean, inferred from their names and types. Pure. */
import { isObject, member, type Json } from '../../lib/json.ts';
import type { Contract, Operation, Parameter, SchemaPlace } from '../../spec/contract.ts';
import { descriptionAt } from '../../spec/descriptions.ts';
import { itemsOf, listIn, successBody, typesOf } from '../../spec/properties.ts';
import { envelopeOf, type Envelope } from './list-envelope.ts';
import { rangesOf, type Range } from './list-bounds.ts';
import { sortOf, type SortShape } from './list-sort-keys.ts';
import { plainName, singularName } from '../../lib/names.ts';
import { fieldsOf } from './representation.ts';

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
  /** Takes what the page before gave for the next one. */
  readonly cursor: Parameter | undefined;
  /** Take the identifier of the item that the page begins after, or ends before. */
  readonly following: Parameter | undefined;
  readonly preceding: Parameter | undefined;
  /** Whether what was deleted is listed too. */
  readonly withDeleted: Parameter | undefined;
  readonly filters: readonly Filter[];
  readonly ranges: readonly Range[];
  readonly sort: SortShape | undefined;
  /** Takes words that the items must hold. */
  readonly search: Parameter | undefined;
  /** What the answer tells of itself. */
  readonly envelope: Envelope;
  /** Whether every query parameter is one of the above: a parameter of unknown meaning may stand for a filter that is on when it is left out. */
  readonly understood: boolean;
}

/** A parameter that bears the name of an item's property. */
export interface Filter {
  readonly parameter: Parameter;
  readonly property: string;
  /** The parameter takes several values, of which an item must have one. */
  readonly several: boolean;
  /** The property is free text, which a filter may compare loosely. */
  readonly text: boolean;
  /** The property is a list, which must hold the value: `tag` of `tags`. */
  readonly within: boolean;
}

const limits = new Set([
  'limit',
  'size',
  'pagesize',
  'perpage',
  'pagelimit',
  'maxresults',
  'take',
  'top',
  'itemsperpage',
  'resultsperpage',
]);
const pages = new Set(['page', 'pagenumber', 'pageno', 'pageindex', 'currentpage']);
const offsets = new Set(['offset', 'skip', 'startindex']);
const cursors = new Set([
  'cursor',
  'after',
  'pagetoken',
  'pagecursor',
  'pageafter',
  'nexttoken',
  'continuation',
  'continuationtoken',
  'marker',
]);
const followers = new Set(['startingafter', 'startafter', 'afterid']);
const precursors = new Set(['endingbefore', 'endbefore', 'beforeid']);
const deletions = /^(?:show|include|with|including)(?:soft)?(?:deleted|removed|archived|trashed)$/;
const searches = new Set(['q', 'query', 'search', 'searchtext', 'searchterm', 'searchquery', 'keyword', 'keywords']);
/** Names that say how to answer rather than what. */
const manners = new Set([
  'fields',
  'include',
  'expand',
  'format',
  'lang',
  'language',
  'locale',
  'timezone',
  'version',
  'apiversion',
  'view',
  'order',
  'direction',
]);

/** The shape of a list operation; undefined when the operation answers no list. */
export function listShape(contract: Contract, operation: Operation): ListShape | undefined {
  const body = successBody(operation);
  const list = body && listIn(contract, body.schema);
  if (!list) return undefined;
  const properties = fieldsOf(contract, list.items);
  const query = operation.parameters.filter((parameter) => parameter.in === 'query');
  const typed = (names: ReadonlySet<string>, type: string): Parameter | undefined =>
    query.find(
      (parameter) =>
        names.has(plainName(parameter.name)) && parameter.schema !== undefined && typesOf(contract, parameter.schema).has(type),
    );
  const paging = pagingOf(typed, properties);
  const withDeleted = query.find(
    ({ name, schema }) => deletions.test(plainName(name)) && schema !== undefined && typesOf(contract, schema).has('boolean'),
  );
  const search = typed(searches, 'string');
  const sort = sortOf(contract, query, properties);
  const taken = new Set(
    [...Object.values(paging), withDeleted, search, sort?.parameter, sort?.direction?.parameter].filter(
      (parameter) => parameter !== undefined,
    ),
  );
  const rest = query.filter((parameter) => !taken.has(parameter) && !manners.has(plainName(parameter.name)));
  const filters = rest.flatMap((parameter) => filterOf(contract, parameter, properties));
  const ranges = rest.flatMap((parameter) =>
    filters.some((filter) => filter.parameter === parameter) ? [] : rangesOf(contract, parameter, properties),
  );
  return {
    operation,
    pointer: list.pointer,
    properties,
    ...paging,
    withDeleted,
    filters,
    ranges,
    sort,
    search,
    envelope: envelopeOf(contract, body.schema, list.pointer),
    understood: query.length === taken.size + filters.length + new Set(ranges.map(({ parameter }) => parameter)).size,
  };
}

type Typed = (names: ReadonlySet<string>, type: string) => Parameter | undefined;

/** How a list is cut. A lone parameter that bears the name of a property, such as the `size` of a shirt, is a filter. */
function pagingOf(
  typed: Typed,
  properties: ReadonlyMap<string, SchemaPlace>,
): Pick<ListShape, 'limit' | 'page' | 'offset' | 'cursor' | 'following' | 'preceding'> {
  const paging = {
    limit: typed(limits, 'integer'),
    page: typed(pages, 'integer'),
    offset: typed(offsets, 'integer'),
    cursor: typed(cursors, 'string'),
    following: typed(followers, 'string') ?? typed(followers, 'integer'),
    preceding: typed(precursors, 'string') ?? typed(precursors, 'integer'),
  };
  const own = new Set([...properties.keys()].map(plainName));
  const present = Object.values(paging).filter((parameter) => parameter !== undefined);
  const lone = present.length === 1 && present.some(({ name }) => own.has(plainName(name)));
  return lone
    ? { limit: undefined, page: undefined, offset: undefined, cursor: undefined, following: undefined, preceding: undefined }
    : paging;
}

/** How descriptions tell of a switch for what is shown of each item, rather than of a filter. */
const showsMore =
  /\b(?:includ|return|show|expand|add|hid|omit)\w*\b[^.]*\b(?:fields?|propert(?:y|ies)|attributes?|members?|details?|columns?)\b/;

/** A parameter is a plain filter when it bears the name of a scalar property, or of one in a list of them, and shares a type with it. Times are left out: those filters are often bounds. */
function filterOf(contract: Contract, parameter: Parameter, properties: ReadonlyMap<string, SchemaPlace>): Filter[] {
  if (!parameter.schema) return [];
  const several = typesOf(contract, parameter.schema).has('array');
  const asked = (several ? itemsOf(contract, parameter.schema) : undefined) ?? parameter.schema;
  const wanted = plainName(filteredName(parameter));
  const property =
    [...properties.keys()].find((name) => plainName(name) === wanted) ??
    (several ? [...properties.keys()].find((name) => plainName(name) === singularName(filteredName(parameter))) : undefined) ??
    [...properties].find(([name, place]) => singularName(name) === wanted && typesOf(contract, place).has('array'))?.[0];
  const own = property === undefined ? undefined : properties.get(property);
  const within = own !== undefined && typesOf(contract, own).has('array');
  const place = own && within ? itemsOf(contract, own) : own;
  if (property === undefined || !place) return [];
  const types = [...scalarTypes(contract, asked)];
  const shared = [...scalarTypes(contract, place)].some((type) => types.includes(type));
  const schema = contract.resolve(place).schema;
  const format = member(schema, 'format');
  if (
    !shared ||
    format === 'date' ||
    format === 'date-time' ||
    (types.includes('boolean') && showsMore.test(described(contract, parameter)))
  )
    return [];
  const text =
    types.includes('string') &&
    format === undefined &&
    statedValues(contract, asked).length === 0 &&
    statedValues(contract, place).length === 0;
  return [{ parameter, property, several, text, within }];
}

/** The name of what a parameter filters by: its own, or that in `filter[state]`. @see https://jsonapi.org/recommendations/#filtering */
export function filteredName({ name }: Parameter): string {
  return /^filters?(?:\[|\.)([^\]]+)\]?$/.exec(name)?.[1] ?? name;
}

/** The scalar types that a schema names, or that its stated values have. */
function scalarTypes(contract: Contract, place: SchemaPlace): ReadonlySet<string> {
  const stated = statedValues(contract, place).map((value) =>
    typeof value === 'number' ? (Number.isInteger(value) ? 'integer' : 'number') : typeof value,
  );
  return new Set([...typesOf(contract, place), ...stated].filter((type) => type !== 'null' && type !== 'array' && type !== 'object'));
}

/** The values that an enumeration or constant states, also one alternative deep; empty where there is none. */
export function statedValues(contract: Contract, place: SchemaPlace): readonly Json[] {
  const { schema, pointer } = contract.resolve(place);
  if (!isObject(schema)) return [];
  if (Array.isArray(schema['enum'])) return schema['enum'];
  if (schema['const'] !== undefined) return [schema['const']];
  if (isObject(schema['items'])) return statedValues(contract, { pointer: `${pointer}/items`, schema: schema['items'] });
  return ['anyOf', 'oneOf', 'allOf'].flatMap((keyword): Json[] => {
    const branches = schema[keyword];
    if (!Array.isArray(branches)) return [];
    return branches.flatMap((branch: Json, index) =>
      isObject(branch) ? statedValues(contract, { pointer: `${pointer}/${keyword}/${index}`, schema: branch }) : [],
    );
  });
}

/** A number that a numeric parameter's schema states under a keyword. */
export function statedNumber(contract: Contract, parameter: Parameter, keyword: 'minimum' | 'maximum' | 'default'): number | undefined {
  const value = parameter.schema && member(contract.resolve(parameter.schema).schema, keyword);
  return typeof value === 'number' ? value : undefined;
}

/** What the document says about a parameter in words, lower case; empty where it says nothing. */
export function described(contract: Contract, parameter: Parameter): string {
  return descriptionAt(contract, parameter.pointer).toLowerCase();
}
