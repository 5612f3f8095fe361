/** Actions with a body, such as `POST /rentals/{id}/transfer {…}` or `PUT /rentals/{id}/address {…}`: what it names of the thing is what the thing has then. Pure. */
import { isObject, member, type Json, type JsonObject } from '../../lib/json.ts';
import { isSameJson } from '../../lib/same-json.ts';
import { nameWords, pathAfter, plainName } from '../../lib/names.ts';
import type { Operation, SchemaPlace } from '../../spec/contract.ts';
import { propertiesOf, successBody } from '../../spec/properties.ts';
import { attempt } from '../steps/attempt.ts';
import type { Answer, Confidence, Conversation, Expectation } from '../case.ts';
import { cameOf, isAccepted } from '../expectations.ts';
import { statedValues } from '../inference/list-parameters.ts';
import { changingBody, itemRequest, makeThing } from '../steps/make-thing.ts';
import { preferredBody, type Planning } from '../planning.ts';
import { prepareRequest, withReferences } from '../steps/prepare.ts';
import type { Scope } from '../steps/scope.ts';
import { comparable } from '../steps/read-back.ts';
import { referencesIn } from '../inference/references.ts';
import { representation, thingIn } from '../inference/representation.ts';
import type { Resource } from '../inference/resources.ts';
import { scalarDifference } from '../values/scalar-differences.ts';

/** A member of an action's body that bears the name of a property of the thing. */
interface Meant {
  readonly name: string;
  readonly property: string;
  readonly place: SchemaPlace;
  /** The property that holds it, where the path names one: `address` of `PUT /rentals/{id}/address`. */
  readonly within: string | undefined;
}

/** Verbs that say of what they name that the thing has it then. Others may name an amount, a reason, a copy. */
const placing =
  /^(?:move|relocate|transfer|rename|retitle|relabel|assign|reassign|reschedule|resize|set|change|update|edit|modify|replace|switch)$/;

/** Whether an operation sets by its body what properties of the thing are, by what its verb says. */
export function setsProperties(planning: Planning, resource: Resource, operation: Operation): boolean {
  return (
    actionsWithBody(planning, resource).includes(operation) &&
    meantBy(planning, resource, operation).some((meant) => saysSo(operation, meant))
  );
}

/** For each action whose body names properties of the thing: makes one, does it with other values than it has, and reads what became of it. */
export function* bodiesTakeEffect(scope: Scope, resource: Resource): Conversation {
  const { read } = resource;
  for (const operation of read ? actionsWithBody(scope.planning, resource) : []) {
    const meant = meantBy(scope.planning, resource, operation);
    const made = meant.length > 0 ? yield* makeThing(scope, resource) : undefined;
    if (!made || !read) continue;
    scope.entities.set(resource.item, made.entity);
    const before = yield* attempt(scope, itemRequest(read, made.entity), { title: `read before ${operation.id}` });
    const prepared = yield* prepareRequest(scope, operation);
    if (!prepared?.body || !isObject(prepared.body.value) || !isAccepted(before)) continue;
    const body = yield* changing(scope, operation, prepared.body.value, meant, before);
    const request = { ...itemRequest(operation, made.entity), body: { ...prepared.body, value: body } };
    const done = yield* attempt(scope, request, { title: `${operation.id} with other values` });
    // 201 tells of a thing that was made, 202 of what is still to be done
    if (!isAccepted(done) || done.status === 201 || done.status === 202) continue;
    const expectations = meant.flatMap((one) => keeps(scope.planning, operation, one, { body, before, done }));
    if (expectations.length > 0)
      yield* attempt(scope, itemRequest(read, made.entity), { title: `read after ${operation.id} with other values`, expectations });
  }
}

function actionsWithBody({ contract }: Planning, { item }: Resource): Operation[] {
  return contract.operations.filter(
    ({ path, method, requestBody }) =>
      requestBody !== undefined && ['POST', 'PUT', 'PATCH'].includes(method) && /^[a-z][a-z_-]*$/i.test(pathAfter(item, path) ?? ''),
  );
}

function meantBy({ contract }: Planning, resource: Resource, operation: Operation): Meant[] {
  const shown = resource.read && successBody(resource.read);
  const schema = preferredBody(operation)?.schema;
  if (!shown || !schema) return [];
  const own = representation(contract, shown.schema);
  const part = [...own].find(
    ([name, place]) => plainName(name) === plainName(lastWord(operation)) && propertiesOf(contract, place).size > 0,
  );
  const within = part?.[0];
  const properties = part ? propertiesOf(contract, part[1]) : own;
  return [...propertiesOf(contract, schema)].flatMap(([name, place]): Meant[] => {
    const wanted = plainName(name.replace(/^(?:new|to|target|destination)(?=[_A-Z])/, ''));
    const property = [...properties.keys()].find((one) => plainName(one) === wanted);
    return property === undefined || (!part && property === resource.identifier) ? [] : [{ name, property, place, within }];
  });
}

const lastWord = ({ path }: Operation): string => path.split(/[/:]/).at(-1) ?? '';

/** What an answer shows of it. */
function shownBy({ json }: Answer, { property, within }: Meant): Json | undefined {
  const thing = thingIn(json);
  return member(within === undefined ? thing : thing[within], property);
}

/** The body with values that the thing does not have yet, things that it refers to among them. */
function* changing(
  scope: Scope,
  operation: Operation,
  body: JsonObject,
  meant: readonly Meant[],
  before: Answer,
): Conversation<JsonObject> {
  const same = referencesIn(scope.planning, operation, body).filter(({ name, value }) =>
    meant.some((one) => one.name === name && isSameJson(shownBy(before, one) ?? null, value)),
  );
  for (const { resource } of same) scope.entities.delete(resource.item);
  const referring = same.length > 0 ? yield* withReferences(scope, operation, body) : body;
  const named = Object.fromEntries(meant.map((one) => [one.name, shownBy(before, one) ?? null]));
  if (!isObject(referring)) return body;
  // what an action ignores is often the first of the known values
  const last = meant.flatMap(({ name, place }) =>
    name in referring
      ? statedValues(scope.planning.contract, place)
          .slice(-1)
          .map((value) => [name, value] as const)
      : [],
  );
  return changingBody(scope, operation, { ...referring, ...Object.fromEntries(last) }, named, undefined);
}

/** `move`, `set-owner`, the property's own name, or that of what holds it. */
function saysSo(operation: Operation, { property, within }: Meant): boolean {
  const words = nameWords(lastWord(operation));
  if (within !== undefined) return operation.method !== 'POST';
  return placing.test(words[0] ?? '') || words.join('') === plainName(property);
}

interface Done {
  readonly body: JsonObject;
  readonly before: Answer;
  readonly done: Answer;
}

/** Sure where the verb says so; where not, only what the action's own answer shows is held against what is read. */
function keeps({ contract }: Planning, operation: Operation, meant: Meant, { body, before, done }: Done): Expectation[] {
  const { name, place, within } = meant;
  const property = within === undefined ? meant.property : `${within}/${meant.property}`;
  const written = body[name];
  const former = shownBy(before, meant);
  if (written === undefined || !comparable(written) || former === undefined || isSameJson(former, written)) return [];
  const differs = (value: Json): boolean => scalarDifference(written, value, contract.resolve(place).schema, name) === 'plain';
  const told = shownBy(done, meant);
  const shown = told !== undefined && !differs(told);
  const says = saysSo(operation, meant);
  if (!says && !shown) return [];
  // what is handed to somebody else may be hidden after it, what a part is written with is not
  const mustShow = shown || (says && within !== undefined);
  const confidence: Confidence = says ? 'certain' : 'likely';
  return [
    {
      check: 'action-takes-effect',
      confidence,
      why: `${operation.id} was accepted, and ${name} of its body bears the name of a property`,
      promise: operation.pointer,
      topic: `${operation.id} ${name}`,
      holds: (answer) => {
        const now = shownBy(answer, meant);
        if (!isAccepted(answer) || now === null || (now === undefined && !mustShow))
          return { kind: 'cannot-judge', reason: `${property} could not be read` };
        const added = typeof now === 'number' && typeof former === 'number' && typeof written === 'number' && now === former + written;
        if (added || (now !== undefined && !differs(now))) return { kind: 'kept' };
        const came = now === undefined ? 'gone' : JSON.stringify(now);
        const message = `it was asked for ${name} ${JSON.stringify(written)}, and ${property} is ${came} after it`;
        return { kind: 'broken', message: message.slice(0, 200), where: `response.body/${property}`, came: cameOf(answer) };
      },
    },
  ];
}
