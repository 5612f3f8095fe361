/** Makes the things that a list is asked about: each differs from the others where the list can filter, sort or search. Pure. */
import { isObject, member, type Json, type JsonObject } from '../../lib/json.ts';
import type { Operation, SchemaPlace } from '../../spec/contract.ts';
import { itemsOf, typesOf } from '../../spec/properties.ts';
import { sampleValue } from '../../spec/values/sample-value.ts';
import { brief } from '../../spec/values/time-pairs.ts';
import { validValues } from '../../spec/values/valid-values.ts';
import { bodyFields, fieldsWritten } from '../inference/body-fields.ts';
import type { Conversation, RequestPlan } from '../case.ts';
import type { Entity } from '../steps/entity.ts';
import { actionsOn } from '../lives/actions.ts';
import { isAccepted } from '../expectations.ts';
import { statedValues, type ListShape } from '../inference/list-parameters.ts';
import { nameWords, segmentParameter, pathSegments } from '../../lib/names.ts';
import { makeCase, preferredBody, sampling, send } from '../planning.ts';
import { enterCreated } from '../steps/enter-created.ts';
import { create, prepareRequest } from '../steps/prepare.ts';
import type { Scope } from '../steps/scope.ts';
import type { Resource } from '../inference/resources.ts';
import { withUniqueNames } from '../steps/unique-names.ts';

/** A thing that was made for a list, and the members that it was made from. */
export interface Made {
  readonly entity: Entity;
  readonly body: Json | undefined;
}

/** How many things a list is given. */
export const populationSize = 3;

/** Creates things that differ; fewer where the API does not let us. */
export function* populate(scope: Scope, resource: Resource, shape: ListShape): Conversation<readonly Made[]> {
  const operation = resource.create;
  const made: Made[] = [];
  if (!operation || scope.planning.safeOnly) return made;
  const mark = (scope.planning.seed + scope.variant) % 100_000;
  for (let index = 0; index < populationSize; index++) {
    const request = yield* prepareRequest(scope, operation);
    scope.variant += 1;
    if (!request) break;
    const varied = diverse(scope, shape, index === 1 ? yield* otherReferences(scope, shape, request) : request, index, mark);
    const answer = yield* send(makeCase({ phase: scope.phase, title: `to have one of ${resource.name} to list`, request: varied }));
    const within = fieldsWritten(scope.planning.contract, operation);
    const body = within ? within.of(varied.body?.value) : varied.body?.value;
    const entity = isAccepted(answer) ? yield* enterCreated(scope, resource, varied, answer) : yield* create(scope, resource);
    if (!entity) break;
    made.push({ entity, body: isAccepted(answer) ? body : undefined });
  }
  const [, middle] = made;
  if (middle) yield* act(scope, resource, shape, middle.entity);
  const last = made.at(-1);
  if (last) scope.entities.set(resource.item, last.entity);
  return made;
}

/** The request with another thing than before behind each reference that the list filters by. */
function* otherReferences(scope: Scope, shape: ListShape, request: RequestPlan): Conversation<RequestPlan> {
  const { body } = request;
  if (!body || !isObject(body.value)) return request;
  const value = new Map(Object.entries(body.value));
  for (const { property } of shape.filters) {
    const referred = value.has(property) ? scope.planning.resources.ofMember(request.operation, property) : undefined;
    const usual = referred && scope.entities.get(referred.item);
    const other = referred?.create && usual ? yield* create(scope, referred) : undefined;
    if (other) value.set(property, other.id);
  }
  return { ...request, body: { ...body, value: Object.fromEntries(value) } };
}

/** Does to the thing what changes a property that the list filters by, and that no client writes. */
function* act(scope: Scope, resource: Resource, shape: ListShape, entity: Entity): Conversation {
  const filtered = new Set(shape.filters.map(({ property }) => property));
  const action = actionsOn(scope.planning, resource).find(({ property }) => filtered.has(property));
  if (!action) return;
  scope.entities.set(resource.item, entity);
  const request = yield* prepareRequest(scope, action.operation);
  if (request) yield* send(makeCase({ phase: scope.phase, title: `so that not all of ${resource.name} are alike`, request }));
}

/** Creates a thing of the same kind below another parent; undefined where there is none. */
export function* createElsewhere(scope: Scope, resource: Resource, list: Operation): Conversation<Entity | undefined> {
  const name = pathSegments(resource.collection)
    .map(segmentParameter)
    .findLast((parameter) => parameter !== undefined);
  const parent = name === undefined ? undefined : scope.planning.resources.ofPathParameter(list, name);
  const usual = parent && scope.entities.get(parent.item);
  if (!parent?.create || !usual || scope.planning.safeOnly) return undefined;
  const other = yield* create(scope, parent);
  if (!other) return undefined;
  scope.entities.set(parent.item, other);
  const child = yield* create(scope, resource);
  scope.entities.set(parent.item, usual);
  return child;
}

/** The request with a body whose members are the index-th of their alternatives, as far as the schema allows. */
function diverse(scope: Scope, shape: ListShape, request: RequestPlan, index: number, mark: number): RequestPlan {
  const media = preferredBody(request.operation);
  let body = request.body?.value;
  if (!media?.schema || !request.body || !isObject(body)) return request;
  const { contract } = scope.planning;
  const place = media.schema;
  const allowed = (value: Json): boolean => contract.validators.validate(place, value, 'request').kind === 'valid';
  const within = bodyFields(contract, place);
  const { places } = within;
  const isList = (name: string): boolean => shape.filters.some(({ property, within: inside }) => inside && property === name);
  const wanted = wantedProperties(shape).filter((name) => places.has(name) && !scope.planning.resources.ofReference(name));
  for (const [order, name] of wanted.entries()) {
    const before: Json = body;
    const all: readonly Json[] = choices(scope, shape, name, places.get(name), within.of(before)).map((value) =>
      isList(name) ? [value] : value,
    );
    const values: readonly Json[] = all.length === 2 ? all : all.filter((value) => allowed(within.with(before, { [name]: value })));
    const turn = values.length === 2 ? patterns[order % patterns.length]?.[index] : index;
    const value: Json | undefined = values[(turn ?? 0) % Math.max(1, values.length)];
    if (value === undefined) continue;
    const changed = within.with(before, { [name]: value });
    body = allowed(changed) ? changed : (otherKind(scope, request.operation, name, value) ?? body);
  }
  if (isObject(body)) body = [brief(body, (end) => !wanted.includes(end))].find(allowed) ?? body;
  for (const name of wanted) {
    const own = places.get(name);
    const schema = own && isList(name) ? itemsOf(contract, own) : own;
    if (!schema || !isObject(body) || !isPlainText(scope, schema)) continue;
    const text = names(mark)[index] ?? '';
    // in a list it comes last: a filter that looks at the first item only then misses it
    const before: JsonObject = body;
    const changes = (isList(name) ? [[`spx${mark}`, text], [text]] : [text]).map((one) => within.with(before, { [name]: one }));
    body = changes.find(allowed) ?? body;
  }
  return { ...request, body: { ...request.body, value: body } };
}

/** Which of its alternatives each of three things takes, so that no two properties always go together; numbers and dates take them in turn. */
const patterns = [
  [0, 1, 0],
  [0, 0, 1],
  [0, 1, 1],
] as const;

/** Plain words that sort alike everywhere; the third begins like the first. */
function names(mark: number): readonly string[] {
  return [`spm${mark}`, `spz${mark}`, `spm${mark}more`];
}

const textual = new Set(['name', 'title', 'label', 'text', 'subject', 'description', 'summary', 'remark', 'remarks', 'note', 'comment']);

/** Body properties that the list filters or sorts by, and those that a search may look at. */
function wantedProperties(shape: ListShape): string[] {
  const searched = shape.search ? [...shape.properties.keys()].filter((name) => nameWords(name).some((word) => textual.has(word))) : [];
  return [
    ...new Set([
      ...shape.filters.map(({ property }) => property),
      ...shape.ranges.map(({ property }) => property),
      ...(shape.sort?.keys.map(({ property }) => property) ?? []),
      ...searched,
    ]),
  ];
}

function isPlainText(scope: Scope, place: SchemaPlace): boolean {
  const { contract } = scope.planning;
  const { schema } = contract.resolve(place);
  return typesOf(contract, place).has('string') && member(schema, 'format') === undefined && statedValues(contract, place).length === 0;
}

/** Valid alternatives of a property, in the order in which they are taken; empty for texts, which get names. */
function choices(scope: Scope, shape: ListShape, name: string, place: SchemaPlace | undefined, body: Json): readonly Json[] {
  const { contract } = scope.planning;
  const filter = shape.filters.find(({ property }) => property === name);
  const asked = filter?.parameter.schema;
  const stated = [
    ...(place ? statedValues(contract, place) : []),
    ...(asked ? statedValues(contract, (filter.several ? itemsOf(contract, asked) : undefined) ?? asked) : []),
  ].filter((value) => value !== null);
  const current = member(body, name);
  if (stated.length > 0)
    return [...new Set([...(current === undefined ? [] : stated.filter((value) => value === current)), ...stated])].slice(0, 2);
  const types = place ? typesOf(contract, place) : new Set<string>();
  if (types.has('boolean')) return [true, false];
  if (types.has('integer') || types.has('number')) return [9, 10, 2, 100, 3, 1, 5, 4, 20, 50];
  const format = place && member(contract.resolve(place).schema, 'format');
  if (format === 'date') return ['2021-05-01', '2023-01-15', '2019-11-30'];
  if (format === 'date-time') return ['2021-05-01T10:00:00Z', '2023-01-15T10:00:00Z', '2019-11-30T10:00:00Z'];
  return [];
}

/** A body of another kind, where a property's value decides about the rest: an example of the document, else a made one. */
function otherKind(scope: Scope, operation: Operation, name: string, value: Json): Json | undefined {
  const media = preferredBody(operation);
  if (!media?.schema) return undefined;
  const { contract } = scope.planning;
  const { schema } = media;
  const fits = (candidate: Json | undefined): boolean =>
    member(candidate, name) === value &&
    candidate !== undefined &&
    contract.validators.validate(schema, candidate, 'request').kind === 'valid';
  const options = { ...sampling(scope.planning, scope.variant, 'body'), limit: 120 };
  const found =
    media.examples.find(fits) ??
    [sampleValue(contract, schema, options)].find(fits) ??
    validValues(contract, schema, options).find((one) => fits(one.value))?.value;
  return found === undefined ? undefined : withUniqueNames(scope, operation, found);
}
