/** The access phase: missing and broken credentials, identities that may do less than the main one, and the question who may what. Pure. */
import { safeMethods } from '../lib/methods.ts';
import { pathAfter } from '../lib/names.ts';
import { shortHash } from '../lib/short-hash.ts';
import type { Operation, SecurityRequirement } from '../spec/contract.ts';
import { declaresStatus } from '../spec/declares-status.ts';
import { isSearch } from '../spec/is-safe.ts';
import { respelledCredentials } from './access/spellings.ts';
import { foreignReferences } from './access/references.ts';
import { replacedByOthers } from './access/replacement.ts';
import { accessExpectations, accessQuestion, noCredentials, type AccessQuestion } from './access/expected.ts';
import { setsProperties } from './lives/action-bodies.ts';
import { hiddenItems } from './access/hidden-items.ts';
import { isUpload } from './inference/upload-pairs.ts';
import { actionsOn } from './lives/actions.ts';
import { attempt } from './steps/attempt.ts';
import type { Answer, BrokenCredential, Conversation, Credentials, Expectation, RequestPlan, Scenario } from './case.ts';
import { expectAskedForCredentials, expectForbidden, expectUnauthenticated, isAccepted, isRefusal, keptUnless } from './expectations.ts';
import { overviewsOf } from './inference/overview-values.ts';
import { makeCase, send, writesAll, type Planning } from './planning.ts';
import { furnish, prepareRequest } from './steps/prepare.ts';
import { createScope, type Scope } from './steps/scope.ts';
import { firstLook, lookoutOf, secondLook } from './steps/refused-trace.ts';
import { furnishSibling } from './steps/siblings.ts';
import { isChosen, idsAbout } from './subjects.ts';
import { isAllowed } from './values/variations.ts';

const broken: readonly BrokenCredential[] = ['empty', 'garbage', 'truncated', 'expired', 'wrong-signature', 'wrong-scheme'];

/** One scenario for each operation, one of how credentials are spelled, one for each list that hides what others made, and one for each thing that is made by PUT. Creations need quiet: whether one was made shows in their list. */
export function accessScenarios(planning: Planning): Scenario[] {
  const allowed = planning.contract.operations.filter((operation) => isAllowed(planning, operation));
  const doors = allowed.flatMap((operation, index): Scenario[] => {
    if (attackers(planning, operation).length + visitors(planning, operation).length + planning.subjects.length === 0) return [];
    const quiet =
      writesAll(planning, operation) || (isSecured(planning, operation) && planning.resources.createdBy(operation)?.list !== undefined);
    const size = 3 + broken.length + planning.subjects.length;
    const outline = { title: operation.id, about: [operation.id], offset: 50_000 + index * 100, size, quiet };
    return [scenario(planning, outline, (scope) => talk(scope, operation))];
  });
  const looked = planning.safeOnly || planning.peers.length + planning.strangers.length === 0 ? [] : planning.resources.all;
  const hidden = looked.filter(({ list, create }) => list !== undefined && !isPublic(planning, list) && create !== undefined);
  const replaceable = looked.filter(({ create }) => create?.method === 'PUT' && !isPublic(planning, create));
  const readable = allowed
    .filter((operation) => operation.method === 'GET' && isChosen(planning, operation.id) && isSecured(planning, operation))
    .toSorted((one, other) => Number(one.path.includes('{')) - Number(other.path.includes('{')));
  const respelled = { title: 'credentials in other letters', about: readable.map(({ id }) => id), offset: 69_000, size: 4, quiet: false };
  return [
    ...doors,
    ...(planning.authenticated && readable.length > 0
      ? [scenario(planning, respelled, (scope) => respelledCredentials(scope, readable))]
      : []),
    ...replaceable.map((resource, index) => {
      const about = idsAbout(planning, resource);
      const outline = { title: `${resource.name} replaced by others`, about, offset: 67_000 + index * 100, size: 4, quiet: false };
      return scenario(planning, outline, (scope) => replacedByOthers(scope, resource));
    }),
    ...hidden.map((resource, index) => {
      const about = idsAbout(planning, resource);
      // what an overview counts is compared with a list
      const quiet = overviewsOf(planning.contract, resource).length > 0;
      const outline = { title: `${resource.name} hidden from strangers`, about, offset: 65_000 + index * 100, size: 3, quiet };
      return scenario(planning, outline, (scope) => hiddenItems(scope, resource));
    }),
  ];
}

/** A scenario of this phase; `offset` is where it begins to count its values. */
function scenario(
  planning: Planning,
  { offset, ...outline }: Pick<Scenario, 'title' | 'about' | 'size' | 'quiet'> & { readonly offset: number },
  conversation: (scope: Scope) => Conversation,
): Scenario {
  const start = (): Conversation => conversation(createScope(planning, 'access', offset));
  return { id: shortHash('access', outline.title), phase: 'access', ...outline, start };
}

/** Whether every alternative of the operation's security asks for something that a request can leave out: a client certificate belongs to the connection. */
export function isSecured({ contract }: Pick<Planning, 'contract'>, operation: Operation): boolean {
  const asks = (requirement: SecurityRequirement): boolean =>
    requirement.some(({ scheme }) => contract.securitySchemes.get(scheme)?.type !== 'mutualTLS');
  return operation.security.length > 0 && operation.security.every(asks);
}

/** Whether the document lets anybody call the operation. */
function isOpen({ security }: Operation): boolean {
  return security.length === 0 || security.some((requirement) => requirement.length === 0);
}

/** Whether a document that knows credentials asks for none here: what anybody may call hides nothing from a stranger. */
function isPublic({ contract }: Planning, operation: Operation): boolean {
  return isOpen(operation) && contract.securitySchemes.size > 0;
}

function* talk(scope: Scope, operation: Operation): Conversation {
  const request = yield* prepareRequest(scope, operation);
  scope.variant += 1;
  if (!request) return;
  yield* furnishSibling(scope, request);
  for (const visitor of visitors(scope.planning, operation)) yield* attempt(scope, request, visitor);
  yield* attack(scope, request);
  yield* askEverybody(scope, request);
  yield* foreignReferences(scope, operation);
}

/** Everybody whose right is still open, the main identity first. Whoever may change something has something of his own to change; a PUT can be done again (RFC 9110 section 9.2.2). */
function* askEverybody(scope: Scope, first: RequestPlan): Conversation {
  const { planning } = scope;
  const { operation } = first;
  const asked = [...visitors(planning, operation), ...attackers(planning, operation)].map(({ access }) => access?.identity);
  let own = scope;
  let request: RequestPlan | undefined = first;
  for (const { name } of planning.subjects.filter((subject) => !asked.includes(subject.name))) {
    request ??= yield* prepareRequest(own, operation);
    if (request === undefined) return;
    const visitor = { ...asking(planning, operation, name), intent: 'probe' } as const;
    let answer = yield* attempt(own, request, visitor);
    while (isIncomplete(answer) && (yield* furnish(own, operation)))
      answer = yield* attempt(own, request, { ...visitor, title: `${visitor.title}, furnished` });
    if (!isAccepted(answer) || safeMethods.has(operation.method) || operation.method === 'PUT') continue;
    own = createScope(planning, scope.phase, own.variant + 10);
    request = undefined;
  }
}

/** Refused, but not for who asks. */
function isIncomplete(answer: Answer): boolean {
  return isRefusal(answer) && answer.status !== 401 && answer.status !== 403;
}

/** The question whether an identity may, as a visit. */
function asking(planning: Planning, operation: Operation, name: string): Visitor {
  const access = accessQuestion(planning, operation, name, undefined);
  const expectations = accessExpectations(planning, operation, access);
  return { credentials: { kind: 'identity', name }, title: `as ${name}`, access, expectations };
}

/** Every attacker once, and when all were refused, a look at whether the write was done all the same. */
function* attack(scope: Scope, request: RequestPlan): Conversation {
  const { planning } = scope;
  const all = attackers(planning, request.operation);
  const lookout = all.length > 0 && planning.authenticated ? lookoutOf(planning, request) : undefined;
  const before = lookout && (yield* firstLook(scope, lookout));
  let refused = true;
  let looked = false;
  for (const [index, attacker] of all.entries()) {
    const identity = attacker.credentials.kind === 'identity';
    const answer: Answer = yield* attempt(scope, request, { ...attacker, intent: identity ? 'forbidden' : 'unauthenticated' });
    if (attacker.credentials.kind === 'none' && request.operation.method === 'GET' && !isAccepted(answer))
      yield* askByHead(scope, request, attacker.title);
    refused &&= answer.status === 401 || answer.status === 403 || (identity && answer.status === 404);
    // what is done twice may look undone: so the first one who is known but not allowed gets a look of his own
    const due = index === all.length - 1 || (identity && !looked);
    if (!lookout || !before || !refused || !due) continue;
    yield* secondLook(scope, lookout, before);
    looked = true;
  }
}

/** HEAD is GET without the content, so whom GET refuses HEAD refuses. @see https://www.rfc-editor.org/rfc/rfc9110#section-9.3.2 */
function* askByHead({ phase }: Scope, request: RequestPlan, title: string): Conversation {
  const expectation: Expectation = {
    check: 'unauthenticated-refused',
    confidence: 'certain',
    why: 'GET was refused, and HEAD is GET without the content',
    promise: request.operation.pointer,
    topic: 'HEAD',
    holds: keptUnless(isAccepted, `HEAD is accepted with ${title}, though GET is refused`),
  };
  yield* send(
    makeCase({
      phase,
      title: `HEAD with ${title}`,
      intent: 'unauthenticated',
      credentials: { kind: 'none' },
      request: { ...request, method: 'HEAD' },
      expectations: [expectation],
    }),
  );
}

interface Visitor {
  readonly credentials: Credentials;
  readonly title: string;
  readonly expectations: readonly Expectation[];
  readonly access?: AccessQuestion;
}

/** Who may call the operation, and is not accused of anything but what the document says of every answer. */
function visitors(planning: Planning, operation: Operation): Visitor[] {
  if (!safeMethods.has(operation.method) && !isSearch(operation)) return [];
  if (isPublic(planning, operation)) return [withoutCredentials(planning, operation, needsNone(operation))];
  if (isOpen(operation)) return [];
  return planning.readers.map((name) => asking(planning, operation, name));
}

function withoutCredentials(planning: Planning, operation: Operation, ...own: readonly Expectation[]): Visitor {
  const access = accessQuestion(planning, operation, noCredentials, undefined);
  const expectations = [...own, ...accessExpectations(planning, operation, access)];
  return { credentials: { kind: 'none' }, title: noCredentials, access, expectations };
}

/** What the document leaves open to all needs no credentials. */
function needsNone(operation: Operation): Expectation {
  return {
    check: 'security-declared',
    confidence: 'likely',
    why: 'the document asks for no credentials here',
    promise: operation.pointer,
    topic: 'security not declared',
    holds: keptUnless((answer) => answer.status === 401, 'the operation asks for credentials that the document does not declare'),
  };
}

function attackers(planning: Planning, operation: Operation): Visitor[] {
  const anonymous: Visitor[] = isSecured(planning, operation)
    ? [
        withoutCredentials(planning, operation, ...unauthenticated(operation, noCredentials)),
        ...(planning.authenticated ? broken : (['garbage'] as const)).map((how): Visitor => ({
          credentials: { kind: 'broken', how },
          title: `${how} credentials`,
          expectations: unauthenticated(operation, `${how} credentials`),
        })),
      ]
    : [];
  return [...anonymous, ...restricted(planning, operation)];
}

function unauthenticated(operation: Operation, how: string): Expectation[] {
  return [expectUnauthenticated(how), ...(declaresStatus(operation, '401') ? [expectAskedForCredentials(how)] : [])];
}

/** Identities that must be refused this operation, by what the user says of them. */
function restricted(planning: Planning, operation: Operation): Visitor[] {
  const unsafe = !safeMethods.has(operation.method);
  const below = planning.peers.length + planning.strangers.length > 0 && isBelowItem(planning, operation);
  const item = below && changesItem(planning, operation);
  const named = (names: readonly string[], why: string): Visitor[] =>
    names.map((name) => {
      const access = accessQuestion(planning, operation, name, 'refused');
      return {
        credentials: { kind: 'identity', name },
        title: `as ${name}`,
        access,
        expectations: [expectForbidden(`${name} ${why}`, `${name} ${why}`), ...accessExpectations(planning, operation, access)],
      };
    });
  return [
    ...(unsafe && !isSearch(operation) ? named(planning.readers, 'may only read') : []),
    ...(unsafe && item ? named(planning.peers, 'may not change what others made') : []),
    ...(below && !(isPublic(planning, operation) && !unsafe) ? named(planning.strangers, 'may not see what others made') : []),
  ];
}

/** Whether the operation's path leads to, or through, one thing that the main identity makes. */
function isBelowItem({ resources }: Planning, operation: Operation): boolean {
  const path = operation.parameters.filter((parameter) => parameter.in === 'path');
  return path.some((parameter) => {
    const create = resources.ofPathParameter(operation, parameter.name)?.create;
    // whoever creates by PUT chooses a path of his own
    return create !== undefined && (create.method === 'POST' || create.id !== operation.id);
  });
}

/** Whether what the operation does is done to the thing itself: a POST below it may well only add something of the sender's. */
function changesItem(planning: Planning, operation: Operation): boolean {
  return (
    ['PUT', 'PATCH', 'DELETE', 'GET', 'HEAD'].includes(operation.method) ||
    planning.resources.all.some(({ patch }) => patch?.id === operation.id) ||
    isAction(planning, operation) ||
    isUpload(planning, operation)
  );
}

/** Whether a POST below a thing changes the thing itself, by what its property tells. */
function isAction(planning: Planning, operation: Operation): boolean {
  const owners = planning.resources.all.filter(({ item }) => pathAfter(item, operation.path) !== undefined);
  return owners.some(
    (resource) =>
      actionsOn(planning, resource).some((action) => action.operation.id === operation.id) || setsProperties(planning, resource, operation),
  );
}
