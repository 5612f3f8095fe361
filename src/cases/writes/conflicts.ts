/** Names that the document calls unique: the second use is refused, stays refused, and leaves no trace. Pure. */
import { isObject, member, type Json } from '../../lib/json.ts';
import type { Operation, SchemaPlace } from '../../spec/contract.ts';
import { descriptionAt, sentencesAt } from '../../spec/descriptions.ts';
import { descriptionOf, keywordOf } from '../../spec/properties.ts';
import { declaresStatus } from '../../spec/declares-status.ts';
import { attempt } from '../steps/attempt.ts';
import { fieldsWritten } from '../inference/body-fields.ts';
import type { Answer, Confidence, Conversation, Expectation, RequestPlan } from '../case.ts';
import { identifierIn } from '../steps/entity.ts';
import { cameOf, isAccepted, keptUnless } from '../expectations.ts';
import { itemRequest, makeThing, type Made } from '../steps/make-thing.ts';
import { makeCase, ordinaryBody, preferredBody, send, type Planning } from '../planning.ts';
import type { Scope } from '../steps/scope.ts';
import { unchanged } from '../steps/refusals.ts';
import type { Resource } from '../inference/resources.ts';

/** Creates a thing twice with the same unique name, then gives another thing that name. Only where a property calls itself unique, or 409 is declared of it. */
export function* conflictsRefused(scope: Scope, resource: Resource): Conversation {
  const { create, read, patch, replace } = resource;
  const claim = create && claimOf(scope.planning, create);
  if (!create || !read || !claim) return;
  const { name } = claim;
  const within = fieldsWritten(scope.planning.contract, create);
  const first = yield* makeThing(scope, resource);
  const second = yield* makeThing(scope, resource);
  const taken = first && within?.of(first.body)[name];
  if (!first || !second || taken === undefined || !within) return;
  const look = itemRequest(read, first.entity);
  const before = yield* attempt(scope, look, { title: `read before its ${name} is taken again` });
  for (const title of [`create another with the same ${name}`, `create another with the same ${name}, again`]) {
    const { body } = second.request;
    if (!body || !isObject(body.value)) break;
    const request: RequestPlan = { ...second.request, body: { ...body, value: within.with(body.value, { [name]: taken }) } };
    const answer = yield* attempt(scope, request, {
      title,
      intent: 'probe',
      expectations: [refused(resource, create, claim, String(first.entity.id))],
    });
    if (isAccepted(answer)) return;
  }
  yield* attempt(scope, look, { title: 'read after a refused creation', expectations: [noTrace(resource, create, before)] });
  for (const update of [patch, replace]) if (update) yield* updatedTo(scope, resource, { update, claim, taken, second });
  if (claim.status === '409') yield* freedByDeletion(scope, resource, first, name);
}

/** Deletes the thing and makes another under its name. Likely: names of what is gone may be kept from others; certain where the document says that they are free. */
function* freedByDeletion(scope: Scope, { remove, create }: Resource, { entity, request }: Made, name: string): Conversation {
  if (!remove || !create || !isAccepted(yield* attempt(scope, itemRequest(remove, entity), { title: 'delete it' }))) return;
  if (entity.created) yield { kind: 'gone', created: entity.created };
  const said = sentencesAt(scope.planning.contract, remove.pointer);
  yield* attempt(scope, request, {
    title: `create another with the ${name} of what was deleted`,
    expectations: [
      {
        check: 'valid-accepted',
        confidence: said.some((sentence) => /\b(?:again|re-?us(?:e|able|ed)|free)\b/i.test(sentence)) ? 'certain' : 'likely',
        why: `${remove.id} was accepted`,
        promise: create.pointer,
        topic: `${create.id} ${name} of what was deleted`,
        holds: keptUnless((answer) => answer.status === 409, `the ${name} of what was deleted is refused as taken`),
      },
    ],
  });
}

/** What a document says of a name that no two things have. */
interface Claim {
  readonly name: string;
  /** What the second use is answered with. */
  readonly status: '409' | '400' | '422';
  readonly confidence: Confidence;
}

/** Where no 409 is declared, what a property says of itself counts: for sure where it says that the second use is refused. */
function claimOf(planning: Planning, create: Operation): Claim | undefined {
  const conflicting = uniqueName(planning, create);
  if (conflicting !== undefined) return { name: conflicting, status: '409', confidence: 'certain' };
  const status = (['422', '400'] as const).find((one) => declaresStatus(create, one));
  const [name, place] = status === undefined ? [] : (selfNamed(planning, create) ?? []);
  if (status === undefined || name === undefined || !place) return undefined;
  const isSaid = /\b(?:400|422|refused|rejected)\b|\bmust be unique\b/i.test(descriptionOf(planning.contract, place));
  return { name, status, confidence: isSaid ? 'certain' : 'likely' };
}

interface Taking {
  readonly update: Operation;
  readonly claim: Claim;
  readonly taken: Json;
  readonly second: Made;
}

/** Gives the second thing the name of the first. */
function* updatedTo(scope: Scope, resource: Resource, { update, claim, taken, second }: Taking): Conversation {
  const { name, status } = claim;
  const { body } = second.request;
  const media = preferredBody(update);
  if (!resource.read || !declaresStatus(update, status) || !takesName(scope.planning, update, name)) return;
  if (!body || !isObject(body.value) || !media) return;
  const mine = itemRequest(resource.read, second.entity);
  const former = yield* attempt(scope, mine, { title: 'read before it takes the name of another' });
  const within = fieldsWritten(scope.planning.contract, update);
  const base = (update.method === 'PATCH' ? ordinaryBody(scope.planning, update, scope.variant++)?.value : body.value) ?? {};
  const changed = within?.[update.method === 'PATCH' ? 'only' : 'with'](base, { [name]: taken }) ?? {};
  const value = within ? within.about(changed, second.entity.id) : changed;
  const request: RequestPlan = { ...itemRequest(update, second.entity), body: { mediaType: media.type, value } };
  const answer = yield* send(
    makeCase({
      phase: scope.phase,
      title: `${update.method} of the ${name} of another`,
      intent: 'probe',
      request,
      expectations: [refused(resource, update, claim, undefined)],
    }),
  );
  if (answer.status === Number(status))
    yield* attempt(scope, mine, { title: 'read after a refused update', expectations: [noTrace(resource, update, former)] });
}

function noTrace(resource: Resource, operation: Operation, before: Answer): Expectation {
  return unchanged(resource, before, {
    check: 'refused-no-trace',
    confidence: 'certain',
    why: `${operation.id} was refused as a conflict`,
    topic: `${operation.id} conflict`,
    message: 'the refused write changed the thing',
  });
}

function takesName(planning: Planning, operation: Operation, name: string): boolean {
  return fieldsWritten(planning.contract, operation)?.places.has(name) === true;
}

/** The property that says of itself that it is unique, where the operation declares 409; or the one called name where the 409 says that it is taken. */
export function uniqueName(planning: Planning, create: Operation): string | undefined {
  const taken = fieldsWritten(planning.contract, create);
  const conflict = create.responses.find(({ status }) => status === '409');
  if (!taken || !conflict) return undefined;
  const { contract } = planning;
  const unique = selfNamed(planning, create);
  if (unique) return unique[0];
  // the conflict tells what is taken, or the operation does
  const text = [
    descriptionAt(contract, conflict.pointer),
    ...sentencesAt(contract, create.pointer).filter((one) => /\b409\b/.test(one)),
  ].join(' ');
  const names = [...taken.places.keys()];
  const said = /\b(\w+)\b[^.]*\b(?:taken|exists|in use|unused|duplicate|not unique|unique)\b/i.test(text);
  return said ? names.find((name) => new RegExp(`\\b${name.replaceAll(/\W/g, '')}\\b`, 'i').test(text)) : undefined;
}

/** The property of a body that says of itself that it is unique. */
function selfNamed({ contract }: Planning, create: Operation): readonly [string, SchemaPlace] | undefined {
  const places = fieldsWritten(contract, create)?.places ?? new Map<string, SchemaPlace>();
  return [...places].find(
    ([, place]) =>
      unshared.test(descriptionOf(contract, place)) &&
      member(place.schema, 'readOnly') !== true &&
      keywordOf(contract, place, 'enum') === undefined,
  );
}

/** Words that say that no two things have one value. */
const unshared = /\bunique\b|\bno two\b|\bno other\b/i;

function refused(resource: Resource, operation: Operation, { name, status, confidence }: Claim, first: string | undefined): Expectation {
  return {
    check: 'conflict-refused',
    confidence,
    why: `the document calls ${name} unique, and declares ${status}`,
    promise: operation.pointer,
    topic: `${operation.id} ${name}`,
    holds: (answer) => {
      if (!isAccepted(answer)) return { kind: 'kept' };
      // an answer that gives back the first one has made no second
      if (first !== undefined && String(identifierIn(answer, resource)) === first) return { kind: 'kept' };
      return { kind: 'broken', message: `a ${name} that is taken is accepted once more`, where: 'response.status', came: cameOf(answer) };
    },
  };
}
