/** Bodies that make several things at once: each of them has names of its own. Pure. */
import { isObject, type Json } from '../../lib/json.ts';
import { joinPointer } from '../../lib/json-pointer.ts';
import { isSameJson } from '../../lib/same-json.ts';
import type { Contract, Operation, SchemaPlace } from '../../spec/contract.ts';
import { itemsOf, propertiesOf } from '../../spec/properties.ts';
import { preferredBody } from '../planning.ts';
import type { Scope } from './scope.ts';
import type { Resource } from '../inference/resources.ts';
import { isUnique, otherNames } from './unique-names.ts';

/** The body with other names in each item of a list whose items are what another operation creates; what stands at `except`, and whether the body keeps its schema, stay as they are. */
export function withUniqueItems(scope: Scope, operation: Operation, body: Json, except: ReadonlySet<string> = new Set()): Json {
  const schema = preferredBody(operation)?.schema;
  if (!schema) return body;
  const { contract } = scope.planning;
  const named = Array.isArray(body)
    ? itemsNamed(scope, operation, schema, { values: body, at: '' }, except)
    : isObject(body)
      ? Object.fromEntries(
          Object.entries(body).map(([name, value]) => {
            const place = Array.isArray(value) ? propertiesOf(contract, schema).get(name) : undefined;
            return [
              name,
              place && Array.isArray(value)
                ? itemsNamed(scope, operation, place, { values: value, at: joinPointer('', name) }, except)
                : value,
            ];
          }),
        )
      : body;
  if (isSameJson(named, body)) return body;
  const kinds = [body, named].map((one) => contract.validators.validate(schema, one, 'request').kind);
  return kinds[0] === kinds[1] ? named : body;
}

function itemsNamed(
  scope: Scope,
  operation: Operation,
  list: SchemaPlace,
  { values, at }: { readonly values: readonly Json[]; readonly at: string },
  except: ReadonlySet<string>,
): Json {
  const { contract, resources } = scope.planning;
  const items = itemsOf(contract, list);
  if (!items || !(resources.makesSeveral(operation) || resources.all.some((resource) => isMade(contract, resource, items)))) return values;
  const places = propertiesOf(contract, items);
  return values.map((item: Json, index) => {
    if (!isObject(item)) return item;
    scope.variant += 1;
    return Object.fromEntries(
      Object.entries(item).map(([name, value]) => {
        const place = places.get(name);
        const free =
          place &&
          !except.has(joinPointer(joinPointer(at, index), name)) &&
          (isUnique(contract, name, place) || resources.isOwn(operation, name));
        const others =
          typeof value === 'string'
            ? otherNames(value, scope.variant)
            : typeof value === 'number'
              ? otherNumbers(value, scope.variant)
              : [];
        const other = free ? others.find((one) => contract.validators.validate(place, one, 'request').kind === 'valid') : undefined;
        return [name, other ?? value];
      }),
    );
  });
}

/** The number moved on, by ever less: a bound may be near. */
function otherNumbers(value: number, by: number): readonly number[] {
  return [by, by % 997, by % 89, by % 7].map((step) => value + step);
}

/** Whether a schema is of what the creation of a resource takes. */
export function isMade(contract: Contract, { create }: Resource, items: SchemaPlace): boolean {
  const taken = create && preferredBody(create)?.schema;
  return taken !== undefined && contract.resolve(taken).pointer === contract.resolve(items).pointer;
}
