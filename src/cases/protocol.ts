/** The protocol phase: HTTP itself. Undeclared methods, HEAD, and values that are legal and odd. Pure. */
import { isObject, type Json } from '../lib/json.ts';
import { shortHash } from '../lib/short-hash.ts';
import type { Operation, Parameter } from '../spec/contract.ts';
import { typesOf } from '../spec/properties.ts';
import { attempt } from './attempt.ts';
import type { Answer, Conversation, Expectation, RequestPlan, Scenario } from './case.ts';
import { cameOf, isAccepted } from './expectations.ts';
import { safeMethods, type Planning } from './planning.ts';
import { createScope, prepareRequest, type Scope } from './prepare.ts';
import { isAllowed } from './variations.ts';

/** One scenario for each path, about its methods, and one for each operation that takes parameters, about odd values. */
export function protocolScenarios(planning: Planning): Scenario[] {
  const paths = Map.groupBy(planning.contract.operations, ({ path }) => path);
  const scenario = (title: string, index: number, talk: (scope: Scope) => Conversation): Scenario => ({
    id: shortHash('protocol', title),
    phase: 'protocol',
    title,
    size: 3,
    quiet: false,
    start: () => talk(createScope(planning, 'protocol', 160_000 + index * 100)),
  });
  return [
    ...[...paths].flatMap(([path, operations], index) => {
      const [operation] = operations.filter((one) => isAllowed(planning, one, safeMethods));
      return operation ? [scenario(`methods of ${path}`, index, (scope) => methods(scope, operation))] : [];
    }),
    ...planning.contract.operations.flatMap((operation, index) =>
      isAllowed(planning, operation, safeMethods) && operation.parameters.some((parameter) => isOpen(planning, parameter))
        ? [scenario(`odd values for ${operation.id}`, 5000 + index, (scope) => oddValues(scope, operation))]
        : [],
    ),
  ];
}

function* methods(scope: Scope, operation: Operation): Conversation {
  const request = yield* prepareRequest(scope, operation);
  scope.variant += 1;
  if (!request) return;
  const { contract, safeOnly } = scope.planning;
  const fitting = contract.matchPath(filledPath(request)).map(({ method }) => method);
  const declared = new Set(fitting);
  const bare: RequestPlan = { operation, parameters: request.parameters.filter((parameter) => parameter.in === 'path') };
  const undeclared = (safeOnly ? ['GET'] : ['PATCH', 'DELETE', 'PUT', 'POST', 'GET']).find((method) => !declared.has(method));
  if (undeclared !== undefined) {
    yield* attempt(scope, { ...bare, method: undeclared }, { title: `the undeclared method ${undeclared}`, intent: 'probe', expectations: [refusesMethod(operation, undeclared, declared), noCrash(operation, undeclared)] });
  }
  if (operation.method !== 'GET' || declared.has('HEAD')) return;
  const got = yield* attempt(scope, request, { title: 'GET, to compare HEAD with' });
  const { body: _, ...headless } = request;
  yield* attempt(scope, { ...headless, method: 'HEAD' }, { title: 'HEAD', intent: 'probe', expectations: [headAgrees(operation, got), noCrash(operation, 'HEAD')] });
}

function filledPath(request: RequestPlan): string {
  return request.operation.path.replaceAll(/\{([^{}]+)\}/g, (_, name: string) =>
    encodeURIComponent(String(request.parameters.find((parameter) => parameter.in === 'path' && parameter.name === name)?.value ?? 'x')),
  );
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6 */
function refusesMethod(operation: Operation, method: string, declared: ReadonlySet<string>): Expectation {
  return {
    check: 'method-refused',
    confidence: 'certain',
    why: `${operation.path} declares ${[...declared].join(', ')}, not ${method}`,
    promise: operation.pointer.slice(0, operation.pointer.lastIndexOf('/')),
    topic: `${operation.path} ${method}`,
    holds: (answer) => {
      if (isAccepted(answer)) return { kind: 'broken', message: `the undeclared method ${method} is answered with ${answer.status ?? ''}`, where: 'response.status', came: cameOf(answer) };
      if (answer.status !== 405) return { kind: 'cannot-judge', reason: `an undeclared method is answered with ${answer.status ?? 'nothing'}` };
      const allow = answer.headers.get('allow');
      if (allow === undefined) return { kind: 'broken', message: '405 came without Allow', where: 'response.headers.allow', came: cameOf(answer) };
      const allowed = allow.split(',').map((name) => name.trim().toUpperCase());
      if (allowed.includes(method)) return { kind: 'broken', message: `Allow names ${method}, which was just refused`, where: 'response.headers.allow', came: allow };
      return { kind: 'kept' };
    },
  };
}

/** The document has no operation for such a request, so the judge's own check does not see it. */
function noCrash(operation: Operation, method: string): Expectation {
  return {
    check: 'no-server-error',
    confidence: 'certain',
    why: `${method} on ${operation.path}`,
    promise: operation.pointer,
    topic: `${method} ${operation.path}`,
    holds: (answer) =>
      (answer.status ?? 0) >= 500 && answer.status !== 501 ? { kind: 'broken', message: `${answer.status ?? ''} for ${method}`, where: 'response.status', came: cameOf(answer) } : { kind: 'kept' },
  };
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-9.3.2 */
function headAgrees(operation: Operation, got: Answer): Expectation {
  return {
    check: 'head-agrees',
    confidence: 'certain',
    why: 'HEAD is GET without the content',
    promise: operation.pointer,
    topic: operation.id,
    holds: (answer) => {
      // a server that has no HEAD for it says so; an error is told by `no-server-error`
      if (!isAccepted(got) || answer.status === undefined || answer.status === 405 || answer.status >= 500) return { kind: 'open' };
      if (answer.status === 401 || answer.status === 429) return { kind: 'cannot-judge', reason: `HEAD is answered with ${answer.status}` };
      if (answer.status !== got.status) return { kind: 'broken', message: `GET is answered with ${got.status ?? ''}, HEAD with ${answer.status}`, where: 'response.status', came: cameOf(answer) };
      const [left, right] = [got, answer].map(({ headers }) => headers.get('content-type'));
      if (right === undefined || left === right) return { kind: 'kept' };
      return { kind: 'broken', message: `GET has Content-Type ${left ?? 'none'}, HEAD ${right}`, where: 'response.headers.content-type', came: right };
    },
  };
}

/** Parameters of a type so open that odd values are legal. */
function isOpen(planning: Planning, parameter: Parameter): boolean {
  if (!parameter.schema || (parameter.in !== 'path' && parameter.in !== 'query')) return false;
  const { schema } = planning.contract.resolve(parameter.schema);
  if (isObject(schema) && (schema['enum'] !== undefined || schema['maximum'] !== undefined || schema['format'] !== undefined || schema['pattern'] !== undefined)) return false;
  const types = typesOf(planning.contract, parameter.schema);
  return types.has('integer') || types.has('string');
}

const oddNumbers: readonly (readonly [string, Json, string?])[] = [
  ['an integer beyond 32 bits', 2_147_483_648],
  ['an integer beyond 64 bits', 0, '9223372036854775808'],
];
const oddTexts: readonly (readonly [string, Json])[] = [
  ['the NUL character', '\u0000'],
  ['a quote, a percent sign and a semicolon', `'%";--`],
  ['an emoji', '😀'],
];

function* oddValues(scope: Scope, operation: Operation): Conversation {
  const { planning } = scope;
  const base = yield* prepareRequest(scope, operation);
  scope.variant += 1;
  if (!base) return;
  for (const parameter of operation.parameters.filter((one) => isOpen(planning, one))) {
    const numeric = parameter.schema !== undefined && typesOf(planning.contract, parameter.schema).has('integer');
    const odd: readonly (readonly [string, Json, string?])[] = numeric ? oddNumbers : oddTexts;
    for (const [what, value, raw] of odd) {
      const others = base.parameters.filter((one) => one.name !== parameter.name || one.in !== parameter.in);
      const request: RequestPlan = { ...base, parameters: [...others, { name: parameter.name, in: parameter.in, value, ...(raw !== undefined && { raw }) }] };
      yield* attempt(scope, request, { title: `${parameter.name}: ${what}`, theme: what, intent: 'probe' });
    }
  }
}
