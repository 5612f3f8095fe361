/** Updates of one thing beside another: what they name is kept, what they do not name stays, and others are left alone. Pure. */
import { isObject, member, type Json, type JsonObject } from '../../lib/json.ts';
import { isSameJson } from '../../lib/same-json.ts';
import { parseMediaType } from '../../lib/media-type.ts';
import { nameWords } from '../../lib/names.ts';
import type { Contract, Operation } from '../../spec/contract.ts';
import { descriptionAt } from '../../spec/descriptions.ts';
import { propertiesOf, successBody } from '../../spec/properties.ts';
import { attempt } from '../steps/attempt.ts';
import { bodyFields, fieldsWritten } from '../inference/body-fields.ts';
import type { Answer, Conversation, Expectation, RequestPlan } from '../case.ts';
import { cameOf, isAccepted } from '../expectations.ts';
import { ownedNames } from '../steps/look-back.ts';
import { anotherValue, changingBody, itemRequest, type Made } from '../steps/make-thing.ts';
import { ordinaryBody, preferredBody, type Planning } from '../planning.ts';
import { withReferences } from '../steps/prepare.ts';
import type { Scope } from '../steps/scope.ts';
import { comparable, provenNames, withoutServerOwned, writtenBack } from '../steps/read-back.ts';
import type { Resource } from '../inference/resources.ts';
import { followed } from './server-values.ts';
import { isAssigned } from '../values/written-differences.ts';
import { thingIn } from '../inference/representation.ts';

/** PUT and PATCH of the first thing, each followed by reads that show what became of it and of the second. */
export function* updated(scope: Scope, resource: Resource, first: Made, second: Made | undefined): Conversation {
  const { read, replace, patch } = resource;
  for (const operation of [replace, patch]) {
    if (!operation || operation.requestBody === undefined) continue;
    const body = ordinaryBody(scope.planning, operation, scope.variant++);
    if (body?.value === undefined) continue;
    const before = read ? yield* attempt(scope, itemRequest(read, first.entity), { title: `read before ${operation.method}` }) : undefined;
    const beside =
      read && second
        ? yield* attempt(scope, itemRequest(read, second.entity), { title: `read the other before ${operation.method}` })
        : undefined;
    const within = fieldsWritten(scope.planning.contract, operation);
    const referring = yield* withReferences(scope, operation, body.value);
    const whole = within ? within.about(referring, first.entity.id) : referring;
    const base: RequestPlan = { ...itemRequest(operation, first.entity), body: { mediaType: body.mediaType, value: whole } };
    if (operation === patch && before && read && isObject(whole)) {
      for (const named of [
        oneMember(scope.planning, operation, whole, before),
        nestedMember(scope.planning, operation, before, scope.variant),
      ]) {
        if (named)
          yield* update(scope, resource, first, { ...base, body: { mediaType: body.mediaType, value: named } }, { part: true, beside });
      }
    }
    const value = isObject(whole) ? changingBody(scope, operation, whole, before?.json, beside?.json) : whole;
    const request: RequestPlan = { ...base, body: { mediaType: body.mediaType, value } };
    if (!(yield* update(scope, resource, first, request, { part: false, beside })) || !read || !second || !beside) continue;
    yield* attempt(scope, itemRequest(read, second.entity), {
      title: `read the other after ${operation.method}`,
      expectations: untouched(operation, beside, within?.of(value) ?? value),
    });
  }
}

/** Sends an update and reads the thing. Where it names a part only, the rest must be as it was. */
function* update(
  scope: Scope,
  resource: Resource,
  made: Made,
  request: RequestPlan,
  { part, beside }: { readonly part: boolean; readonly beside: Answer | undefined },
): Conversation<boolean> {
  const { operation, body } = request;
  const before =
    resource.read && (yield* attempt(scope, itemRequest(resource.read, made.entity), { title: `read right before ${operation.method}` }));
  const { create } = resource;
  const kept = create ? provenNames(scope.planning, { write: create, look: create, body: made.body }, made.answer) : [];
  // what creation keeps an update keeps too, but what may have its own rules then: versions, states, makers
  const proven = new Set([...kept].filter((name) => !isAssigned(name) || isPlanned(name)));
  const parts = { write: operation, body: body?.value, owned: ownedNames(scope.planning, request), proven };
  const answer = yield* attempt(scope, request, {
    title: part ? 'update a part of it' : 'update it',
    expectations: writtenBack(scope.planning, { ...parts, look: operation }),
  });
  if (!isAccepted(answer) || !resource.read) return false;
  const expectations = [
    ...writtenBack(scope.planning, { ...parts, look: resource.read, echo: answer }),
    ...(before && part ? [keptRest(scope.planning, resource, operation, before, body?.value ?? null)] : []),
    ...(before ? followed(scope.planning, resource, operation, before, beside) : []),
  ];
  yield* attempt(scope, itemRequest(resource.read, made.entity), { title: `read after ${operation.method}`, expectations });
  return true;
}

/** Whether a name is that of a time, an amount or an address that is planned by who writes it, not of one that tells what was done: `due_at`, but not `updated_at`. */
function isPlanned(name: string): boolean {
  const planned = /^(?:at|date|time|expires?|count|total|size|links?|urls?|href)$/;
  return nameWords(name).every((word) => planned.test(word) || !isAssigned(word));
}

/** A patch that names as little as it may, and changes something. */
function oneMember(planning: Planning, operation: Operation, whole: JsonObject, before: Answer): JsonObject | undefined {
  const schema = preferredBody(operation)?.schema;
  if (!schema) return undefined;
  const within = bodyFields(planning.contract, schema);
  for (const [name, value] of Object.entries(within.of(whole))) {
    const patch = within.only(whole, { [name]: value });
    const former = member(thingIn(before.json), name);
    const changes = comparable(value) && former !== undefined && former !== value;
    if (changes && planning.contract.validators.validate(schema, patch, 'request').kind === 'valid') return patch;
  }
  return undefined;
}

/** A merge patch of one member inside of an object that has others. @see https://www.rfc-editor.org/rfc/rfc7396#section-2 */
function nestedMember(planning: Planning, operation: Operation, before: Answer, variant: number): JsonObject | undefined {
  const media = preferredBody(operation);
  if (!media?.schema || parseMediaType(media.type)?.subtype !== 'merge-patch+json') return undefined;
  for (const [name, place] of propertiesOf(planning.contract, media.schema)) {
    const former = member(thingIn(before.json), name);
    if (!isObject(former) || Object.keys(former).length < 2) continue;
    for (const [inner, innerPlace] of propertiesOf(planning.contract, place)) {
      const value = anotherValue(planning, innerPlace, [former[inner]], variant, inner);
      const patch = { [name]: { [inner]: value ?? null } };
      if (
        value !== undefined &&
        former[inner] !== undefined &&
        planning.contract.validators.validate(media.schema, patch, 'request').kind === 'valid'
      )
        return patch;
    }
  }
  return undefined;
}

/** PATCH touches only what it names; only what clients write is looked at, for the rest may follow from it. @see https://www.rfc-editor.org/rfc/rfc5789#section-2 */
function keptRest(planning: Planning, resource: Resource, operation: Operation, before: Answer, named: Json): Expectation {
  const patch = fieldsWritten(planning.contract, operation)?.of(named) ?? {};
  const writable = writableNames(planning, resource);
  const rest = (json: Json | undefined): Record<string, Json> => {
    const own = Object.entries(withoutServerOwned(json)).filter(([name]) => writable.has(name));
    return Object.fromEntries(
      own.flatMap(([name, value]): [string, Json][] => (name in patch ? unnamed(name, value, patch[name]) : [[name, value]])),
    );
  };
  const former = rest(before.json);
  return {
    check: 'update-keeps-rest',
    confidence: operation.method === 'PATCH' || saysKept(planning.contract, operation) ? 'certain' : 'likely',
    why: `${operation.method} named only ${Object.keys(patch).join(', ')}`,
    promise: operation.pointer,
    topic: operation.id,
    holds: (answer) => {
      if (!isAccepted(answer) || !isAccepted(before)) return { kind: 'cannot-judge', reason: 'the thing could not be read' };
      const now = rest(answer.json);
      const lost = Object.entries(former).find(([name, value]) => !isSameJson(value, now[name] ?? null));
      return lost
        ? {
            kind: 'broken',
            message: `${lost[0]} changed though the update did not name it`,
            where: `response.body/${lost[0]}`,
            came: `before ${JSON.stringify(lost[1])}; after ${cameOf(answer)}`.slice(0, 300),
          }
        : { kind: 'kept' };
    },
  };
}

/** Whether the words of an operation say that what it is not given stays. */
function saysKept(contract: Contract, { pointer }: Operation): boolean {
  const text = descriptionAt(contract, pointer);
  return /\bunchanged\b|\bstays? as\b|\bonly (?:the|those|what)\b|\bnot (?:given|provided|named|sent)\b/i.test(text);
}

/** Of an object that a merge patch enters, the members that it does not name. */
function unnamed(name: string, value: Json, patch: Json | undefined): [string, Json][] {
  if (!isObject(value) || !isObject(patch)) return [];
  return Object.entries(value)
    .filter(([inner]) => !(inner in patch))
    .map(([inner, kept]) => [`${name}/${inner}`, kept]);
}

/** Names that creation or an update takes and the read does not mark as read-only. */
export function writableNames({ contract }: Planning, resource: Resource): ReadonlySet<string> {
  const taken = [resource.create, resource.replace, resource.patch].flatMap((operation) => [
    ...((operation && fieldsWritten(contract, operation)?.places) ?? []),
  ]);
  const shown = resource.read && successBody(resource.read);
  const fixed = [...taken, ...(shown ? bodyFields(contract, shown.schema).places : [])].filter(
    ([, place]) => member(place.schema, 'readOnly') === true,
  );
  const readOnly = new Set(fixed.map(([name]) => name));
  return new Set(taken.map(([name]) => name).filter((name) => !readOnly.has(name)));
}

/** The other thing is as it was: certain that it must be where it took on the very values that were meant for the first. */
function untouched(operation: Operation, before: Answer, written: Json): Expectation[] {
  const expectation = (confidence: 'certain' | 'likely'): Expectation => ({
    check: 'others-untouched',
    confidence,
    why: `${operation.id} addressed another one`,
    promise: operation.pointer,
    topic: `${operation.id} ${confidence}`,
    holds: (answer) => {
      if (!isAccepted(answer) || !isAccepted(before)) return { kind: 'cannot-judge', reason: 'the other thing could not be read' };
      const now = withoutServerOwned(answer.json);
      const parted = Object.entries(withoutServerOwned(before.json)).filter(([name, value]) => !isSameJson(value, now[name] ?? null));
      const taken = parted.find(
        ([name]) =>
          typeof now[name] !== 'boolean' &&
          member(written, name) !== undefined &&
          isSameJson(member(written, name) ?? null, now[name] ?? null),
      );
      const [name] = (confidence === 'certain' ? taken : taken ? undefined : parted[0]) ?? [];
      return name === undefined
        ? { kind: 'kept' }
        : {
            kind: 'broken',
            message: `the update of another one changed ${name} of this one`,
            where: `response.body/${name}`,
            came: cameOf(answer),
          };
    },
  });
  return [expectation('certain'), expectation('likely')];
}
