/** Phases that look at one operation at a time: examples, boundaries, invalid. Pure. */
import { attempt } from './steps/attempt.ts';
import type { Answer, Conversation, Expectation, RequestPlan, Scenario } from './case.ts';
import { shortHash } from '../lib/short-hash.ts';
import { baseAnswer, findControl, perOperation, sendVaried, type Control } from './operations/control.ts';
import { expectAccepted, expectRefused, isAccepted, isRefusal, signsOf, untilConfirmed } from './expectations.ts';
import { echoExpectations, readVaried } from './steps/look-back.ts';
import { askForAbsent, referToAbsent } from './operations/absent.ts';
import { afterCreations } from './steps/creations.ts';
import { invalidVariations } from './values/invalid-variations.ts';
import { isRefusedAround, tryTogether, variationGroups } from './operations/joint-variations.ts';
import { otherMediaRefused, otherMediaTaken } from './operations/other-media.ts';
import { markedExample, preferredBody, type Planning } from './planning.ts';
import { obtain } from './steps/prepare.ts';
import { createScope, type Scope } from './steps/scope.ts';
import { bodyProbes } from './protocol/bodies.ts';
import { repeatedParameters } from './protocol/parameters.ts';
import { isChosen } from './subjects.ts';
import { ofDifferentThings } from './operations/different-things.ts';
import { ownMeaning, validVariations, type Variation } from './values/variations.ts';

/** One scenario for each operation: its ordinary request and every example of the document. */
export function examplesScenarios(planning: Planning): Iterable<Scenario> {
  return perOperation(planning, 'examples', function* (scope, operation) {
    const base = yield* baseAnswer(scope, operation);
    if (!base) return;
    for (const [index, request] of exampleRequests(planning, base.request).entries()) {
      const title = `example ${index + 1} of the document`;
      const promise = preferredBody(operation)?.pointer ?? operation.pointer;
      yield* attempt(scope, request, {
        title,
        expectations: [expectAccepted({ confidence: 'likely', what: title, promise, topic: `${promise} example ${index}` })],
      });
    }
    yield* otherMediaTaken(scope, base);
  });
}

/** One scenario for each operation: a valid control, then each boundary inside the schema. Places of the body are varied together, and one at a time where that breaks a promise. */
export function boundaryScenarios(planning: Planning): Iterable<Scenario> {
  return perOperation(planning, 'boundaries', function* (scope, operation) {
    const control = yield* findControl(scope, operation);
    if (!control) return;
    const known = new Set(signsOf(control.answer));
    const refusedAt = new Set<string>();
    const spoiled = new Set<string>();
    const opinionated = new Map<string, string>();
    const valid = yield* ofDifferentThings(scope, validVariations(planning, control.request));
    const variations = [...(yield* referenceVariations(scope, control.request)), ...valid];
    for (const group of variationGroups(control.request, variations)) {
      for (const variation of yield* tryTogether(scope, control, group, { known, refusedAt })) {
        const { place, ordinary, open, topic } = variation;
        // what is around the place was refused already
        if (spoiled.has(place) || isRefusedAround(control.request, variation, refusedAt)) continue;
        // where one free text is refused, the API reads a meaning into the place: then a length says nothing for sure
        const opinion = opinionated.get(place);
        const judged =
          opinion !== undefined && variation.confidence === 'certain'
            ? { ...variation, confidence: 'likely' as const, topic: opinion }
            : variation;
        const refused = yield* tryValid(scope, control, judged);
        if (refused) refusedAt.add(place);
        if (refused && ordinary) spoiled.add(place);
        if (refused && open) opinionated.set(place, topic);
      }
    }
    yield* afterCreations(scope, control.request);
  });
}

/** One scenario for each operation: a valid control, then one broken promise at a time; and one about parameters that come twice. */
export function invalidScenarios(planning: Planning): Scenario[] {
  const reading = planning.contract.operations.filter(({ method, id }) => method === 'GET' && isChosen(planning, id));
  const twice: Scenario = {
    id: shortHash('invalid', 'parameters that come twice'),
    phase: 'invalid',
    title: 'parameters that come twice',
    about: reading.map(({ id }) => id),
    size: reading.length,
    quiet: false,
    start: () => repeatedParameters(createScope(planning, 'invalid', 960_000), reading),
  };
  const each = perOperation(planning, 'invalid', function* (scope, operation) {
    const control = yield* findControl(scope, operation);
    if (!control) return;
    const { first, further } = inWaves(invalidVariations(planning, control.request));
    if (!(yield* tryInvalid(scope, control, first))) return;
    yield* otherMediaRefused(scope, control);
    if (operation.requestBody && operation.method !== 'DELETE')
      yield* bodyProbes(scope, operation, 'refused', control.accepted ? control.request : undefined);
    yield* askForAbsent(scope, control.request);
    yield* referToAbsent(scope, control.request);
    if (further.length > 0) yield { kind: 'pause' };
    yield* tryInvalid(scope, control, further);
  });
  return [...each, twice];
}

/** The first variation that breaks each promise, which nearly always shows what further ones would, with every kind of body at all; and those. */
function inWaves(variations: readonly Variation[]): { readonly first: readonly Variation[]; readonly further: readonly Variation[] } {
  const { first = [], further = [] } = Object.groupBy(variations, (variation) =>
    variation.place === '' || variations.find(({ topic }) => topic === variation.topic) === variation ? 'first' : 'further',
  );
  return { first, further };
}

/** Sends each, which has to be refused; false when there was nothing left to send it to. */
function* tryInvalid(scope: Scope, control: Control, variations: readonly Variation[]): Conversation<boolean> {
  for (const { request, place, confidence, title: what, promise, topic } of variations) {
    const sent = yield* sendVaried(scope, control, { request, places: [place] }, () => ({
      title: what,
      intent: 'invalid',
      expectations: [expectRefused({ confidence, what, promise, topic })],
    }));
    if (!sent) return false;
  }
  return true;
}

/** Whether a valid variation is refused though the control, sent again right after, is still accepted; then it is sent once more to be judged. */
function* tryValid(scope: Scope, control: Control, variation: Variation): Conversation<boolean> {
  const { title, promise, topic, confidence } = variation;
  const expectation = expectAccepted({ confidence, what: title, promise, topic });
  const send = function* (parts: Variation, expectations: readonly Expectation[]): Conversation<Answer | undefined> {
    const theme = parts.theme;
    // only a variation of the body shows anew what is kept of it
    const written = parts.request.body !== control.request.body;
    const sent = yield* sendVaried(scope, control, { request: parts.request, places: [parts.place] }, (request) => ({
      title: parts.title,
      expectations: [...expectations, ...(written ? echoExpectations(scope.planning, request, control.proof, [parts.place]) : [])],
      ...(theme !== undefined && { theme }),
    }));
    if (sent && written) yield* readVaried(scope, sent.request, sent.answer, control.proof, [parts.place]);
    return sent?.answer;
  };
  const first = yield* send(variation, [untilConfirmed(expectation)]);
  if (!first || !isRefusal(first)) return false;
  const again = yield* send({ ...variation, title: 'an ordinary request again', request: control.request }, []);
  if (!again || !isAccepted(again)) return false;
  yield* send(variation, [expectation]);
  return true;
}

/** Optional parameters that refer to other things, with one that exists. */
function* referenceVariations(scope: Scope, base: RequestPlan): Conversation<Variation[]> {
  const found: Variation[] = [];
  for (const parameter of base.operation.parameters) {
    const resource =
      parameter.required || parameter.in === 'path' ? undefined : scope.planning.resources.ofMember(base.operation, parameter.name);
    const entity = resource && (yield* obtain(scope, resource));
    if (!entity) continue;
    found.push({
      title: `${parameter.name} of a thing that exists`,
      request: { ...base, parameters: [...base.parameters, { name: parameter.name, in: parameter.in, value: entity.id }] },
      promise: parameter.pointer,
      place: parameter.pointer,
      topic: ownMeaning(parameter),
      ordinary: true,
      open: false,
      confidence: 'likely',
    });
  }
  return found;
}

/** The base request with each further example of the document put in, one at a time. */
function exampleRequests(planning: Planning, base: RequestPlan): RequestPlan[] {
  const media = preferredBody(base.operation);
  const { body } = base;
  const bodies =
    body && media
      ? media.examples.map((example): RequestPlan => {
          const value = markedExample(planning, media, example);
          return { ...base, body: { mediaType: body.mediaType, value } };
        })
      : [];
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
