/** What is prone to be lost on its way: odd texts, read-only members, defaults. Pure. */
import { isObject, member, type Json, type JsonObject } from '../../lib/json.ts';
import { isSameJson } from '../../lib/same-json.ts';
import type { Operation, SchemaPlace } from '../../spec/contract.ts';
import { defaultOf, propertiesOf, successBody } from '../../spec/properties.ts';
import { attempt } from '../steps/attempt.ts';
import type { Answer, Confidence, Conversation, Expectation } from '../case.ts';
import { cameOf, isAccepted } from '../expectations.ts';
import { statedValues } from '../inference/list-parameters.ts';
import { ownedNames, proofOf } from '../steps/look-back.ts';
import { anotherValue, itemRequest, makeThing, type Made } from '../steps/make-thing.ts';
import { nameWords } from '../../lib/names.ts';
import { preferredBody, type Planning } from '../planning.ts';
import { prepareRequest } from '../steps/prepare.ts';
import type { Scope } from '../steps/scope.ts';
import { defaultsApplied, writtenBack } from '../steps/read-back.ts';
import { representation, thingIn } from '../inference/representation.ts';
import type { Resource } from '../inference/resources.ts';
import { wideIntegers } from './wide-integers.ts';

/** Texts that careless storage, escaping or decoding changes. */
const texts: readonly (readonly [what: string, text: string])[] = [
  ['spaces in a row, angle brackets and characters beyond the basic plane', 'a  b <i>&amp;</i> 😀-'],
  ['line ends of three kinds', 'a\r\nb\nc\rd-'],
  ['the NUL character', 'a\u0000b-'],
  ['spaces around it', ' a b -'],
  ['digits and nothing else', '00'],
  ['more digits than a double holds', '9234567890123'],
];

/** Creates things with each odd text wherever free text may stand, one with nothing but what is required, and one that tries to write what is read-only. */
export function* roundTrips(scope: Scope, resource: Resource): Conversation {
  const { create, read } = resource;
  if (!create?.requestBody) return;
  const { planning } = scope;
  // the control shows which members come back as they went
  const control = yield* makeThing(scope, resource);
  if (!control) return;
  const { proven } = proofOf(planning, control.request, control.answer);
  for (const [what, text] of texts) {
    let carries = false;
    const change = (body: JsonObject): Json => {
      const changed = withText(planning, create, body, `${text}${scope.variant}`);
      carries = !isSameJson(changed, body);
      return changed;
    };
    if (isSameJson(withText(planning, create, isObject(control.body) ? control.body : {}, text), control.body ?? null)) break;
    const written = { write: create, proven, owned: ownedNames(planning, control.request) };
    const made = yield* makeThing(scope, resource, {
      title: `create one with ${what}`,
      change,
      theme: what,
      strict: true,
      expectations: ({ body }) => (carries ? writtenBack(planning, { ...written, look: create, body: body?.value }) : []),
    });
    if (made && read)
      yield* attempt(scope, itemRequest(read, made.entity), {
        title: `read what was created with ${what}`,
        expectations: writtenBack(planning, { ...written, look: read, body: made.body, echo: made.answer }),
      });
  }
  yield* textsUpdated(scope, resource, control, proven);
  yield* wideIntegers(scope, resource);
  yield* bareOne(scope, resource, create);
  yield* readOnlyKept(scope, resource, create, control);
}

/** An update with a text that is prone to be tidied up: what a creation keeps an update keeps too. */
function* textsUpdated(scope: Scope, resource: Resource, { entity }: Made, proven: ReadonlySet<string>): Conversation {
  for (const operation of [resource.replace, resource.patch]) {
    scope.entities.set(resource.item, entity);
    if (!operation) continue;
    const request = yield* prepareRequest(scope, operation);
    const value = request?.body?.value;
    if (!request?.body || !isObject(value)) continue;
    const changed = withText(scope.planning, operation, value, ` a  b -${scope.variant++} `);
    if (isSameJson(changed, value)) continue;
    const written = { write: operation, body: changed, proven, owned: ownedNames(scope.planning, request) };
    const others = request.parameters.filter((one) => one.in !== 'path');
    const about = itemRequest(operation, entity);
    const answer = yield* attempt(
      scope,
      { ...about, parameters: [...about.parameters, ...others], body: { ...request.body, value: changed } },
      { title: `${operation.method} with spaces around`, expectations: writtenBack(scope.planning, { ...written, look: operation }) },
    );
    if (isAccepted(answer) && resource.read)
      yield* attempt(scope, itemRequest(resource.read, entity), {
        title: `read after ${operation.method} with spaces around`,
        expectations: writtenBack(scope.planning, { ...written, look: resource.read, echo: answer }),
      });
  }
}

/** The body with the text in every place that takes it. */
function withText(planning: Planning, operation: Operation, body: JsonObject, text: string): JsonObject {
  const schema = preferredBody(operation)?.schema;
  if (!schema) return body;
  const fits = (value: Json): boolean => planning.contract.validators.validate(schema, value, 'request').kind === 'valid';
  let current = body;
  for (const [name, value] of Object.entries(body)) {
    if (planning.resources.ofMember(operation, name) || nameWords(name).some((word) => meaningful.test(word))) continue;
    const put = (inner: Json): JsonObject => ({ ...current, [name]: inner });
    if (typeof value === 'string' && fits(put(text))) current = put(text);
    else if (Array.isArray(value) && typeof value[0] === 'string' && fits(put([text, ...value.slice(1)])))
      current = put([text, ...value.slice(1)]);
    else if (isObject(value) && isMap(planning, schema, name) && fits(put({ [mixedName]: text }))) current = put({ [mixedName]: text });
  }
  return current;
}

/** A name in a map that no careless hand leaves as it is. */
const mixedName = 'Mixed Name';

function isMap({ contract }: Planning, schema: SchemaPlace, name: string): boolean {
  const place = propertiesOf(contract, schema).get(name);
  return place !== undefined && propertiesOf(contract, place).size === 0;
}

/** Texts whose names tell that they are no free text, whatever the schema leaves open. */
const meaningful =
  /^(?:id|key|slug|code|email|mail|url|uri|link|path|file|filename|host|hostname|date|time|at|zone|timezone|locale|language|type|kind|status|state|format|mode|version|username|login|password|token|secret|cron|schedule|phone|currency|country)$/;

/** One with required members only: what has a default has it then. */
function* bareOne(scope: Scope, resource: Resource, create: Operation): Conversation {
  const { planning } = scope;
  const schema = preferredBody(create)?.schema;
  const places = schema ? propertiesOf(planning.contract, schema) : undefined;
  const assumed = [...(places ?? [])].filter(([, place]) => (defaultOf(planning.contract, place) ?? null) !== null);
  if (!schema || assumed.length === 0) return;
  const change = (body: JsonObject): Json => {
    const kept = Object.entries(body).filter(([name]) => !assumed.some(([one]) => one === name));
    const bare = Object.fromEntries(kept);
    return planning.contract.validators.validate(schema, bare, 'request').kind === 'valid' ? bare : body;
  };
  const made = yield* makeThing(scope, resource, {
    title: 'create one without what has a default',
    change,
    strict: true,
    expectations: ({ body }) => defaultsApplied(planning, create, create, body?.value),
  });
  if (made && resource.read)
    yield* attempt(scope, itemRequest(resource.read, made.entity), {
      title: 'read what was created without what has a default',
      expectations: defaultsApplied(planning, create, resource.read, made.body),
    });
}

/** Creations and updates that name read-only members: a refusal is fine, taking them is not. What has one of a few values may have had the asked one by chance: it is asked for another. */
function* readOnlyKept(scope: Scope, resource: Resource, create: Operation, control: Made): Conversation {
  for (const operation of new Set([create, resource.replace, resource.patch])) {
    if (!operation) continue;
    const { sure, chance, others } = readOnlyValues(scope, resource, operation, control);
    const expectations = [
      ...(Object.keys(sure).length > 0 ? [notTaken(operation, sure, 'certain')] : []),
      ...(Object.keys(chance).length > 0 ? [notTaken(operation, chance, 'likely')] : []),
    ];
    const now = yield* naming(scope, resource, operation, control, { ...sure, ...chance }, expectations);
    const taken = Object.entries(others).filter(([name]) => now !== undefined && isSameJson(now[name] ?? null, chance[name] ?? null));
    const again = Object.fromEntries(taken);
    if (taken.length > 0) yield* naming(scope, resource, operation, control, again, [notTaken(operation, again, 'certain')]);
  }
}

/** Sends the operation with the members named, and gives what the thing is after it; undefined where it was refused, or nothing is asked. */
function* naming(
  scope: Scope,
  resource: Resource,
  operation: Operation,
  control: Made,
  asked: JsonObject,
  expectations: readonly Expectation[],
): Conversation<JsonObject | undefined> {
  if (expectations.length === 0) return undefined;
  const title = `${operation.id} that names what is read-only`;
  let { entity } = control;
  let answer: Answer;
  if (operation === resource.create) {
    const change = (body: JsonObject): Json => ({ ...body, ...asked });
    const made = yield* makeThing(scope, resource, { title, change, strict: true, expectations: () => expectations });
    if (!made) return undefined;
    ({ entity, answer } = made);
  } else {
    scope.entities.set(resource.item, entity);
    const request = yield* prepareRequest(scope, operation);
    if (!request?.body || !isObject(request.body.value)) return undefined;
    const body = { ...request.body, value: { ...request.body.value, ...asked } };
    answer = yield* attempt(scope, { ...request, body }, { title, intent: 'probe', expectations });
    if (!isAccepted(answer)) return undefined;
  }
  if (!resource.read) return thingIn(answer.json);
  return thingIn((yield* attempt(scope, itemRequest(resource.read, entity), { title: `read after ${title}`, expectations })).json);
}

/** Values for read-only members that the server would hardly choose; those of a few that it has not chosen for the control, and others of these few, where there are any. */
function readOnlyValues(
  scope: Scope,
  resource: Resource,
  operation: Operation,
  control: Made,
): { readonly sure: JsonObject; readonly chance: JsonObject; readonly others: JsonObject } {
  const { contract } = scope.planning;
  const shown = (resource.read && successBody(resource.read)) ?? successBody(operation);
  const schema = preferredBody(operation)?.schema;
  const sure: Record<string, Json> = {};
  const chance: Record<string, Json> = {};
  const others: Record<string, Json> = {};
  const places = [...(schema ? propertiesOf(contract, schema) : []), ...(shown ? representation(contract, shown.schema) : [])];
  for (const [name, place] of places) {
    if (name === resource.identifier || member(place.schema, 'readOnly') !== true) continue;
    const former = member(control.answer.json, name);
    const value =
      [4711, 471].find((number) => contract.validators.validate(place, number, 'response').kind === 'valid') ??
      anotherValue(scope.planning, place, [former], scope.variant + 7, name);
    // a flag or a small number may have the asked value by chance
    if (typeof value !== 'string' && !(typeof value === 'number' && value > 100)) continue;
    const known = statedValues(contract, place);
    const other = known.find((one) => !isSameJson(one, value) && !isSameJson(one, former ?? null));
    (known.length > 0 ? chance : sure)[name] = value;
    if (other !== undefined) others[name] = other;
  }
  return { sure, chance, others };
}

/** @see https://json-schema.org/draft/2020-12/json-schema-validation#section-9.4 */
function notTaken(operation: Operation, asked: JsonObject, confidence: Confidence): Expectation {
  return {
    check: 'read-only-kept',
    confidence,
    why: `the schema marks ${Object.keys(asked).join(', ')} as read-only`,
    promise: operation.pointer,
    topic: operation.id,
    holds: (answer) => {
      if (!isAccepted(answer)) return { kind: 'open' };
      const now = thingIn(answer.json);
      const taken = Object.entries(asked).find(([name, value]) => now[name] !== undefined && isSameJson(now[name] ?? null, value));
      return taken
        ? {
            kind: 'broken',
            message: `the read-only ${taken[0]} is taken from the request: ${JSON.stringify(taken[1])}`.slice(0, 200),
            where: `response.body/${taken[0]}`,
            came: cameOf(answer),
          }
        : { kind: 'kept' };
    },
  };
}
