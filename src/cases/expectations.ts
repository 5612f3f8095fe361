/** What a case expects of its answer, as values. Pure. */
import { plainName } from '../lib/names.ts';
import type { Json } from '../lib/json.ts';
import type { Answer, Confidence, Expectation, Held, JudgedAnswer } from './case.ts';
import { mentions, sentencesIn } from './complaints.ts';

const kept: Held = { kind: 'kept' };

/** Whether the answer is a success or a redirect. */
export function isAccepted(answer: Answer): boolean {
  return answer.status !== undefined && answer.status >= 200 && answer.status < 400;
}

/** Whether a redirect goes where people log in: that is how an API with pages refuses who is not known. */
function leadsToLogin({ status = 0, headers }: Answer): boolean {
  const [path = ''] = (headers.get('location') ?? '').split(/[?#]/, 1);
  return status >= 300 && status < 400 && path.split('/').some((segment) => logins.has(plainName(segment)));
}

const logins = new Set(['login', 'signin', 'auth', 'authorize', 'oauth', 'oauth2', 'sso', 'saml']);

/** Whether an answer says that the thing is not there, or not any more. */
export function isAbsent({ status }: Pick<Answer, 'status'>): boolean {
  return status === 404 || status === 410;
}

/** Broken by its status where that is wrong; kept elsewhere. */
export function keptUnless(isWrong: (answer: Answer) => boolean, message: string): Expectation['holds'] {
  return (answer) => (isWrong(answer) ? { kind: 'broken', message, where: 'response.status', came: cameOf(answer) } : kept);
}

/** What is wrong with an answer, by check and topic. */
export function signsOf(answer: JudgedAnswer): string[] {
  return answer.broken().map(({ check, topic }) => `${check} ${topic}`);
}

/** What came, short. */
export function cameOf(answer: Answer): string {
  const text = answer.json === undefined ? '' : ` ${JSON.stringify(answer.json)}`;
  return `${answer.status ?? 'no answer'}${text}`.slice(0, 200);
}

/** Statuses that say "this request is not valid", as opposed to "not now", "not you" or "not there". */
const refusals = new Set([400, 405, 406, 411, 413, 414, 415, 416, 417, 422, 431]);

/** What a request is about, where its promise stands, and how sure it is. */
interface Stake {
  /** For people: `limit` at its maximum 100. */
  readonly what: string;
  readonly confidence: Confidence;
  readonly promise: string;
  readonly topic: string;
}

/** Valid data must be accepted. Answers that speak of state, rights or absence say nothing about it; `unready` are statuses that the operation is stated to answer where what it needs is not there, `things` values by which the request names things. */
export function expectAccepted(stake: Stake & { readonly unready?: ReadonlySet<number>; readonly things?: readonly Json[] }): Expectation {
  const { what, unready, things = [], confidence, promise, topic } = stake;
  return {
    check: 'valid-accepted',
    confidence,
    promise,
    topic,
    why: 'allowed by the document',
    holds: (answer) => {
      if (isAccepted(answer)) return kept;
      // told by `no-server-error` and `answer-received`
      if (answer.status === undefined || answer.status >= 500) return { kind: 'open' };
      if (!refusals.has(answer.status) || unready?.has(answer.status) === true)
        return { kind: 'cannot-judge', reason: `valid data was answered with ${answer.status}, which speaks of state or rights` };
      const absent = things.find((thing) => isCalledAbsent(thing, answer));
      if (absent !== undefined)
        return { kind: 'cannot-judge', reason: `the answer says that ${String(absent)}, which the request names, is not there` };
      if (keywordOf(promise) !== 'enum' && isReferenceRefused(answer))
        return { kind: 'cannot-judge', reason: 'the answer says that something which the data refers to is not there' };
      if (isCredentialRefused(answer))
        return { kind: 'cannot-judge', reason: 'the answer says that the credentials in the data are wrong' };
      if (isCalledTaken(answer)) return { kind: 'cannot-judge', reason: 'the answer says that another thing has such a value already' };
      return { kind: 'broken', message: `valid data is refused: ${what}`, where: 'response.status', came: cameOf(answer) };
    },
  };
}

/** Whether a refusal says of a thing that there is none: some answer 400 where 404 is meant. */
export function isCalledAbsent(thing: Json, { json }: Answer): boolean {
  return sentencesIn(json).some(
    (sentence) =>
      mentions(sentence, thing) &&
      /\b(?:unknown|unrecogni[sz]ed|non-?existent|missing|no such|not (?:found|known|exist|there)|(?:does|do|did)(?: not|n['’]t) exist|(?:could(?: not|n['’]t)|cannot|can['’]t) (?:be )?f(?:i|ou)nd)\b/i.test(
        sentence,
      ),
  );
}

/** Whether a refusal says that what the data refers to does not exist, as frameworks word it: Django REST's `Object does not exist.`, a database's foreign key, `Tag 'red' does not exist`. */
function isReferenceRefused({ json }: Answer): boolean {
  return sentencesIn(json).some(
    (sentence) =>
      /\b(?:(?:related |referenced )?(?:object|record|entity)|pk)\b.*\b(?:does(?: not|n['’]t) exist|not found)\b|\bforeign key\b/i.test(
        sentence,
      ) ||
      // a member that is called unknown is another matter
      (/["'`=][^"'`]+["'`]? (?:does(?: not|n['’]t) exist|(?:(?:was|is) )?not found|could not be found)\b|\b(?:could(?: not|n['’]t)|cannot|can['’]t|unable to) find\b|\bno \w+ (?:named|called|with (?:the )?(?:id|name|key|code|slug))\b/i.test(
        sentence,
      ) &&
        !/\b(?:field|property|member|attribute|parameter|column|option|argument)s?\b/i.test(sentence)),
  );
}

/** Whether a refusal says that a name and a password, or one of them, are not those of anybody: some answer 400 where 401 is meant. */
function isCredentialRefused({ json }: Answer): boolean {
  return sentencesIn(json).some(
    (sentence) =>
      /\b(?:wrong|incorrect|invalid|bad|unknown|(?:did|do|does)(?: not|n['’]t) match)\b/i.test(sentence) &&
      /\b(?:credentials?|log-?in|(?:user ?name|name|e-?mail|user)(?: and|\/| or|,)? (?:the )?password|invalid_grant)\b/i.test(sentence),
  );
}

/** Whether a refusal says that a value is another thing's: where it has to be unique, some answer 400 or 422 where 409 is meant. */
function isCalledTaken({ json }: Answer): boolean {
  return sentencesIn(json).some((sentence) =>
    /\balready (?:exists?|(?:been )?(?:taken|used|registered)|in use)\b|\b(?:is|was|been) taken\b|\bduplicate (?:key|entry)\b/i.test(
      sentence,
    ),
  );
}

/** Whether the answer refuses the data itself, as opposed to the moment, the sender, or an absent thing. */
export function isRefusal(answer: Answer): boolean {
  return answer.status !== undefined && refusals.has(answer.status);
}

/** The first look at a valid variation: a refusal counts only when the control is still accepted right after it, so it stays open until then. */
export function untilConfirmed(expectation: Expectation): Expectation {
  return { ...expectation, holds: (answer) => (isRefusal(answer) ? { kind: 'open' } : expectation.holds(answer)) };
}

/** The expectation at a first look: what seems broken stays open until it is asked again. */
export function untilRepeated(expectation: Expectation): Expectation {
  return {
    ...expectation,
    holds: (answer) => {
      const held = expectation.holds(answer);
      return held.kind === 'broken' ? { kind: 'open' } : held;
    },
  };
}

/** The keyword that a pointer into a schema leads to, or to an entry of. */
export function keywordOf(promise: string): string {
  return promise.split('/').findLast((token) => !/^\d+$/.test(token)) ?? '';
}

/** Data that breaks one promise must be refused with a 4xx. A server error is told by `no-server-error`. */
export function expectRefused({ what, ...rest }: Stake): Expectation {
  return {
    check: 'invalid-refused',
    ...rest,
    why: `refused, by \`${keywordOf(rest.promise)}\``,
    holds: (answer) => {
      // told by `no-server-error` and `answer-received`
      if (answer.status === undefined || answer.status >= 500) return { kind: 'open' };
      if (answer.status >= 400) return kept;
      return { kind: 'broken', message: `invalid data is accepted: ${what}`, where: 'response.status', came: cameOf(answer) };
    },
  };
}

/** Missing or bad credentials must be refused. */
export function expectUnauthenticated(how: string, confidence: Confidence = 'certain'): Expectation {
  return {
    check: 'unauthenticated-refused',
    confidence,
    why: `the operation is secured, and the request has ${how}`,
    topic: how,
    holds: (answer) => {
      if (answer.status === 401 || answer.status === 403) return kept;
      if (leadsToLogin(answer))
        return { kind: 'cannot-judge', reason: `a request that has ${how} was led to ${answer.headers.get('location') ?? ''}` };
      if (isAccepted(answer))
        return { kind: 'broken', message: `answers a request that has ${how}`, where: 'response.status', came: cameOf(answer) };
      return {
        kind: 'cannot-judge',
        reason: `a request that has ${how} was answered with ${answer.status ?? 'nothing'}, before or instead of its credentials`,
      };
    },
  };
}

/** Who is not known is told so with 401 where that is declared: 403 says that he is known, and may not. Likely, for some let everybody in as a nobody who may nothing. @see https://www.rfc-editor.org/rfc/rfc9110#section-15.5.2 */
export function expectAskedForCredentials(how: string): Expectation {
  return {
    check: 'unauthenticated-refused',
    confidence: 'likely',
    why: `the document declares 401, and the request has ${how}`,
    topic: '403 in place of 401',
    holds: (answer) =>
      answer.status === 403
        ? { kind: 'broken', message: `403 in place of 401 for a request that has ${how}`, where: 'response.status', came: cameOf(answer) }
        : { kind: 'open' },
  };
}

/** An identity must be refused: 401 or 403, or 404 where the API hides what one may not see. */
export function expectForbidden(why: string, topic: string): Expectation {
  return {
    check: 'forbidden-refused',
    confidence: 'certain',
    why,
    topic,
    holds: (answer) => {
      if (answer.status === 401 || answer.status === 403 || answer.status === 404) return kept;
      if (leadsToLogin(answer)) return { kind: 'cannot-judge', reason: `led to ${answer.headers.get('location') ?? ''}` };
      if (isAccepted(answer))
        return { kind: 'broken', message: `lets an identity do what it may not: ${why}`, where: 'response.status', came: cameOf(answer) };
      return { kind: 'cannot-judge', reason: `answered with ${answer.status ?? 'nothing'} before rights were decided` };
    },
  };
}
