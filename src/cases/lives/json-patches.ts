/** JSON Patch beside other ways to update: what it sets is set, what it removes is removed, and what cannot be applied whole is refused and leaves no trace. Pure. @see https://www.rfc-editor.org/rfc/rfc6902#section-5 */
import { isObject, type Json, type JsonObject } from '../../lib/json.ts';
import { joinPointer } from '../../lib/json-pointer.ts';
import { isSameJson } from '../../lib/same-json.ts';
import type { MediaType, Operation } from '../../spec/contract.ts';
import { propertiesOf } from '../../spec/properties.ts';
import { requiredNames } from '../../spec/values/children.ts';
import { viewOf } from '../../spec/values/schema-view.ts';
import { attempt } from '../steps/attempt.ts';
import type { Answer, Conversation, Expectation, RequestPlan } from '../case.ts';
import { cameOf, isAccepted, keptUnless } from '../expectations.ts';
import { anotherValue, itemRequest, makeThing } from '../steps/make-thing.ts';
import { isJsonPatch, preferredBody } from '../planning.ts';
import type { Scope } from '../steps/scope.ts';
import { unchanged } from '../steps/refusals.ts';
import { thingIn } from '../inference/representation.ts';
import type { Resource } from '../inference/resources.ts';
import { writableNames } from './updates.ts';

/** One change of a JSON Patch. */
interface Change {
  readonly op: 'add' | 'remove' | 'replace' | 'test' | 'specproof';
  readonly path: string;
  readonly value?: Json;
}

/** Makes a thing and patches it: two members at once, one that is not there, a test that fails after a change, an operation that is none, and a removal. */
export function* jsonPatched(scope: Scope, resource: Resource): Conversation {
  const { patch, read, create } = resource;
  const media = patch?.requestBody?.content.find(({ type }) => isJsonPatch(type));
  const made = media && read && create ? yield* makeThing(scope, resource) : undefined;
  if (!patch || !media || !read || !create || !made) return;
  const look = itemRequest(read, made.entity);
  const sent = (changes: readonly Change[]): RequestPlan => ({
    ...itemRequest(patch, made.entity),
    body: { mediaType: media.type, value: changes.map((change) => ({ ...change })) },
  });
  const before = yield* attempt(scope, look, { title: 'read before it is patched' });
  const [first, second] = changesOf(scope, resource, create, thingIn(before.json));
  if (!first || !isAccepted(before) || !fits(scope, media, [first])) return;
  const both = second ? [first, second] : [first];
  if (!isAccepted(yield* attempt(scope, sent(both), { title: `patch ${both.map(({ path }) => path).join(' and ')}` }))) return;
  const changed = yield* attempt(scope, look, { title: 'read what was patched', expectations: both.map((one) => set(patch, one)) });
  const now = thingIn(changed.json);
  const name = first.path.slice(1);
  const back: Change = { ...first, value: thingIn(before.json)[name] ?? null };
  const wrong: readonly (readonly [what: string, changes: readonly Change[]])[] = [
    ['a test that fails, after a change', [back, { op: 'test', path: first.path, value: first.value ?? null }]],
    ['the removal of a member that is not there', [{ op: 'remove', path: '/specproofAbsent' }]],
    ['the replacement of a member below one that is not there', [back, { op: 'replace', path: '/specproofAbsent/inner', value: 1 }]],
    ['an operation that is none', [{ op: 'specproof', path: first.path, value: first.value ?? null }]],
  ];
  for (const [what, changes] of wrong) {
    const answer = yield* attempt(scope, sent(changes), {
      title: `patch with ${what}`,
      intent: 'invalid',
      expectations: [refused(patch, what)],
    });
    if (isAccepted(answer)) return;
  }
  yield* attempt(scope, look, {
    title: 'read after refused patches',
    expectations: [
      unchanged(resource, changed, {
        check: 'refused-no-trace',
        confidence: 'certain',
        why: 'a patch that fails is not applied at all: RFC 6902 section 5',
        topic: `${patch.id} JSON Patch`,
        message: 'a patch that was refused changed the thing',
      }),
    ],
  });
  const gone = removable(scope, resource, create, now);
  if (
    gone === undefined ||
    !isAccepted(yield* attempt(scope, sent([{ op: 'remove', path: joinPointer('', gone) }]), { title: `remove ${gone}` }))
  )
    return;
  yield* attempt(scope, look, { title: `read after ${gone} was removed`, expectations: [removed(patch, gone, now[gone] ?? null)] });
}

function fits({ planning }: Scope, { schema }: MediaType, changes: readonly Change[]): boolean {
  const value = changes.map((change) => ({ ...change }));
  return schema === undefined || planning.contract.validators.validate(schema, value, 'request').kind === 'valid';
}

/** Changes of members that clients write, each to another value than it has. */
function changesOf(scope: Scope, resource: Resource, create: Operation, shown: JsonObject): Change[] {
  const { planning } = scope;
  const schema = preferredBody(create)?.schema;
  const places = schema ? propertiesOf(planning.contract, schema) : [];
  const writable = writableNames(planning, resource);
  return [...places].flatMap(([name, place]): Change[] => {
    const former = shown[name];
    if (former === undefined || former === null || isObject(former) || !writable.has(name)) return [];
    if (planning.resources.ofMember(create, name)) return [];
    const value = anotherValue(planning, place, [former], (scope.variant += 1), name);
    return value === undefined || typeof value !== typeof former ? [] : [{ op: 'replace', path: joinPointer('', name), value }];
  });
}

/** A member that has a value and that a creation may leave out. */
function removable({ planning }: Scope, resource: Resource, create: Operation, shown: JsonObject): string | undefined {
  const schema = preferredBody(create)?.schema;
  const writable = writableNames(planning, resource);
  const needed = schema ? requiredNames(viewOf(planning.contract, [schema])) : new Set<string>();
  return Object.keys(shown).find((name) => writable.has(name) && !needed.has(name) && typeof shown[name] === 'string');
}

function set(patch: Operation, { path, value = null }: Change): Expectation {
  const name = path.slice(1);
  return {
    check: 'written-read-back',
    confidence: 'certain',
    why: `an accepted JSON Patch replaced ${name}`,
    promise: patch.pointer,
    topic: `${patch.id} JSON Patch ${name}`,
    holds: (answer) =>
      complaint(
        answer,
        (now) => now[name] !== undefined && !isSameJson(now[name], value),
        `${name} was replaced by ${JSON.stringify(value)} and is read as another value`,
        name,
      ),
  };
}

/** What was removed has not the value that it had; it may have a default. */
function removed(patch: Operation, name: string, former: Json): Expectation {
  return {
    check: 'written-read-back',
    confidence: 'likely',
    why: `an accepted JSON Patch removed ${name}`,
    promise: patch.pointer,
    topic: `${patch.id} JSON Patch removes ${name}`,
    holds: (answer) => complaint(answer, (now) => isSameJson(now[name] ?? null, former), `${name} was removed and is read as it was`, name),
  };
}

function complaint(answer: Answer, isWrong: (now: JsonObject) => boolean, message: string, name: string): ReturnType<Expectation['holds']> {
  if (!isAccepted(answer)) return { kind: 'cannot-judge', reason: 'the thing could not be read' };
  return isWrong(thingIn(answer.json))
    ? { kind: 'broken', message, where: `response.body/${name}`, came: cameOf(answer) }
    : { kind: 'kept' };
}

function refused(patch: Operation, what: string): Expectation {
  return {
    check: 'invalid-refused',
    confidence: 'certain',
    why: 'a patch of which one change cannot be applied fails: RFC 6902 section 5',
    promise: patch.pointer,
    topic: `${patch.id} ${what}`,
    holds: keptUnless(isAccepted, `invalid data is accepted: ${what}`),
  };
}
