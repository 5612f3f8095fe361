/** Phases that look at one operation at a time: examples, boundaries, invalid. Pure. */
import { shortHash } from '../lib/short-hash.ts';
import { isObject, type Json } from '../lib/json.ts';
import { isSameJson } from '../lib/same-json.ts';
import { pointerTokens } from '../lib/json-pointer.ts';
import type { Operation } from '../spec/contract.ts';
import { attempt } from './attempt.ts';
import type { Answer, Conversation, Expectation, Phase, RequestPlan, Scenario } from './case.ts';
import { expectAccepted, expectRefused, isAccepted, isRefusal, untilConfirmed } from './expectations.ts';
import { echoExpectations, proofOf, readVaried, type Proof } from './look-back.ts';
import { askForAbsent } from './absent.ts';
import { afterCreations } from './creations.ts';
import { mediaVariations, takesDeclaredType } from './media-types.ts';
import { preferredBody, safeMethods, type Planning } from './planning.ts';
import { createScope, furnish, obtain, prepareRequest, withUniqueNames, type Scope } from './prepare.ts';
import { furnishSibling } from './siblings.ts';
import { invalidVariations, isAllowed, validVariations, type Variation } from './variations.ts';

/** One scenario for each operation: its ordinary request and every example of the document. */
export function examplesScenarios(planning: Planning): Scenario[] {
  return perOperation(planning, 'examples', function* (scope, operation) {
    const base = yield* baseAnswer(scope, operation);
    if (!base) return;
    for (const [index, request] of exampleRequests(base.request).entries()) {
      const title = `example ${index + 1} of the document`;
      const promise = preferredBody(operation)?.pointer ?? operation.pointer;
      yield* attempt(scope, request, {
        title,
        expectations: [expectAccepted({ confidence: 'likely', what: title, promise, topic: `${promise} example ${index}` })],
      });
    }
    for (const { title, request, expectation } of mediaVariations(planning, base.request)) {
      const body =
        request.body?.value === undefined
          ? request.body
          : { ...request.body, value: withUniqueNames(scope, operation, request.body.value) };
      const fresh = body ? { ...request, body } : request;
      yield* attempt(scope, fresh, {
        title,
        expectations: [...(base.accepted ? [expectation] : []), ...takesDeclaredType(operation, body?.mediaType ?? '')],
      });
    }
  });
}

/** One scenario for each operation: a valid control, then each boundary inside the schema, in one place at a time. */
export function boundaryScenarios(planning: Planning): Scenario[] {
  return perOperation(planning, 'boundaries', function* (scope, operation) {
    const control = yield* findControl(scope, operation);
    if (!control) return;
    const spoiled = new Set<string>();
    const opinionated = new Set<string>();
    for (const variation of [...(yield* referenceVariations(scope, control.request)), ...validVariations(planning, control.request)]) {
      const { place, ordinary, open } = variation;
      if (spoiled.has(place)) continue;
      // where one free text is refused, the API reads a meaning into the place: then a length says nothing for sure
      const judged =
        opinionated.has(place) && variation.confidence === 'certain'
          ? { ...variation, confidence: 'likely' as const, topic: place }
          : variation;
      const refused = yield* tryValid(scope, control, judged);
      if (refused && ordinary) spoiled.add(place);
      if (refused && open) opinionated.add(place);
    }
    yield* afterCreations(scope, control.request);
  });
}

/** One scenario for each operation: a valid control, then one broken promise at a time. */
export function invalidScenarios(planning: Planning): Scenario[] {
  return perOperation(planning, 'invalid', function* (scope, operation) {
    const control = yield* findControl(scope, operation);
    if (!control) return;
    for (const variation of invalidVariations(planning, control.request)) {
      const request = yield* renewed(scope, control, variation);
      if (!request) return;
      const { confidence, title: what, promise, topic } = variation;
      const answer = yield* attempt(scope, request, {
        title: what,
        intent: 'invalid',
        expectations: [expectRefused({ confidence, what, promise, topic })],
      });
      control.consumed = isAccepted(answer) && operation.method === 'DELETE';
    }
    yield* askForAbsent(scope, control.request);
  });
}

function perOperation(planning: Planning, phase: Phase, talk: (scope: Scope, operation: Operation) => Conversation): Scenario[] {
  return planning.contract.operations
    .filter((operation) => isAllowed(planning, operation, safeMethods))
    .map((operation, index) => ({
      id: shortHash(phase, operation.id),
      phase,
      title: operation.id,
      size: 1,
      quiet: false,
      start: () => talk(createScope(planning, phase, index * 100), operation),
    }));
}

interface Control {
  readonly request: RequestPlan;
  readonly accepted: boolean;
  /** True after an accepted deletion: the next request needs a new thing to delete. */
  consumed: boolean;
  /** What its answer showed of what it wrote. */
  readonly proof: Proof;
}

/** The operation's ordinary request and its answer. */
function* baseAnswer(scope: Scope, operation: Operation): Conversation<Control | undefined> {
  const request = yield* prepareRequest(scope, operation);
  scope.variant += 1;
  if (!request) return undefined;
  const what = 'an ordinary request';
  const expectation = expectAccepted({ confidence: 'likely', what, promise: operation.pointer, topic: `${operation.id} ordinary` });
  // the phase about examples says whether it is accepted; elsewhere it is only the control
  const media = request.body ? takesDeclaredType(operation, request.body.mediaType) : [];
  const expectations = scope.phase === 'examples' ? [expectation, ...media] : [];
  let answer = yield* attempt(scope, request, { title: what, expectations: expectations.map(untilConfirmed) });
  // the read of a part that nobody has written yet
  if (answer.status === 404 && (yield* furnishSibling(scope, request)))
    answer = yield* attempt(scope, request, { title: what, expectations });
  if (isRefusal(answer)) {
    yield* furnish(scope, operation);
    answer = yield* attempt(scope, request, { title: what, expectations });
  }
  return {
    request,
    accepted: isAccepted(answer),
    consumed: isAccepted(answer) && operation.method === 'DELETE',
    proof: proofOf(scope.planning, request, answer),
  };
}

/** Most variations tried as a control where the ordinary request is refused. */
const mostControls = 12;

/** A request that is accepted: the ordinary one, else one of its variations. Without one, later refusals would say nothing. */
function* findControl(scope: Scope, operation: Operation): Conversation<Control | undefined> {
  const base = yield* baseAnswer(scope, operation);
  if (!base || base.accepted) return base;
  for (const variation of validVariations(scope.planning, base.request).slice(0, mostControls)) {
    const answer = yield* attempt(scope, variation.request, { title: variation.title });
    if (isAccepted(answer))
      return {
        request: variation.request,
        accepted: true,
        consumed: operation.method === 'DELETE',
        proof: proofOf(scope.planning, variation.request, answer),
      };
  }
  return undefined;
}

/** Whether a valid variation is refused though the control, sent again right after, is still accepted; then it is sent once more to be judged. */
function* tryValid(scope: Scope, control: Control, variation: Variation): Conversation<boolean> {
  const { title, promise, topic, confidence } = variation;
  const expectation = expectAccepted({ confidence, what: title, promise, topic });
  const send = function* (parts: Variation, expectations: readonly Expectation[]): Conversation<Answer | undefined> {
    const request = yield* renewed(scope, control, parts);
    const theme = parts.theme;
    // only a variation of the body shows anew what is kept of it
    const written = request && parts.request.body !== control.request.body;
    const echo = written ? echoExpectations(scope.planning, request, control.proof, parts.place) : [];
    const answer =
      request &&
      (yield* attempt(scope, request, {
        title: parts.title,
        expectations: [...expectations, ...echo],
        ...(theme !== undefined && { theme }),
      }));
    control.consumed = answer !== undefined && isAccepted(answer) && control.request.operation.method === 'DELETE';
    if (answer && written) yield* readVaried(scope, request, answer, control.proof, parts.place);
    return answer;
  };
  const first = yield* send(variation, [untilConfirmed(expectation)]);
  if (!first || !isRefusal(first)) return false;
  const again = yield* send({ ...variation, title: 'the control again', request: control.request }, []);
  if (!again || !isAccepted(again)) return false;
  yield* send(variation, [expectation]);
  return true;
}

/** The variation's request with names of its own, and with a new thing where the last one was deleted. */
function* renewed(scope: Scope, control: Control, variation: Variation): Conversation<RequestPlan | undefined> {
  const { request } = variation;
  const { operation, body } = request;
  const [varied = ''] = request === control.request ? [] : pointerTokens(variation.place);
  const named: RequestPlan =
    body?.value === undefined ? request : { ...request, body: { ...body, value: renamed(scope, control.request, body.value, varied) } };
  if (!control.consumed) return named;
  const fresh = yield* prepareRequest(scope, operation);
  scope.variant += 1;
  return fresh && rebased(named, control.request, fresh);
}

/** The body with names of its own. What breaks its schema takes them from the control: a name that is taken would be refused for another reason. */
function renamed(scope: Scope, { operation, body }: RequestPlan, value: Json, varied: string): Json {
  const own = withUniqueNames(scope, operation, value, varied);
  if (!isSameJson(own, value) || !isObject(value) || !isObject(body?.value)) return own;
  const control = body.value;
  const fresh = withUniqueNames(scope, operation, control, varied);
  if (!isObject(fresh)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, isSameJson(member, control[name] ?? null) ? (fresh[name] ?? member) : member]),
  );
}

/** Optional parameters that refer to other things, with one that exists. */
function* referenceVariations(scope: Scope, base: RequestPlan): Conversation<Variation[]> {
  const found: Variation[] = [];
  for (const parameter of base.operation.parameters) {
    const resource = parameter.required || parameter.in === 'path' ? undefined : scope.planning.resources.ofReference(parameter.name);
    const entity = resource && (yield* obtain(scope, resource));
    if (!entity) continue;
    found.push({
      title: `${parameter.name} of a thing that exists`,
      request: { ...base, parameters: [...base.parameters, { name: parameter.name, in: parameter.in, value: entity.id }] },
      promise: parameter.pointer,
      place: parameter.pointer,
      topic: parameter.pointer,
      ordinary: true,
      open: false,
      confidence: 'likely',
    });
  }
  return found;
}

/** The variation with the path values of a newer base. */
function rebased(varied: RequestPlan, old: RequestPlan, base: RequestPlan): RequestPlan {
  const path = new Map(base.parameters.filter((parameter) => parameter.in === 'path').map((parameter) => [parameter.name, parameter]));
  const unchanged = (name: string, value: Json): boolean =>
    old.parameters.some((parameter) => parameter.in === 'path' && parameter.name === name && parameter.value === value);
  return {
    ...varied,
    parameters: varied.parameters.map((parameter) =>
      parameter.in === 'path' && unchanged(parameter.name, parameter.value) ? (path.get(parameter.name) ?? parameter) : parameter,
    ),
  };
}

/** The base request with each further example of the document put in, one at a time. */
function exampleRequests(base: RequestPlan): RequestPlan[] {
  const media = preferredBody(base.operation);
  const { body } = base;
  const bodies = body && media ? media.examples.map((value): RequestPlan => ({ ...base, body: { mediaType: body.mediaType, value } })) : [];
  const parameters = base.operation.parameters
    .filter((parameter) => parameter.in !== 'path')
    .flatMap((parameter) =>
      parameter.examples.map((value): RequestPlan => ({
        ...base,
        parameters: [...base.parameters.filter((one) => one.name !== parameter.name), { name: parameter.name, in: parameter.in, value }],
      })),
    );
  return [...bodies, ...parameters];
}
