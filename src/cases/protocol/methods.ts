/** Methods that a path does not declare: refused, and with a truthful `Allow`. Pure. */
import { safeMethods } from '../../lib/methods.ts';
import type { Operation } from '../../spec/contract.ts';
import { writtenPath } from '../../spec/last-slash.ts';
import type { Answer, Confidence, Conversation, Expectation, Held, RequestPlan } from '../case.ts';
import { cameOf } from '../expectations.ts';
import { makeCase, send } from '../planning.ts';
import { prepareRequest } from '../steps/prepare.ts';
import type { Scope } from '../steps/scope.ts';
import { expectNoCrash, isSuccess, pathItem } from './expectations.ts';
import { filledPath } from '../steps/filled-path.ts';

/** Harmless ones first: an undeclared deletion may work. */
const methods = ['OPTIONS', 'TRACE', 'GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** One request for each method that the path does not declare; `got` is what a GET of it was answered with. */
export function* undeclaredMethods(scope: Scope, request: RequestPlan, got: Answer | undefined): Conversation {
  const { contract, safeOnly } = scope.planning;
  const { operation } = request;
  const fitting = contract.matchPath(filledPath(request));
  const declared = new Set(fitting.map(({ method }) => method));
  const own = fitting.every(({ path }) => path === operation.path);
  // what the path may also mean need not support what this one declares; a GET that was answered is supported all the same
  const supported = own ? declared : new Set(got && isSuccess(got) ? ['GET'] : []);
  const bare: RequestPlan = { operation, parameters: request.parameters.filter((parameter) => parameter.in === 'path') };
  for (const method of methods) {
    // HEAD goes with GET, and is compared with it
    if (declared.has(method) || (method === 'HEAD' && declared.has('GET')) || (safeOnly && !safeMethods.has(method))) continue;
    const refusal: Refusal = { operation, method, declared, got, sure: method === 'TRACE' ? 'likely' : 'certain' };
    const expectations = [
      refused(refusal),
      found(refusal),
      allowPresent(refusal),
      allowTruthful(refusal),
      ...(supported.size > 0 ? [allowComplete(refusal, supported)] : []),
      expectNoCrash(operation, `the undeclared method ${method}`, 'an undeclared method'),
    ];
    const ask = (title: string, asked: RequestPlan): Conversation<Answer> =>
      send(makeCase({ phase: scope.phase, title, intent: 'probe', request: asked, expectations }));
    const title = `the undeclared method ${method}`;
    const { status } = yield* ask(title, { ...bare, method });
    if (status === undefined || !wantsBody.has(status)) continue;
    // who looks at the body before the method does what the method asks for
    const written = yield* bodyOfPath(scope, operation);
    if (written) yield* ask(`${title}, with a body`, { ...bare, method, body: written });
  }
}

/** What a request without the body that it should have is answered with. */
const wantsBody = new Set([400, 411, 415, 422]);

/** The ordinary body of a write that the path declares: rather a whole one than a part. */
function* bodyOfPath(scope: Scope, { path }: Operation): Conversation<RequestPlan['body']> {
  const { operations } = scope.planning.contract;
  const write = ['PUT', 'PATCH', 'POST']
    .map((method) => operations.find((one) => one.path === path && one.method === method && one.requestBody))
    .find((one) => one !== undefined);
  return write && (yield* prepareRequest(scope, write))?.body;
}

interface Refusal {
  readonly operation: Operation;
  readonly method: string;
  readonly declared: ReadonlySet<string>;
  readonly got: Answer | undefined;
  /** TRACE is often refused by what stands before the API, which knows no methods of it. */
  readonly sure: Confidence;
}

function expectation(
  { operation, method, declared }: Refusal,
  topic: string,
  confidence: Confidence,
  holds: (answer: Answer) => Held,
): Expectation {
  const why = `${writtenPath(operation)} declares ${[...declared].join(', ')}, not ${method}`;
  return { check: 'method-refused', confidence, why, promise: pathItem(operation), topic, holds };
}

function refused(refusal: Refusal): Expectation {
  const { operation, method, got } = refusal;
  // some servers answer HEAD to whatever they have; OPTIONS may always be answered
  return expectation(refusal, `${method} ${writtenPath(operation)}`, method === 'HEAD' ? 'likely' : 'certain', (answer) => {
    const { status } = answer;
    if (status === 405 || status === 501 || (method === 'OPTIONS' && isSuccess(answer))) return { kind: 'kept' };
    // where a site is served beside the API, whatever the API has no GET for may be one of its pages
    if (isSuccess(answer) && safeMethods.has(method) && isStrayPage(operation, answer)) return { kind: 'open' };
    if (isSuccess(answer))
      return {
        kind: 'broken',
        message: `the undeclared method ${method} on ${writtenPath(operation)} is answered with ${status ?? ''}`,
        where: 'response.status',
        came: cameOf(answer),
      };
    if (status === undefined || status >= 500 || (status === 404 && got && isSuccess(got))) return { kind: 'open' };
    return { kind: 'cannot-judge', reason: `an undeclared method is answered with ${status}` };
  });
}

/** A web page where the operation declares none. */
function isStrayPage({ responses }: Operation, { headers }: Answer): boolean {
  const isPage = (type: string): boolean => /^text\/html\b/i.test(type);
  return isPage(headers.get('content-type') ?? '') && !responses.some(({ content }) => content.some(({ type }) => isPage(type)));
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-15.5.5 */
function found(refusal: Refusal): Expectation {
  const { operation, method, got } = refusal;
  return expectation(refusal, '404 for an undeclared method', 'likely', (answer) => {
    if (answer.status !== 404 || !got || !isSuccess(got)) return { kind: 'open' };
    return {
      kind: 'broken',
      message: `${method} on ${writtenPath(operation)} is answered with 404, though a GET of it was just answered with ${got.status ?? ''}`,
      where: 'response.status',
      came: cameOf(answer),
    };
  });
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6 */
function allowPresent(refusal: Refusal): Expectation {
  return expectation(refusal, '405 without Allow', refusal.sure, (answer) => {
    if (answer.status !== 405) return { kind: 'open' };
    if (answer.headers.has('allow')) return { kind: 'kept' };
    return {
      kind: 'broken',
      message: `405 for ${refusal.method} on ${writtenPath(refusal.operation)} came without Allow`,
      where: 'response.headers.allow',
      came: cameOf(answer),
    };
  });
}

function allowTruthful(refusal: Refusal): Expectation {
  const { method } = refusal;
  return expectation(refusal, 'Allow names what is refused', refusal.sure, (answer) => {
    const allowed = allowedBy(answer);
    if (answer.status !== 405 || !allowed) return { kind: 'open' };
    if (!allowed.has(method)) return { kind: 'kept' };
    return {
      kind: 'broken',
      message: `Allow of ${writtenPath(refusal.operation)} names ${method}, which was just refused`,
      where: 'response.headers.allow',
      came: answer.headers.get('allow') ?? '',
    };
  });
}

/** Allow names every method that is supported. @see https://www.rfc-editor.org/rfc/rfc9110#section-10.2.1 */
function allowComplete(refusal: Refusal, supported: ReadonlySet<string>): Expectation {
  const { method, operation } = refusal;
  return expectation(refusal, 'Allow leaves methods out', method === 'OPTIONS' ? 'likely' : refusal.sure, (answer) => {
    const allowed = allowedBy(answer);
    if (!allowed || (answer.status !== 405 && !(method === 'OPTIONS' && isSuccess(answer)))) return { kind: 'open' };
    const forgotten = [...supported].filter((name) => !allowed.has(name));
    if (forgotten.length === 0) return { kind: 'kept' };
    return {
      kind: 'broken',
      message: `Allow of ${writtenPath(operation)} leaves out ${forgotten.join(', ')}`,
      where: 'response.headers.allow',
      came: answer.headers.get('allow') ?? '',
    };
  });
}

function allowedBy(answer: Answer): ReadonlySet<string> | undefined {
  const allow = answer.headers.get('allow');
  return allow === undefined ? undefined : new Set(allow.split(',').map((name) => name.trim().toUpperCase()));
}
