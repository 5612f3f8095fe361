/** HEAD, compared with GET. Pure. */
import { isSameBytes } from '../../lib/same-bytes.ts';
import type { Operation } from '../../spec/contract.ts';
import { sentencesAt } from '../../spec/descriptions.ts';
import type { Answer, Conversation, Expectation, RequestPlan } from '../case.ts';
import { cameOf } from '../expectations.ts';
import { makeCase, send, type Planning } from '../planning.ts';
import type { Scope } from '../steps/scope.ts';
import { isSuccess } from './expectations.ts';

/**
 * One HEAD after an accepted GET. Where fields differ that change with the content, two GETs and a HEAD are sent again:
 * only what differs twice, with GETs that agree with each other, is held against the server. Two, so that others' writes
 * that come by turns with these requests do not look like it.
 */
export function* headProbe(scope: Scope, request: RequestPlan, got: Answer): Conversation {
  const { operation } = request;
  const head = (title: string, expectations: readonly Expectation[]): Conversation<Answer> =>
    send(makeCase({ phase: scope.phase, title, intent: 'probe', request: { ...request, method: 'HEAD' }, expectations }));
  let last = got;
  let answer = yield* head('HEAD', [headSupported(scope.planning, operation), headAgrees(operation, got)]);
  for (let round = 0; round < mostRounds && isSuccess(answer) && difference(last, answer) !== undefined; round++) {
    const get = (): Conversation<Answer> => send(makeCase({ phase: scope.phase, title: 'GET, to compare HEAD with', request }));
    const [one, two] = [yield* get(), yield* get()];
    if (!isSuccess(one) || !isSuccess(two)) return;
    // content that changes by itself may change in length
    const settled = isSameBytes(one.bytes, two.bytes) && difference(last, one) === undefined && difference(one, two) === undefined;
    answer = yield* head('HEAD again', settled ? [fieldsAgree(operation, two, answer)] : []);
    if (settled) return;
    last = two;
  }
}

/** Most times that a GET is sent again because others write what it reads. */
const mostRounds = 4;

function expectation(operation: Operation, topic: string, parts: Pick<Expectation, 'confidence' | 'why' | 'holds'>): Expectation {
  return { check: 'head-agrees', promise: operation.pointer, topic, ...parts };
}

/** `Every GET can be asked as HEAD`, `HEAD works wherever GET does`; not `every GET and HEAD request needs a token`. */
const toldOfHead =
  /\b(?:[Ee]very|[Ee]ach|[Aa]ny|[Aa]ll) GET\b(?!\s*(?:,|and\b|or\b|\/)).*\bHEAD\b|\bHEAD\b(?!\s*(?:,|and\b|or\b|\/)).*\b(?:wherever|everywhere|every|each|any|all)\b.*\bGET\b/;

/** An API may do without HEAD, unless its document says that it is there; a general-purpose server may not. @see https://www.rfc-editor.org/rfc/rfc9110#section-9.1 */
function headSupported({ contract }: Planning, operation: Operation): Expectation {
  const told = sentencesAt(contract, '/info', operation.pointer).some(
    (sentence) => toldOfHead.test(sentence) && !/\b(?:not|never|except)\b/i.test(sentence),
  );
  return expectation(operation, 'HEAD is refused', {
    confidence: told ? 'certain' : 'likely',
    why: 'RFC 9110 section 9.1: servers support GET and HEAD',
    holds: ({ status }) =>
      status === 405 || status === 501
        ? {
            kind: 'broken',
            message: `HEAD of ${operation.path} is answered with ${status}, though GET is served`,
            where: 'response.status',
            came: String(status),
          }
        : { kind: 'open' },
  });
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-9.3.2 */
function headAgrees(operation: Operation, got: Answer): Expectation {
  return expectation(operation, 'HEAD is not GET', {
    confidence: 'certain',
    why: 'HEAD is GET without the content',
    holds: (answer) => {
      const { status } = answer;
      // a server error is told by `no-server-error`
      if (status === undefined || status === 405 || status >= 500) return { kind: 'open' };
      if (status === 401 || status === 429) return { kind: 'cannot-judge', reason: `HEAD is answered with ${status}` };
      if (status !== got.status)
        return {
          kind: 'broken',
          message: `GET is answered with ${got.status ?? ''}, HEAD with ${status}`,
          where: 'response.status',
          came: cameOf(answer),
        };
      const [left, right] = [got, answer].map(({ headers }) => headers.get('content-type'));
      if (right === undefined || left === right) return { kind: 'kept' };
      return {
        kind: 'broken',
        message: `GET has Content-Type ${left ?? 'none'}, HEAD ${right}`,
        where: 'response.headers.content-type',
        came: right,
      };
    },
  });
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-8.6 */
function fieldsAgree(operation: Operation, got: Answer, before: Answer): Expectation {
  return expectation(operation, `${operation.id} fields`, {
    confidence: 'certain',
    why: 'HEAD has the fields of GET, twice in a row other ones came',
    holds: (answer) => {
      if (!isSuccess(answer)) return { kind: 'open' };
      const name = difference(got, answer);
      if (name === undefined) return { kind: 'kept' };
      const value = answer.headers.get(name);
      if (value !== before.headers.get(name)) return { kind: 'open' };
      return {
        kind: 'broken',
        message: `GET has ${name} ${fieldOf(got, name) ?? 'none'}, HEAD ${value ?? ''}`,
        where: `response.headers.${name}`,
        came: value ?? '',
      };
    },
  });
}

/** The first field of the second answer that is another one in the first. What HEAD leaves out is no contradiction. */
function difference(got: Answer, answer: Answer): string | undefined {
  return ['content-length', 'etag', 'last-modified'].find((name) => {
    const [expected, came] = [fieldOf(got, name), answer.headers.get(name)];
    return expected !== undefined && came !== undefined && expected !== came;
  });
}

/** A GET without Content-Length has the length of its bytes, unless a coding hides it. */
function fieldOf(got: Answer, name: string): string | undefined {
  const value = got.headers.get(name);
  return value ?? (name === 'content-length' && !got.headers.has('content-encoding') ? String(got.bytes.length) : undefined);
}
