/** Sends a case about an operation and keeps the books: what it made is entered in the ledger, what it removed is struck out. Pure conversation. */
import { successBody } from '../../spec/properties.ts';
import type { Operation } from '../../spec/contract.ts';
import type { Answer, Case, Conversation, Expectation, JudgedAnswer, RequestPlan } from '../case.ts';
import { cameOf, isAccepted, untilRepeated } from '../expectations.ts';
import { enterCreated } from './enter-created.ts';
import type { Scope } from './scope.ts';
import { makeCase, send, type Planning } from '../planning.ts';
import type { Resource } from '../inference/resources.ts';

/** The parts of a case that vary from attempt to attempt. */
export type Attempt = Partial<Pick<Case, 'credentials' | 'expectations' | 'intent' | 'theme' | 'access'>> & { readonly title: string };

/** Sends and gives back the answer. A read that breaks an expectation is sent once more: what holds then was only not settled yet. */
export function* attempt(scope: Scope, request: RequestPlan, parts: Attempt): Conversation<JudgedAnswer> {
  const expectations = parts.expectations ?? [];
  const repeatable = request.operation.method === 'GET' && request.method === undefined;
  const first = repeatable ? { ...parts, expectations: expectations.map(untilRepeated) } : parts;
  const { id } = request.operation;
  if (scope.tagged.has(id) && parts.intent === undefined && parts.credentials === undefined) {
    const tagged = yield* withTag(scope, request);
    if (tagged) return yield* attempt(scope, tagged, parts);
  }
  const answer = yield* send(makeCase({ ...first, phase: scope.phase, request }));
  if (repeatable && expectations.some((expectation) => expectation.holds(answer).kind === 'broken')) {
    const confirmed = [...expectations, ...expectations.map((expectation) => unsettled(expectation, answer))];
    return yield* send(makeCase({ phase: scope.phase, request, ...parts, title: `${parts.title}, once more`, expectations: confirmed }));
  }
  if (wantsTag(request, answer, parts.intent)) {
    const tagged = yield* withTag(scope, request);
    if (answer.status === 428) scope.tagged.add(id);
    if (tagged) return yield* attempt(scope, tagged, { ...parts, title: `${parts.title}, with its entity tag` });
  }
  if (!isAccepted(answer)) return answer;
  const { operation } = request;
  if (operation.method === 'DELETE') yield* strikeOut(scope, operation);
  else if (operation.method === 'POST' || operation.method === 'PUT') {
    const made = resourceMade(scope.planning, operation) ?? (answer.status === 201 ? resourceRead(scope.planning, operation) : undefined);
    // who was not to make it may not be able to remove it either
    const maker = parts.intent === 'forbidden' || parts.intent === 'unauthenticated' ? undefined : parts.credentials;
    if (made) yield* enterCreated(scope, made, request, answer, maker);
  }
  return answer;
}

/** Whether an entity tag that is read now may help: it was asked for, or what stood for it was made up. What was left out on purpose stays so. */
function wantsTag({ operation, parameters, headers = [] }: RequestPlan, { status }: Answer, intent: Attempt['intent']): boolean {
  const names = (list: readonly string[]): boolean => list.some((name) => name.toLowerCase() === 'if-match');
  const required = names(operation.parameters.filter((one) => one.required && one.in === 'header').map(({ name }) => name));
  const given = names(parameters.map(({ name }) => name));
  if (status === 428) return intent !== 'invalid' || given || !required;
  return status === 412 && required && given && intent === undefined && !names(headers.map(([name]) => name));
}

/** The request under the condition that it was asked for; undefined where it has one, or no read tells the entity tag. @see https://www.rfc-editor.org/rfc/rfc6585#section-3 */
function* withTag({ planning, phase }: Scope, request: RequestPlan): Conversation<RequestPlan | undefined> {
  const headers = request.headers ?? [];
  const read = planning.contract.operations.find(({ method, path }) => method === 'GET' && path === request.operation.path);
  if (!read || headers.some(([name]) => name.toLowerCase() === 'if-match')) return undefined;
  const look = { operation: read, parameters: request.parameters.filter((one) => one.in === 'path') };
  const tag = (yield* send(makeCase({ phase, title: 'read the entity tag that is asked for', request: look }))).headers.get('etag');
  const parameters = request.parameters.filter((one) => one.in !== 'header' || one.name.toLowerCase() !== 'if-match');
  return tag === undefined ? undefined : { ...request, parameters, headers: [...headers, ['If-Match', tag]] };
}

/** Tells of an expectation that was broken at first and is kept now: it had not settled yet, unless settling is what was asked. */
function unsettled(expectation: Expectation, before: Answer): Expectation {
  const once = expectation.holds(before);
  // what comes and goes is no repeat, whatever the second look says
  const comesAndGoes = expectation.check === 'safe-repeatable';
  const message = (first: string): string =>
    comesAndGoes ? `${first}, and then the former one` : `not at first, only on repeat: ${first}`;
  return {
    ...expectation,
    confidence: comesAndGoes ? expectation.confidence : 'unsure',
    topic: `${expectation.topic ?? ''} at first`,
    holds: (answer) =>
      once.kind === 'broken' && expectation.holds(answer).kind === 'kept'
        ? { ...once, message: message(once.message), ...(!comesAndGoes && { flaky: cameOf(answer) }) }
        : { kind: 'open' },
  };
}

function* strikeOut(scope: Scope, operation: Operation): Conversation {
  for (const [key, entity] of scope.entities) {
    if (entity.resource.remove?.id !== operation.id) continue;
    scope.entities.delete(key);
    if (entity.created) yield { kind: 'gone', created: entity.created };
  }
}

/** The resource that an accepted request made one of: by being its creation, or a POST that answers the same representation (a clone). */
export function resourceMade(planning: Planning, operation: Operation): Resource | undefined {
  const own = planning.resources.createdBy(operation);
  if (own || operation.method !== 'POST') return own;
  const answered = schemaPointer(planning, operation);
  if (answered === undefined) return undefined;
  return planning.resources.all.find(({ create }) => create !== undefined && schemaPointer(planning, create) === answered);
}

/** The resource that a POST answers as a read of one does: where it says 201, it made one. @see https://www.rfc-editor.org/rfc/rfc9110#section-15.3.2 */
function resourceRead(planning: Planning, operation: Operation): Resource | undefined {
  const answered = operation.method === 'POST' ? schemaPointer(planning, operation) : undefined;
  return answered === undefined
    ? undefined
    : planning.resources.all.find(
        ({ create, read }) => create !== undefined && read !== undefined && schemaPointer(planning, read) === answered,
      );
}

function schemaPointer(planning: Planning, operation: Operation): string | undefined {
  const body = successBody(operation);
  const pointer = body && planning.contract.resolve(body.schema).pointer;
  return pointer?.startsWith('/components/schemas/') ? pointer : undefined;
}
