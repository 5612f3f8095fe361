/** The protocol phase: HTTP itself. Methods, negotiation, spellings of a path, bodies that are none, and values that are legal and odd. Pure. */
import { shortHash } from '../lib/short-hash.ts';
import type { Operation } from '../spec/contract.ts';
import { attempt } from './steps/attempt.ts';
import type { Answer, Conversation, Scenario } from './case.ts';
import { writesAll, type Planning } from './planning.ts';
import { prepareRequest } from './steps/prepare.ts';
import { createScope, type Scope } from './steps/scope.ts';
import { bodyProbes } from './protocol/bodies.ts';
import { isSuccess } from './protocol/expectations.ts';
import { headProbe } from './protocol/head.ts';
import { undeclaredMethods } from './protocol/methods.ts';
import { negotiation } from './protocol/negotiation.ts';
import { ranges } from './protocol/ranges.ts';
import { oddValues, takesOddValues } from './protocol/parameters.ts';
import { brokenSegments, spellings } from './protocol/spellings.ts';
import { furnishSibling } from './steps/siblings.ts';
import { isAllowed } from './values/variations.ts';

/** One scenario for each path, one for each operation with a body, and one for each that takes odd values. */
export function protocolScenarios(planning: Planning): Scenario[] {
  const operations = planning.contract.operations.filter((operation) => isAllowed(planning, operation));
  const scenario = (
    title: string,
    about: readonly Operation[],
    variant: number,
    size: number,
    talk: (scope: Scope) => Conversation,
    quiet = false,
  ): Scenario => ({
    id: shortHash('protocol', title),
    phase: 'protocol',
    title,
    about: about.map(({ id }) => id),
    size,
    quiet,
    start: () => talk(createScope(planning, 'protocol', variant)),
  });
  return [
    ...[...Map.groupBy(operations, ({ path }) => path)].flatMap(([path, group], index) => {
      const operation = group.find(({ method }) => method === 'GET') ?? group[0];
      return operation ? [scenario(`the path ${path}`, group, 160_000 + index * 100, 16, (scope) => aboutPath(scope, operation))] : [];
    }),
    ...operations.flatMap((operation, index) =>
      operation.requestBody && operation.method !== 'DELETE'
        ? [
            scenario(
              `bodies of ${operation.id}`,
              [operation],
              360_000 + index * 100,
              12,
              (scope) => bodyProbes(scope, operation, 'odd'),
              writesAll(planning, operation),
            ),
          ]
        : [],
    ),
    ...operations.flatMap((operation, index) =>
      takesOddValues(planning, operation)
        ? [
            scenario(
              `odd values for ${operation.id}`,
              [operation],
              660_000 + index * 100,
              4,
              (scope) => oddValues(scope, operation),
              writesAll(planning, operation),
            ),
          ]
        : [],
    ),
  ];
}

function* aboutPath(scope: Scope, operation: Operation): Conversation {
  const request = yield* prepareRequest(scope, operation);
  scope.variant += 1;
  if (!request) return;
  let got: Answer | undefined;
  if (operation.method === 'GET') {
    got = yield* attempt(scope, request, { title: 'an ordinary GET' });
    if (got.status === 404 && (yield* furnishSibling(scope, request)))
      got = yield* attempt(scope, request, { title: 'an ordinary GET again' });
    if (isSuccess(got)) yield* headProbe(scope, request, got);
    yield* negotiation(scope, request, got);
    yield* ranges(scope, request, got);
    yield* spellings(scope, request, got);
  }
  yield* brokenSegments(scope, request);
  yield* undeclaredMethods(scope, request, got);
}
