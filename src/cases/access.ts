/** The access phase: missing and broken credentials, and identities that may do less than the main one. Pure. */
import { shortHash } from '../lib/short-hash.ts';
import type { Operation } from '../spec/contract.ts';
import { attempt } from './attempt.ts';
import type { BrokenCredential, Conversation, Credentials, Expectation, Scenario } from './case.ts';
import { expectForbidden, expectUnauthenticated } from './expectations.ts';
import { safeMethods, type Planning } from './planning.ts';
import { createScope, prepareRequest, type Scope } from './prepare.ts';
import { isAllowed } from './variations.ts';

const broken: readonly BrokenCredential[] = ['empty', 'garbage', 'truncated', 'expired', 'wrong-signature', 'wrong-scheme'];

/** One scenario for each operation that anybody might wrongly be let into. */
export function accessScenarios(planning: Planning): Scenario[] {
  return planning.contract.operations
    .filter((operation) => isAllowed(planning, operation, safeMethods) && (isSecured(operation) || restricted(planning, operation).length > 0))
    .map((operation, index) => ({
      id: shortHash('access', operation.id),
      phase: 'access',
      title: operation.id,
      size: 1 + broken.length,
      quiet: false,
      start: () => talk(createScope(planning, 'access', 50_000 + index * 100), operation),
    }));
}

/** Whether every alternative of the operation's security asks for something. */
export function isSecured(operation: Operation): boolean {
  return operation.security.length > 0 && operation.security.every((requirement) => requirement.length > 0);
}

function* talk(scope: Scope, operation: Operation): Conversation {
  const request = yield* prepareRequest(scope, operation);
  scope.variant += 1;
  if (!request) return;
  for (const { credentials, title, expectation } of attackers(scope.planning, operation)) {
    yield* attempt(scope, request, { title, credentials, intent: credentials.kind === 'identity' ? 'forbidden' : 'unauthenticated', expectations: [expectation] });
  }
}

interface Attacker {
  readonly credentials: Credentials;
  readonly title: string;
  readonly expectation: Expectation;
}

function attackers(planning: Planning, operation: Operation): Attacker[] {
  const anonymous: Attacker[] = isSecured(operation)
    ? [
        { credentials: { kind: 'none' }, title: 'no credentials', expectation: expectUnauthenticated('no credentials', 'no credentials') },
        ...(planning.authenticated ? broken : (['garbage'] as const)).map((how): Attacker => ({
          credentials: { kind: 'broken', how },
          title: `${how} credentials`,
          expectation: expectUnauthenticated(`${how} credentials`, `${how} credentials`),
        })),
      ]
    : [];
  return [...anonymous, ...restricted(planning, operation)];
}

/** Identities that must be refused this operation, by what the user says of them. */
function restricted(planning: Planning, operation: Operation): Attacker[] {
  const unsafe = !safeMethods.has(operation.method);
  const item = addressesItem(planning, operation);
  const named = (names: readonly string[], why: string): Attacker[] =>
    names.map((name) => ({
      credentials: { kind: 'identity', name },
      title: `as ${name}`,
      expectation: expectForbidden(`${name} ${why}`, `${name} ${why}`),
    }));
  return [
    ...(unsafe ? named(planning.readers, 'may only read') : []),
    ...(unsafe && item ? named(planning.peers, 'may not change what others made') : []),
    ...(item ? named(planning.strangers, 'may not see what others made') : []),
  ];
}

/** Whether the operation's path leads to one thing that the main identity makes. */
function addressesItem(planning: Planning, operation: Operation): boolean {
  const path = operation.parameters.filter((parameter) => parameter.in === 'path');
  const changes = ['PUT', 'PATCH', 'DELETE', 'GET', 'HEAD'].includes(operation.method);
  return changes && path.some((parameter) => planning.resources.ofPathParameter(operation, parameter.name)?.create?.method === 'POST');
}

