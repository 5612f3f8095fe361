/** `Location` of a creation leads to what was created. Pure. @see https://www.rfc-editor.org/rfc/rfc9110#section-10.2.2 */
import { writtenPath } from '../../spec/last-slash.ts';
import { pathValues } from '../../spec/path-values.ts';
import { readText } from '../../spec/read-text.ts';
import type { Operation } from '../../spec/contract.ts';
import { attempt } from './attempt.ts';
import type { Answer, Conversation, Expectation, Held, ParameterValue, RequestPlan } from '../case.ts';
import { identifierIn, namedMember, type Entity } from './entity.ts';
import { cameOf, isAccepted } from '../expectations.ts';
import { itemParameters } from './enter-created.ts';
import type { Scope } from './scope.ts';
import { filledPath } from './filled-path.ts';
import type { Resource } from '../inference/resources.ts';

/** Reads what the `Location` of a creation's answer names; nothing where there is none, or no read. */
export function* followLocation(scope: Scope, resource: Resource, entity: Entity, creation: RequestPlan, created: Answer): Conversation {
  const { read } = resource;
  const location = created.headers.get('location');
  if (location === undefined || !read || !URL.canParse(location, created.url)) return;
  const url = new URL(location, created.url);
  const target = decoded(url.pathname);
  const expected = decoded(filledPath({ operation: read, parameters: itemParameters(read, entity.path) }));
  const own = { operation: read, parameters: itemParameters(read, entity.path) };
  const prefix = base(creation, created);
  const outside = url.origin === new URL(created.url).origin && !target.startsWith(`${prefix}/`);
  // of what is accepted for later, it names where to ask how it goes (RFC 9110 section 15.3.3)
  const later = created.status === 202;
  const known = target.endsWith(expected) && !outside ? own : namedBy(scope, prefix, target);
  const named = outside || (later && !known) ? asTold(own, url) : known;
  const broken = (message: string, came: string): Held => ({ kind: 'broken', message, where: 'response.headers.location', came });
  const expectation: Expectation = {
    check: 'location-resolves',
    confidence: later ? 'likely' : 'certain',
    why: `${creation.operation.id} answered ${created.status ?? ''} with Location: ${location}`,
    promise: creation.operation.pointer,
    topic: resource.item,
    holds: (answer) => {
      if (!named) return broken(`Location ${location} is nothing that the document can read`, location);
      if (!isAccepted(answer)) return broken(`Location ${location} cannot be read`, cameOf(answer));
      // an identifier that only Location told proves nothing about another address
      const told = resource.identifier !== undefined && namedMember(created.json, resource.identifier) !== undefined;
      return later || named === own || (told && String(identifierIn(answer, resource)) === String(entity.id))
        ? { kind: 'kept' }
        : broken(`Location ${location} is not what was created, ${JSON.stringify(entity.id)}`, cameOf(answer));
    },
  };
  yield* attempt(scope, named ?? own, { title: 'follow Location', intent: 'probe', expectations: [expectation] });
}

/** What stands outside of the document's paths, to the letter. */
function asTold({ operation, parameters }: RequestPlan, { pathname, search }: URL): RequestPlan {
  return { operation, method: 'GET', rawPath: pathname + search, fromOrigin: true, parameters };
}

/** What the API's paths stand below, by the creation's own address. */
function base(creation: RequestPlan, created: Answer): string {
  const path = decoded(new URL(created.url).pathname);
  const below = decoded(filledPath(creation));
  return path.endsWith(below) ? path.slice(0, path.length - below.length) : '';
}

/** The read of a path below the base; undefined where the document has none. */
function namedBy({ planning }: Scope, prefix: string, target: string): RequestPlan | undefined {
  const { contract } = planning;
  const path = target.startsWith(prefix) ? target.slice(prefix.length) : target;
  const operation = contract.match('GET', path);
  return operation && { operation, parameters: pathParameters(operation, path) };
}

function pathParameters(operation: Operation, path: string): ParameterValue[] {
  const values = pathValues(writtenPath(operation), path);
  return operation.parameters
    .filter((one) => one.in === 'path')
    .map(({ name, schema }) => ({ name, in: 'path', value: readText(values.get(name) ?? '', schema?.schema ?? {}) }));
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
