/** Which property of a thing fills the parameter in its path. Pure. */
import { member } from '../../lib/json.ts';
import { nameWords, plainName, singularName } from '../../lib/names.ts';
import type { Contract, Operation, SchemaPlace } from '../../spec/contract.ts';
import { descriptionAt } from '../../spec/descriptions.ts';
import { successBody } from '../../spec/properties.ts';
import { representation } from './representation.ts';

/** The property that fills the parameter: of its very name, the name without the resource's, one that is usual, or a resource name. */
export function identifierOf(
  contract: Contract,
  parameter: string,
  collection: string,
  operations: readonly (Operation | undefined)[],
  said = '',
): string | undefined {
  const wanted = plainName(parameter);
  const resource = singularName(collection);
  const short = wanted.startsWith(resource) ? wanted.slice(resource.length) : wanted;
  // what is called like the thing itself, the description may tell: `{database}`, "Database name"
  const [told, ...more] = wanted === resource ? new Set(nameWords(said).filter((word) => tellable.has(word))) : [];
  for (const operation of operations) {
    const body = operation && successBody(operation);
    if (!body) continue;
    const properties = representation(contract, body.schema);
    const names = [...properties.keys()];
    const found =
      names.find((name) => plainName(name) === wanted) ??
      names.find((name) => short !== '' && plainName(name) === short) ??
      (more.length === 0 ? names.find((name) => name === told) : undefined) ??
      (/(?:id|identifier|key|uuid|ref)$/.test(wanted) || wanted === resource
        ? ['id', 'uuid', '_id', 'key'].find((usual) => names.includes(usual))
        : undefined) ??
      names.find((name) => plainName(name) === `${resource}id`) ??
      (isResourceName(contract, properties.get('name'), collection) ? 'name' : undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Properties that descriptions of parameters name. */
const tellable = new Set(['id', 'uuid', 'identifier', 'name', 'slug', 'code', 'key', 'title']);

/** What the operation's path parameter of that name says of itself; empty where there is none. */
export function descriptionOfParameter(contract: Contract, operation: Operation | undefined, parameter: string): string {
  const declared = operation?.parameters.find(({ name, in: place }) => place === 'path' && name === parameter);
  return declared === undefined ? '' : descriptionAt(contract, declared.pointer);
}

/** Whether a schema says that the value begins with the collection: by its pattern, an example or `Format: rooms/{room}`. @see https://google.aip.dev/122 */
function isResourceName(contract: Contract, place: SchemaPlace | undefined, collection: string): boolean {
  const schema = place && contract.resolve(place).schema;
  const said = ['pattern', 'example', 'examples', 'description'].flatMap((keyword) => member(schema, keyword) ?? []).map(String);
  return said.some((text) => text.includes(`${collection}/`));
}
