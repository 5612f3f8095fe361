/** The scripts of a collection's item: what a Postman user reads to see what is promised. Pure. */
import { isObject, member, type Json } from '../../lib/json.ts';
import { literal } from '../../report/source-text.ts';
import type { Resource } from '../../cases/inference/resources.ts';
import type { Contract, Operation } from '../../spec/contract.ts';
import { listIn, propertiesOf, successBody } from '../../spec/properties.ts';
import type { Entry } from './sequence.ts';

/** Lines of the item's test script; `names` are the variables that hold identifiers. */
export function testScript(
  contract: Contract,
  { operation, makes, usual }: Entry,
  names: ReadonlyMap<Resource, string>,
): readonly string[] {
  const success = operation.responses.find(({ status }) => /^2\d\d$/.test(status));
  if (!usual || success === undefined) return [documented(contract, operation)];
  const answers = `pm.test('answers ${success.status}', () => pm.response.to.have.status(${success.status}));`;
  const more =
    success.content.length === 0
      ? ["pm.test('says nothing more', () => pm.expect(pm.response.text()).to.eql(''));"]
      : bodyLines(contract, { operation, makes }, names);
  if (more.length === 0) return [answers];
  return [answers, `if (pm.response.code === ${success.status}) {`, ...more.map((line) => `  ${line}`), '}'];
}

/** What the body of the success is tested for, and what is kept of it. */
function bodyLines(
  contract: Contract,
  { operation, makes }: Pick<Entry, 'operation' | 'makes'>,
  names: ReadonlyMap<Resource, string>,
): readonly string[] {
  const lines: string[] = [];
  const listed = listedResource(names, operation);
  const body = successBody(operation);
  if (body === undefined) return lines;
  const list = listIn(contract, body.schema);
  if (list !== undefined && listed !== undefined) {
    const where = `pm.response.json()${access(list.pointer)}`;
    lines.push(`pm.test('is a list', () => pm.expect(${where}).to.be.an('array'));`);
    const name = names.get(listed);
    // What somebody else made is only looked at: there it is enough that a list has one.
    if (listed.create === undefined && listed.identifier !== undefined && name !== undefined)
      lines.push(
        `const [first] = ${where};`,
        `if (first) pm.collectionVariables.set(${literal(name)}, first${access(`/${listed.identifier}`)});`,
      );
    return lines;
  }
  const required = requiredNames(contract, body.schema.schema, body.schema.pointer);
  if (required.length > 0) {
    const told = required.length > 4 ? `${required.slice(0, 3).join(', ')} and ${required.length - 3} more` : required.join(', ');
    lines.push(
      `pm.test(${literal(`tells ${told}`)}, () => pm.expect(pm.response.json()).to.include.all.keys(${required.map(literal).join(', ')}));`,
    );
  }
  const name = makes && names.get(makes);
  const identifier = makes && identifierAccess(contract, makes, body.schema);
  return name === undefined || identifier === undefined
    ? lines
    : [...lines, `pm.collectionVariables.set(${literal(name)}, ${identifier});`];
}

/** Lines of a script that holds the request back, and why. */
export function guardScript(why: string): readonly string[] {
  return [`// ${why}: take the next line out to send it.`, 'pm.execution.skipRequest();'];
}

/** Lines of a script that holds a removal back where the collection has made nothing to remove. */
export function removalScript({ operation, needs }: Entry, names: ReadonlyMap<Resource, string>): readonly string[] {
  const made = [...needs.values()].filter(({ create, remove }) => create?.method === 'POST' && remove === operation);
  return made.flatMap((resource) => {
    const name = names.get(resource);
    return name === undefined ? [] : [`if (!pm.collectionVariables.get(${literal(name)})) pm.execution.skipRequest();`];
  });
}

function documented(contract: Contract, operation: Operation): string {
  const statuses = statusesOf(contract, operation);
  return statuses.every((status) => /^\d{3}$/.test(status))
    ? oneOf(statuses)
    : "pm.test('does not fail', () => pm.expect(pm.response.code).to.be.below(500));";
}

/** Whether a document that knows credentials asks for none here. */
export function isOpen({ securitySchemes }: Contract, { security }: Operation): boolean {
  return securitySchemes.size > 0 && security.length === 0;
}

// Whoever sends the collection has a credential; a login that asks for none answers 401 to what is in its body.
const statusesOf = (contract: Contract, operation: Operation): readonly string[] =>
  operation.responses.map(({ status }) => status).filter((status) => status !== '401' || isOpen(contract, operation));

const oneOf = (statuses: readonly string[]): string =>
  `pm.test('answers as documented', () => pm.expect(pm.response.code).to.be.oneOf([${statuses.join(', ')}]));`;

/** The line of a test script with the statuses that the document has come to declare since; undefined for one that is not as we write it, or lacks none. */
export function declaredSince(line: string, contract: Contract, operation: Operation): string | undefined {
  const told = /oneOf\(\[([\d, ]+)\]\)/.exec(line)?.[1]?.split(', ') ?? [];
  const more = statusesOf(contract, operation).filter((status) => /^\d{3}$/.test(status) && !told.includes(status));
  return line === oneOf(told) && more.length > 0 ? oneOf([...told, ...more].toSorted()) : undefined;
}

function listedResource(names: ReadonlyMap<Resource, string>, operation: Operation): Resource | undefined {
  return [...names.keys()].find(({ list }) => list === operation);
}

/** Where the answer to a creation tells the identifier. */
function identifierAccess(
  contract: Contract,
  { identifier, create }: Resource,
  schema: NonNullable<ReturnType<typeof successBody>>['schema'],
): string | undefined {
  if (identifier === undefined || create?.method === 'PUT') return undefined;
  return propertiesOf(contract, schema).has(identifier)
    ? `pm.response.json()${access(`/${identifier}`)}`
    : "pm.response.headers.get('Location')?.split('/').at(-1)";
}

/** A JSON Pointer as JavaScript. */
function access(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${literal(name)}]`))
    .join('');
}

function requiredNames(contract: Contract, schema: Json, pointer: string): readonly string[] {
  const resolved = isObject(schema) ? contract.resolve({ pointer, schema }).schema : schema;
  const required = member(resolved, 'required');
  return Array.isArray(required) ? required.filter((name: Json) => typeof name === 'string') : [];
}
