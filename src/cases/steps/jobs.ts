/** Work that a creation only accepts, with 202: it is looked at until it is done. Pure. @see https://www.rfc-editor.org/rfc/rfc9110#section-15.3.3 */
import { isSameJson } from '../../lib/same-json.ts';
import { member, type Json } from '../../lib/json.ts';
import { nameWords, pathAfter } from '../../lib/names.ts';
import { declaresStatus } from '../../spec/declares-status.ts';
import type { Operation } from '../../spec/contract.ts';
import { attempt } from './attempt.ts';
import type { Answer, Conversation, Expectation } from '../case.ts';
import { cameOf, isAccepted } from '../expectations.ts';
import { itemRequest } from './make-thing.ts';
import type { Scope } from './scope.ts';
import { thingIn } from '../inference/representation.ts';
import type { Resource } from '../inference/resources.ts';

/** How often a job is looked at: who answers at once that it is not done will hardly be done after more. */
const mostLooks = 6;

/** Looks at the job that an operation is below of, until its state stays; false where there is none, or nothing became of it. */
export function* jobDone(scope: Scope, operation: Operation): Conversation<boolean> {
  const job = [...scope.entities.values()].find(
    ({ resource }) => isJob(resource) && pathAfter(resource.item, operation.path) !== undefined,
  );
  const read = job?.resource.read;
  if (!job || !read) return false;
  let before = yield* attempt(scope, itemRequest(read, job), { title: 'look whether the job is done' });
  const begun = stateOf(before);
  for (let look = 1; look < mostLooks; look++) {
    const answer = yield* attempt(scope, itemRequest(read, job), {
      title: 'look whether the job is done, again',
      expectations: [goesOn(scope, job.resource, before)],
    });
    before = answer;
    if (isFinal(stateOf(answer))) return true;
  }
  return !isSameJson(begun, stateOf(before));
}

/** Whether things of a kind are made later than their creation is answered. */
export function isJob({ create, read }: Resource): boolean {
  return create !== undefined && read !== undefined && declaresStatus(create, '202');
}

function stateOf({ json }: Answer): Json {
  const thing = thingIn(json);
  return member(thing, 'status') ?? member(thing, 'state') ?? null;
}

function isFinal(state: Json): boolean {
  return (
    typeof state === 'string' &&
    /^(?:done|finish(?:ed)?|complete(?:d)?|succe(?:ss|eded|ssful)|ready|fail(?:ed|ure)?|error(?:ed)?|cancell?ed)$/i.test(state)
  );
}

/** Progress does not fall. */
function goesOn(scope: Scope, { read, item }: Resource, before: Answer): Expectation {
  const former = thingIn(before.json);
  return {
    check: 'safe-repeatable',
    confidence: 'likely',
    why: 'a job was only looked at',
    promise: read?.pointer ?? '',
    topic: `${item} progress`,
    holds: (answer) => {
      if (!isAccepted(answer) || !isAccepted(before)) return { kind: 'cannot-judge', reason: 'the job could not be read' };
      const now = thingIn(answer.json);
      const fallen = Object.entries(former).find(([name, value]) => {
        const is = now[name];
        return nameWords(name).some((word) => progress.test(word)) && typeof value === 'number' && typeof is === 'number' && is < value;
      });
      if (!fallen) return { kind: 'kept' };
      return { kind: 'broken', message: `${fallen[0]} of a job falls`, where: `response.body/${fallen[0]}`, came: cameOf(answer) };
    },
  };
}

const progress = /^(?:progress|percent|percentage|processed|completed)$/;
