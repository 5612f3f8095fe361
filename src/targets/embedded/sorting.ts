/** Sorted lists: what the parameters ask for by name, whether the items have it, and the order itself. */
import type { Json, JsonObject } from '../../lib/json.ts';
import type { Operation } from '../../spec/contract.ts';
import { ascendingNames, descendingNames, sortDirectionNames, sortKeyNames } from '../../spec/sort-parameters.ts';
import { plainName } from '../../lib/names.ts';
import { declaresStatus } from '../../spec/declares-status.ts';
import type { Answer } from './answer.ts';
import { refuse } from './refuse.ts';
import type { Property } from './shapes.ts';
import type { Entity } from './store.ts';
import { textOf } from './words.ts';
import type { World } from './world.ts';

/** Whether a parameter, by its plain name, says how to sort. */
export function isSorting(plain: string): boolean {
  return [sortKeyNames, sortDirectionNames, ascendingNames, descendingNames].some((names) => names.has(plain));
}

interface Order {
  /** As the request names it. */
  readonly key: string;
  /** The property that is called so. */
  readonly field: string | undefined;
  readonly sign: 1 | -1;
}

/** The order asked for: `sort_field=name&sort_ascending=false`, `sort=-name`, `sort=name:desc`, `order_by=name&order=desc`. */
function orderOf(operation: Operation, properties: ReadonlyMap<string, Property>, query: JsonObject): Order | undefined {
  let key: string | undefined;
  let falling = false;
  for (const parameter of operation.parameters) {
    const value = parameter.in === 'query' ? query[parameter.name] : undefined;
    const first = Array.isArray(value) ? (value as readonly Json[])[0] : value;
    const plain = plainName(parameter.name);
    if (first === undefined || first === null || first === '') continue;
    const text = textOf(first);
    if (ascendingNames.has(plain)) falling = first === false;
    else if (descendingNames.has(plain)) falling = first === true;
    else if (sortDirectionNames.has(plain) && /^(asc|desc)(ending)?$/i.test(text)) falling = /^desc/i.test(text);
    else if (sortKeyNames.has(plain) || plain === 'order') {
      const [, sign, name, direction] = /^([+-]?)([^:, ]+)(?:[:, ](asc|desc))?/i.exec(text) ?? [];
      key = name ?? text;
      falling ||= sign === '-' || direction?.toLowerCase() === 'desc';
    }
  }
  if (key === undefined) return undefined;
  const wanted = plainName(key);
  return { key, field: [...properties.keys()].find((name) => plainName(name) === wanted), sign: falling ? -1 : 1 };
}

/**
 * The refusal of an order by what the items do not have. Only where 400 is declared: many sort by nothing then, but who declares it for a
 * list whose parameters are all of the right type means something by it.
 */
export function refuseSorting(
  world: World,
  operation: Operation,
  properties: ReadonlyMap<string, Property>,
  query: JsonObject,
): Answer | undefined {
  const order = orderOf(operation, properties, query);
  const declared = declaresStatus(operation, '400');
  return order !== undefined && order.field === undefined && declared
    ? refuse(world, operation, 400, `Cannot sort by ${order.key}`)
    : undefined;
}

/** The entities in the order that the request asks for, else in that of their creation. */
export function sorted(
  entities: readonly Entity[],
  operation: Operation,
  properties: ReadonlyMap<string, Property>,
  query: JsonObject,
): readonly Entity[] {
  const { field, sign } = orderOf(operation, properties, query) ?? { field: undefined, sign: 1 };
  if (field === undefined) return entities;
  return entities.toSorted((a, b) => sign * compare(a.values[field], b.values[field]) || a.sequence - b.sequence);
}

/** Numbers by size, all else as text; what is missing comes after all that is there. */
function compare(a: Json | undefined, b: Json | undefined): number {
  const missing = Number(a === undefined || a === null) - Number(b === undefined || b === null);
  if (missing !== 0 || a === undefined || b === undefined) return missing;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [textOf(a), textOf(b)];
  return left < right ? -1 : Number(left > right);
}
