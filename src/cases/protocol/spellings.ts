/** Other spellings of a path: some mean the same, some mean nothing, and none may crash the server. Pure. */
import { attempt } from '../steps/attempt.ts';
import type { Answer, Conversation, Expectation, RequestPlan } from '../case.ts';
import { cameOf } from '../expectations.ts';
import { filledPath } from '../steps/filled-path.ts';
import { makeCase, send } from '../planning.ts';
import { pathSegments } from '../../lib/names.ts';
import type { Scope } from '../steps/scope.ts';
import { expectNoCrash, isSuccess } from './expectations.ts';

/** A trailing slash, and the letters of the path's fixed segments percent-encoded; `got` is what the usual spelling was answered with. */
export function* spellings(scope: Scope, request: RequestPlan, got: Answer): Conversation {
  const { operation } = request;
  const slashed = `${filledPath(request)}/`;
  if (!slashed.endsWith('//') && scope.planning.contract.matchPath(slashed).length === 0) {
    const theme = 'a trailing slash';
    // with a method of its own it is not judged as the operation: it is another path
    yield* send(
      makeCase({
        phase: scope.phase,
        title: theme,
        theme,
        intent: 'probe',
        request: { ...request, method: operation.method, rawPath: slashed },
        expectations: [expectNoCrash(operation, theme)],
      }),
    );
  }
  const encoded = filledPath({ ...request, operation: { ...operation, path: encodeLetters(operation.path) } });
  if (!isSuccess(got) || encoded === filledPath(request)) return;
  const theme = 'percent-encoded letters in the path';
  yield* attempt(scope, { ...request, rawPath: encoded }, { title: theme, theme, intent: 'probe', expectations: [expectSame(request)] });
}

function encodeLetters(path: string): string {
  const escaped = pathSegments(path).map((segment) =>
    segment.includes('{') || segment.includes('%')
      ? segment
      : segment.replaceAll(/[A-Za-z]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`),
  );
  return `/${escaped.join('/')}`;
}

/** @see https://www.rfc-editor.org/rfc/rfc3986#section-6.2.2.2 */
function expectSame({ operation }: RequestPlan): Expectation {
  return {
    check: 'escapes-equal',
    // many a server compares paths as they stand, and no document promises otherwise
    confidence: 'unsure',
    why: 'RFC 3986 section 6.2.2.2: an escaped unreserved character is the character',
    promise: operation.pointer,
    topic: 'percent-encoded letters',
    holds: (answer) => {
      if (isSuccess(answer)) return { kind: 'kept' };
      if (answer.status === undefined || answer.status < 400 || answer.status === 401 || answer.status === 429 || answer.status >= 500)
        return { kind: 'open' };
      return {
        kind: 'broken',
        message: `with its letters percent-encoded, the path is answered with ${answer.status}`,
        where: 'response.status',
        came: cameOf(answer),
      };
    },
  };
}

/** The last path parameter as NUL, whatever its format, and as a broken percent escape. */
export function* brokenSegments(scope: Scope, request: RequestPlan): Conversation {
  const last = request.parameters.findLast((parameter) => parameter.in === 'path');
  if (!last) return;
  const others = request.parameters.filter((parameter) => parameter !== last);
  const nul = 'the NUL character';
  yield* attempt(
    scope,
    { ...request, parameters: [...others, { ...last, value: 'a\u0000b', raw: 'a%00b' }] },
    { title: `${last.name}: ${nul}`, theme: nul, intent: 'probe' },
  );
  const marker = 'specproof-broken';
  const rawPath = filledPath({ ...request, parameters: [...others, { ...last, value: marker }] }).replace(marker, '%zz');
  const broken = 'a broken percent escape';
  yield* attempt(scope, { ...request, rawPath }, { title: `${last.name}: ${broken}`, theme: broken, intent: 'probe' });
}
