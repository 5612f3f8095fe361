/** Gets what a request needs before it can be valid: parents are created before children, references lead to things that exist. Pure conversations. */
import { isObject, member, type Json } from '../../lib/json.ts';
import type { Operation } from '../../spec/contract.ts';
import { listIn, propertiesOf, successBody } from '../../spec/properties.ts';
import type { Answer, Conversation, ParameterValue, RequestPlan } from '../case.ts';
import { addressOf, addressPath, namedMember, type Entity } from './entity.ts';
import { enterCreated } from './enter-created.ts';
import { isAccepted } from '../expectations.ts';
import { beginWithLeast, heeded, learn, nameWhatExists, referToCalled } from './lessons.ts';
import { safeMethods } from '../../lib/methods.ts';
import { pathAfter, pathSegments, plainName, segmentParameter } from '../../lib/names.ts';
import { makeCase, ordinaryBody, parameterValue, preferredBody, send, type Planning } from '../planning.ts';
import { mapReferences, referencesIn, resourceCalled } from '../inference/references.ts';
import { inAgreement } from '../inference/path-members.ts';
import { itemsAt } from '../inference/representation.ts';
import { bareResource, type Resource } from '../inference/resources.ts';
import type { Scope } from './scope.ts';
import { withUniqueItems } from './unique-items.ts';
import { uniqueValue, withUniqueNames } from './unique-names.ts';
import { usesUp } from '../inference/used-up.ts';

/** A valid request: parents obtained, required parameters and body filled in; undefined with a note when that cannot be done. */
export function* prepareRequest(scope: Scope, operation: Operation): Conversation<RequestPlan | undefined> {
  const path = yield* pathParameters(scope, operation);
  if (!path) return undefined;
  const { planning } = scope;
  const others: ParameterValue[] = [];
  for (const parameter of operation.parameters) {
    if (parameter.in === 'path' || !parameter.required) continue;
    const chosen = planning.resources.isOwn(operation, parameter.name);
    const reference = chosen ? undefined : yield* referenceValue(scope, parameter.name);
    const value =
      reference === undefined
        ? parameterValue(planning, parameter, scope.variant)
        : { name: parameter.name, in: parameter.in, value: reference };
    if (!value) {
      yield { kind: 'note', operation, reason: `no valid value could be made for the ${parameter.in} parameter ${parameter.name}` };
      return undefined;
    }
    others.push(chosen && parameter.schema ? { ...value, value: uniqueValue(scope, parameter.schema, value.value) } : value);
  }
  const body = ordinaryBody(planning, operation, scope.variant);
  if (!body && operation.requestBody?.required) {
    yield { kind: 'note', operation, reason: 'no valid body could be made' };
    return undefined;
  }
  const request: RequestPlan = { operation, parameters: [...path, ...others] };
  if (!body) return heeded(scope, request);
  const value =
    body.value === undefined
      ? undefined
      : withUniqueItems(scope, operation, withUniqueNames(scope, operation, yield* withReferences(scope, operation, body.value)));
  return heeded(scope, inAgreement(planning, { ...request, body: { ...body, ...(value !== undefined && { value }) } }));
}

function* pathParameters(scope: Scope, operation: Operation): Conversation<ParameterValue[] | undefined> {
  const values: ParameterValue[] = [];
  if (!operation.path.includes('{')) return values;
  for (const [, name = ''] of operation.path.matchAll(/\{([^{}]+)\}/g)) {
    const value = yield* pathValue(scope, operation, name);
    if (value === undefined) {
      yield { kind: 'note', operation, reason: `no value could be found for the path parameter ${name}` };
      return undefined;
    }
    values.push({ name, in: 'path', value });
  }
  return values;
}

function* pathValue(scope: Scope, operation: Operation, name: string): Conversation<Json | undefined> {
  const { planning } = scope;
  const resource = planning.resources.ofPathParameter(operation, name);
  const chosen = resource?.create?.id === operation.id;
  if (resource && !chosen) {
    const entity = yield* obtain(scope, resource);
    const own = entity && addressOf(resource, entity.id);
    if (entity) return resource.item.startsWith(prefixUpTo(operation.path, name)) ? (entity.path.get(name) ?? own) : own;
    // its parents may be there all the same: an ordinary value then gives an honest 404
  } else if (!resource) {
    const produced = yield* producedValue(scope, operation, name);
    if (produced !== undefined) return produced;
  }
  const member = chosen ? yield* nextReferred(scope, resource, name) : yield* calledValue(scope, operation, name, resource);
  if (member !== undefined) return member;
  const parameter = operation.parameters.find((one) => one.in === 'path' && one.name === name);
  const value = parameter ? parameterValue(planning, parameter, scope.variant)?.value : 'x';
  return chosen && parameter?.schema && value !== undefined ? uniqueValue(scope, parameter.schema, value) : value;
}

/** The address of a thing elsewhere that is called as the parameter is. What was there before us is not changed by a guess. */
function* calledValue(
  scope: Scope,
  { method, path }: Operation,
  name: string,
  resource: Resource | undefined,
): Conversation<Json | undefined> {
  const called = scope.planning.resources.ofCall(name);
  const entity = called && called.item !== resource?.item ? yield* obtain(scope, called) : undefined;
  if (!entity || (!entity.created && !safeMethods.has(method) && path.endsWith(`{${name}}`))) return undefined;
  return addressOf(entity.resource, entity.id);
}

function prefixUpTo(path: string, name: string): string {
  const end = path.indexOf(`{${name}}`);
  return end < 0 ? path : path.slice(0, end + name.length + 2);
}

/** A value that another operation of the same place answers under the parameter's name: a file's name after its upload. */
function* producedValue(scope: Scope, operation: Operation, name: string): Conversation<Json | undefined> {
  const { planning } = scope;
  const place = pathSegments(prefixUpTo(operation.path, name)).slice(0, -1).join('/');
  const key = `${place} ${name}`;
  const known = scope.entities.get(key);
  if (known) return known.id;
  const producer = planning.contract.operations.find((candidate) => {
    if (candidate.id === operation.id || (candidate.method !== 'POST' && candidate.method !== 'PUT')) return false;
    if (!candidate.path.startsWith(`/${place}`)) return false;
    const parts = pathSegments(candidate.path);
    const at = segmentParameter(parts.at(-1) ?? '') === undefined ? parts.join('/') : parts.slice(0, -1).join('/');
    const body = at === place && !candidate.path.includes(`{${name}}`) ? successBody(candidate) : undefined;
    return (
      body !== undefined &&
      [...propertiesOf(planning.contract, body.schema).keys()].some((property) => plainName(property) === plainName(name))
    );
  });
  if (!producer || planning.safeOnly || scope.underway.has(producer.id)) return undefined;
  scope.underway.add(producer.id);
  const request = yield* prepareRequest(scope, producer);
  const answer = request && (yield* send(makeCase({ phase: scope.phase, title: `to have a ${name}`, request })));
  scope.underway.delete(producer.id);
  const value = answer && isAccepted(answer) ? namedMember(answer.json, name) : undefined;
  if (value === undefined) return undefined;
  const resource: Resource = { ...bareResource(name, place), item: key, parameter: name, create: producer, identifier: name };
  scope.entities.set(key, { resource, path: new Map(), id: value, json: answer?.json, created: undefined });
  return value;
}

/** What refers to other resources gets identifiers that exist; optional ones that cannot are left out. */
export function* withReferences(scope: Scope, operation: Operation, body: Json): Conversation<Json> {
  const media = preferredBody(operation);
  if (!isObject(body) || !media?.schema) return body;
  const { contract } = scope.planning;
  const known = new Map<string, Json | undefined>();
  const resourceOf = scope.called.has(operation.id) ? resourceCalled : undefined;
  for (const { resource } of referencesIn(scope.planning, operation, body, resourceOf))
    if (!known.has(resource.item)) known.set(resource.item, resource.identifier && (yield* referred(scope, operation, resource)));
  const out = mapReferences(scope.planning, operation, body, ({ resource }) => known.get(resource.item), resourceOf);
  return contract.validators.validate(media.schema, out, 'request').kind === 'valid' ? out : body;
}

/** The identifier of a thing for a body to name: one that the operation was not given before where it uses things up. */
function* referred(scope: Scope, operation: Operation, resource: Resource): Conversation<Json | undefined> {
  const isOnce = usesUp(scope.planning, operation, resource);
  const former = scope.entities.get(resource.item);
  if (isOnce && former && scope.spent.has(former.id)) scope.entities.delete(resource.item);
  const id = (yield* obtain(scope, resource))?.id;
  if (isOnce && id !== undefined) scope.spent.add(id);
  return id;
}

/** The identifier of a thing that a name refers to; undefined where it refers to none or none can be had. */
function* referenceValue(scope: Scope, name: string): Conversation<Json | undefined> {
  const resource = scope.planning.resources.ofReference(name);
  if (!resource || resource.identifier === undefined) return undefined;
  return (yield* obtain(scope, resource))?.id;
}

/** A thing of the resource: the scope's own, else a new one, else one that is listed. */
export function* obtain(scope: Scope, resource: Resource): Conversation<Entity | undefined> {
  const known = scope.entities.get(resource.item);
  if (known) return known;
  if (scope.underway.has(resource.item)) return undefined;
  scope.underway.add(resource.item);
  const entity =
    (resource.create && !scope.planning.safeOnly ? yield* create(scope, resource) : undefined) ?? (yield* findAll(scope, resource))[0];
  scope.underway.delete(resource.item);
  if (entity) scope.entities.set(resource.item, entity);
  return entity;
}

/** Most refusals of one creation that are learned from. */
const mostLessons = 6;

/** A creation that was sent, perhaps changed, and its answer; `final` where no other one is to be tried. */
export interface SentCreation {
  readonly request: RequestPlan;
  readonly answer: Answer;
  readonly final?: boolean;
}

/** Sends a creation, which it may change. */
export type SendCreation = (scope: Scope, resource: Resource, request: RequestPlan) => Conversation<SentCreation>;

function* sendPlainly({ phase }: Scope, { name }: Resource, request: RequestPlan): Conversation<SentCreation> {
  return { request, answer: yield* send(makeCase({ phase, title: titleOfCreation(name), request })) };
}

/** What a creation is sent for. */
export const titleOfCreation = (name: string): string => `to have one of ${name}`;

/** Creates a thing and enters it in the ledger; undefined when the API does not let us. A conflict is met with other values, twice, and what refusals ask for is heeded. */
export function* create(scope: Scope, resource: Resource, sendCreation: SendCreation = sendPlainly): Conversation<Entity | undefined> {
  const operation = resource.create;
  if (!operation) return undefined;
  for (let attempts = 3, lessons = mostLessons; attempts > 0; attempts--) {
    const request = yield* prepareRequest(scope, operation);
    scope.variant += 1;
    if (!request) return undefined;
    const { answer, ...sent } = yield* sendCreation(scope, resource, request);
    if (isAccepted(answer)) return yield* enterCreated(scope, resource, sent.request, answer);
    if (sent.final === true) return undefined;
    const isConflict = answer.status === 409;
    const isRefused = answer.status === 400 || answer.status === 422;
    const isNamed = nameWhatExists(scope, request, answer);
    const isLearned = !isNamed && (isConflict || isRefused) && learn(scope, request, answer);
    const isBetter = isLearned
      ? (lessons -= 1) >= 0
      : isNamed ||
        (isRefused && (yield* furnish(scope, operation))) ||
        referToCalled(scope, request, answer) ||
        beginWithLeast(scope, request, answer);
    if (!isBetter && !isConflict && !isRefused) return undefined;
    if (isBetter) attempts += 1;
  }
  return undefined;
}

/** What a creation refers to may have to be furnished first: a file uploaded, a part added. Sends writes below the things that the scope made for it, until one that was not sent before is accepted: true then. */
export function* furnish(scope: Scope, operation: Operation): Conversation<boolean> {
  for (const { resource, created } of Array.from(scope.entities.values())) {
    if (!created || operation.path.startsWith(resource.item)) continue;
    for (const part of furnishings(scope.planning, resource)) {
      if (scope.underway.has(part.id)) continue;
      scope.underway.add(part.id);
      const request = yield* prepareRequest(scope, part);
      if (request && isAccepted(yield* send(makeCase({ phase: scope.phase, title: `to furnish ${resource.name}`, request })))) return true;
    }
  }
  return false;
}

/** Writes below a thing; last those that the API can only do with the help of another server. */
function furnishings({ contract }: Planning, { item }: Resource): readonly Operation[] {
  const parts = contract.operations.filter(
    ({ path, method }) => pathAfter(item, path) !== undefined && (method === 'PUT' || method === 'POST'),
  );
  const fetching = (part: Operation): boolean => part.parameters.some(({ schema }) => member(schema?.schema, 'format') === 'uri');
  return [...parts.filter((part) => !fetching(part)), ...parts.filter(fetching)];
}

/** The identifier of a thing that a PUT joins to another one, each time of another thing: the user of `PUT /teams/{id}/members/{userId}`. */
function* nextReferred(scope: Scope, { item }: Resource, name: string): Conversation<Json | undefined> {
  const referred = scope.planning.resources.ofReference(name);
  if (!referred || referred.item === item) return undefined;
  const made = referred.create && !scope.planning.safeOnly ? yield* create(scope, referred) : undefined;
  if (made || referred.create) return made?.id;
  const left = scope.joinable.get(referred.item) ?? (yield* findAll(scope, referred)).map(({ id }) => id);
  scope.joinable.set(referred.item, left.slice(1));
  return left[0];
}

/** What the collection lists on its first page. */
function* findAll(scope: Scope, resource: Resource): Conversation<readonly Entity[]> {
  const { list, identifier } = resource;
  if (!list || identifier === undefined) return [];
  const request = yield* prepareRequest(scope, list);
  const body = successBody(list);
  const place = body && listIn(scope.planning.contract, body.schema);
  if (!request || !place) return [];
  const answer = yield* send(makeCase({ phase: scope.phase, title: `to find one of ${resource.name}`, request }));
  const parents = request.parameters.filter((parameter) => parameter.in === 'path').map(({ name, value }) => [name, value] as const);
  return (itemsAt(answer.json, place.pointer) ?? []).flatMap((json): Entity[] => {
    const id = namedMember(json, identifier);
    if (id === undefined) return [];
    return [{ resource, path: addressPath(resource, parents, id, json), id, json, created: undefined }];
  });
}
