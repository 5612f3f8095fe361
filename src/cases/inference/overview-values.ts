/** What the numbers of an overview, such as `/stats` or `/dashboard`, say of a list, inferred from their names. Pure. */
import { member, type Json } from '../../lib/json.ts';
import { joinPointer } from '../../lib/json-pointer.ts';
import { countsThings, nameWords, plainName, singularName } from '../../lib/names.ts';
import type { Contract, Operation, SchemaPlace } from '../../spec/contract.ts';
import { isNumber, propertiesOf, successBody, typesOf } from '../../spec/properties.ts';
import { viewOf } from '../../spec/values/schema-view.ts';
import { enumeratedValues } from '../../spec/values/stated-values.ts';
import { listShape } from './list-parameters.ts';
import type { Resource } from './resources.ts';

/** A number in an overview's answer. */
export interface OverviewValue {
  readonly pointer: string;
  /** `count`: of all things; `share`: of those in one state; `sum` and `extreme`: of one of their numbers. */
  readonly kind: 'count' | 'share' | 'sum' | 'extreme';
  /** What it is of these things; undefined where that cannot be said. */
  readonly of: (items: readonly Json[]) => number | undefined;
}

/** An operation that tells something of the things of a resource. */
export interface Overview {
  readonly operation: Operation;
  readonly values: readonly OverviewValue[];
}

/** Every GET of another path that counts the resource's things, or sums them up. */
export function overviewsOf(contract: Contract, resource: Resource): Overview[] {
  const { collection, list } = resource;
  const items = list && listShape(contract, list)?.properties;
  // what is below another thing is counted by that
  if (collection.includes('{') || !items) return [];
  return contract.operations.flatMap((operation) => {
    const { method, path, parameters } = operation;
    const body = method === 'GET' ? successBody(operation) : undefined;
    if (!body || path.includes('{') || path.startsWith(collection) || parameters.some(({ required }) => required)) return [];
    const values = [...valuesIn({ contract, resource, items }, body.schema, '', 2)];
    // numbers of things that it does not count may be those of other things
    return values.some(({ kind }) => kind === 'count' || kind === 'share') ? [{ operation, values }] : [];
  });
}

interface Told {
  readonly contract: Contract;
  readonly resource: Resource;
  /** Properties of what is listed. */
  readonly items: ReadonlyMap<string, SchemaPlace>;
}

function* valuesIn(told: Told, place: SchemaPlace, at: string, depth: number): Generator<OverviewValue> {
  const { contract, resource, items } = told;
  const members = propertiesOf(contract, place);
  const states = depth < 2 ? statesTold(told, [...members.keys()]) : undefined;
  for (const [name, inner] of members) {
    const types = typesOf(contract, inner);
    const pointer = joinPointer(at, name);
    if (nameWords(name).some((word) => allowances.has(word))) continue;
    if (types.has('object') && depth > 1) yield* valuesIn(told, inner, pointer, depth - 1);
    if (!types.has('integer') && !types.has('number')) continue;
    if (states !== undefined) yield { pointer, kind: 'share', of: (all) => all.filter((item) => member(item, states) === name).length };
    else if (types.has('integer') && (countsThings(name, singularName(resource.name)) || plainName(name) === plainName(resource.name)))
      yield { pointer, kind: 'count', of: (all) => all.length };
    else yield* aggregate(contract, items, name, pointer);
  }
}

/** Words of numbers of what may be there, not of what is. */
const allowances = new Set(['limit', 'limits', 'quota', 'quotas', 'capacity', 'allowed', 'allowance', 'remaining', 'left']);

/** The property of the things whose states the names are, all of them. */
function statesTold({ contract, items }: Told, names: readonly string[]): string | undefined {
  if (names.length < 2) return undefined;
  const fitting = [...items].filter(([, place]) => {
    const states = enumeratedValues(viewOf(contract, [place])) ?? [];
    return names.every((name) => states.includes(name));
  });
  return fitting.length === 1 ? fitting[0]?.[0] : undefined;
}

const sums = new Set(['total', 'sum']);
const highest = new Set(['max', 'maximum', 'highest', 'largest', 'biggest', 'heaviest', 'longest', 'tallest', 'oldest']);
const lowest = new Set(['min', 'minimum', 'lowest', 'smallest', 'lightest', 'shortest', 'youngest']);

/** `total_price` of the things' `price`, `heaviestGrams` of their `weightGrams`. */
function* aggregate(contract: Contract, items: ReadonlyMap<string, SchemaPlace>, name: string, pointer: string): Generator<OverviewValue> {
  const words = nameWords(name);
  const how = words.find((word) => sums.has(word) || highest.has(word) || lowest.has(word));
  const rest = words.filter((word) => word !== how);
  const about = [...items].filter(([property, place]) => {
    const own = new Set(nameWords(property));
    return isNumber(contract, place) && rest.every((word) => own.has(word));
  });
  const [property] = about[0] ?? [];
  if (how === undefined || rest.length === 0 || about.length !== 1 || property === undefined) return;
  const of = (all: readonly Json[]): number | undefined => {
    const numbers = all.map((item) => member(item, property)).filter((value) => typeof value === 'number');
    if (sums.has(how)) return numbers.reduce((sum, value) => sum + value, 0);
    return numbers.length === 0 ? undefined : highest.has(how) ? Math.max(...numbers) : Math.min(...numbers);
  };
  yield { pointer, kind: sums.has(how) ? 'sum' : 'extreme', of };
}
