/** The protocol phase: HTTP itself. Methods, negotiation, spellings of a path, bodies that are none, and values that are legal and odd. Pure. */
import { shortHash } from '../lib/short-hash.ts';
import type { Operation } from '../spec/contract.ts';
import { attempt } from './attempt.ts';
import type { Answer, Conversation, Scenario } from './case.ts';
import { type Planning } from './planning.ts';
import { createScope, prepareRequest, type Scope } from './prepare.ts';
import { bodyProbes } from './protocol-bodies.ts';
import { isSuccess } from './protocol-expectations.ts';
import { headProbe } from './protocol-head.ts';
import { undeclaredMethods } from './protocol-methods.ts';
import { negotiation } from './protocol-negotiation.ts';
import { oddValues, repeatedParameters, takesOddValues } from './protocol-parameters.ts';
import { brokenSegments, spellings } from './protocol-spellings.ts';
import { isAllowed } from './variations.ts';

/** One scenario for each path, one for each operation with a body, one for each that takes odd values, and one about parameters that come twice. */
export function protocolScenarios(planning: Planning): Scenario[] {
  const operations = planning.contract.operations.filter((operation) => isAllowed(planning, operation));
  const scenario = (title: string, variant: number, size: number, talk: (scope: Scope) => Conversation): Scenario => ({
    id: shortHash('protocol', title),
    phase: 'protocol',
    title,
    size,
    quiet: false,
    start: () => talk(createScope(planning, 'protocol', variant)),
  });
  const reading = operations.filter(({ method }) => method === 'GET');
  return [
    ...[...Map.groupBy(operations, ({ path }) => path)].flatMap(([path, group], index) => {
      const operation = group.find(({ method }) => method === 'GET') ?? group[0];
      return operation ? [scenario(`the path ${path}`, 160_000 + index * 100, 16, (scope) => aboutPath(scope, operation))] : [];
    }),
    ...operations.flatMap((operation, index) =>
      operation.requestBody && operation.method !== 'DELETE'
        ? [scenario(`bodies of ${operation.id}`, 360_000 + index * 100, 12, (scope) => bodyProbes(scope, operation))]
        : [],
    ),
    ...operations.flatMap((operation, index) =>
      takesOddValues(planning, operation)
        ? [scenario(`odd values for ${operation.id}`, 660_000 + index * 100, 4, (scope) => oddValues(scope, operation))]
        : [],
    ),
    ...(reading.length > 0
      ? [scenario('parameters that come twice', 960_000, reading.length, (scope) => repeatedParameters(scope, reading))]
      : []),
  ];
}

function* aboutPath(scope: Scope, operation: Operation): Conversation {
  const request = yield* prepareRequest(scope, operation);
  scope.variant += 1;
  if (!request) return;
  let got: Answer | undefined;
  if (operation.method === 'GET') {
    got = yield* attempt(scope, request, { title: 'GET, the control' });
    if (got.status === 404 && (yield* fill(scope, operation))) got = yield* attempt(scope, request, { title: 'GET, the control again' });
    if (isSuccess(got)) yield* headProbe(scope, request, got);
    yield* negotiation(scope, request, got);
    yield* spellings(scope, request, got);
  }
  yield* brokenSegments(scope, request);
  yield* undeclaredMethods(scope, request, got);
}

/** Puts something where there is nothing yet, if the path has a PUT. */
function* fill(scope: Scope, { path }: Operation): Conversation<boolean> {
  const { contract, safeOnly } = scope.planning;
  const put = safeOnly ? undefined : contract.operations.find((operation) => operation.path === path && operation.method === 'PUT');
  const request = put && (yield* prepareRequest(scope, put));
  return request !== undefined && isSuccess(yield* attempt(scope, request, { title: 'to have something to read' }));
}
