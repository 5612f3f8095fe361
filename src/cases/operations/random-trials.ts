/** What a drawn request is sent for: which promise it breaks, if any, and what its answer has to be. Pure. */
import { isObject } from '../../lib/json.ts';
import { propertiesOf } from '../../spec/properties.ts';
import { hash } from '../../spec/values/random.ts';
import { isHalfTimed } from '../../spec/values/time-pairs.ts';
import type { Expectation, Intent, RequestPlan } from '../case.ts';
import { expectAccepted, expectRefused } from '../expectations.ts';
import { addsToFullMap } from '../values/merge-patches.ts';
import { preferredBody, type Planning } from '../planning.ts';
import { isIdempotencyKey } from '../inference/idempotency-key.ts';
import { namedTwice } from '../inference/references.ts';
import { invalidVariations, type BrokenValues } from '../values/invalid-variations.ts';
import { ignoresToldOrder } from '../values/reversed-times.ts';
import type { Variation } from '../values/variations.ts';

/**
 * Tame: valid, and to be accepted. Invalid: a tame one with one promise broken. Wild: valid, but with texts and numbers
 * that rules may stand behind which no schema tells.
 */
export type Kind = 'tame' | 'invalid' | 'wild';

/** A request with its purpose. */
export interface Trial {
  readonly request: RequestPlan;
  readonly title: string;
  readonly intent: Intent;
  /** The place that is broken, if any; see `Variation`. */
  readonly place: string;
  readonly broken?: Variation;
  readonly expectation?: Expectation;
}

interface Drawn {
  readonly kind: Kind;
  readonly path: string;
  /** The trial whose promise is to be broken again, else any. */
  readonly like: Trial | undefined;
  /** What the requests of the operation can be broken with; the same for all draws. */
  readonly broken: BrokenValues;
}

/** The trial of a valid request; undefined where the promise in question cannot be broken in it. */
export function planTrial(planning: Planning, request: RequestPlan, { kind, path, like, broken }: Drawn): Trial | undefined {
  const origin = `drawn at random, path ${path}`;
  if (kind === 'invalid')
    return breakPromise(planning, invalidVariations(planning, request, broken), `in a request ${origin}`, like?.broken ?? path);
  const trial: Trial = { request, title: `a valid request ${origin}`, intent: 'valid', place: '' };
  const oneTwice = namedTwice(planning, request.operation, request.body?.value ?? null).length > 0;
  // a key that was drawn before may have come with another body
  const isKeyed = request.parameters.some(isIdempotencyKey);
  if (kind === 'wild' || oneTwice || isKeyed || addsToFullMap(planning, request) || movesOneEnd(planning, request)) return trial;
  const promise = preferredBody(request.operation)?.pointer ?? request.operation.pointer;
  return {
    ...trial,
    expectation: expectAccepted({ confidence: 'likely', what: brief(request), promise, topic: `${promise} drawn at random` }),
  };
}

/** Whether an update says when something begins or ends, and not both: the other one stays, and may be on the wrong side of it. Or whether two times are in another order than words tell. */
function movesOneEnd(planning: Planning, { operation, body }: RequestPlan): boolean {
  const schema = preferredBody(operation)?.schema;
  if (!schema || !isObject(body?.value)) return false;
  const isHalf = !planning.resources.createdBy(operation) && isHalfTimed(body.value, [...propertiesOf(planning.contract, schema).keys()]);
  return isHalf || ignoresToldOrder(planning, operation, body.value);
}

function breakPromise({ seed }: Planning, breaks: readonly Variation[], origin: string, which: Variation | string): Trial | undefined {
  const broken =
    typeof which === 'string'
      ? breaks[(hash(which, seed) >>> 0) % Math.max(1, breaks.length)]
      : breaks.find(({ topic, title }) => topic === which.topic && title === which.title);
  if (!broken) return undefined;
  const { confidence, title: what, promise, topic, place } = broken;
  return {
    request: broken.request,
    title: `${what}, ${origin}`,
    intent: 'invalid',
    place,
    broken,
    expectation: expectRefused({ confidence, what, promise, topic }),
  };
}

/** What is in the request, in few words. */
function brief({ parameters, body }: RequestPlan): string {
  const given = parameters.filter((one) => one.in !== 'path').map(({ name, value }) => `${name} ${JSON.stringify(value)}`);
  const content = body?.value === undefined ? [] : [`the body ${JSON.stringify(body.value)}`];
  const text = [...given, ...content].join(', ') || 'nothing but its path';
  return text.length > 160 ? `${text.slice(0, 159)}…` : text;
}
