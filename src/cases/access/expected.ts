/** Who may call what: what is expected of an identity, by the reviewed matrix, its role, or the document's security. Pure. */
import { safeMethods } from '../../lib/methods.ts';
import type { Operation } from '../../spec/contract.ts';
import type { AccessLock } from './lock.ts';
import type { Answer, Expectation } from '../case.ts';
import { cameOf, expectForbidden, isAccepted } from '../expectations.ts';
import type { Planning } from '../planning.ts';

/** Whether somebody may. */
export type Access = 'allowed' | 'refused';

/** What stands behind what is expected. */
export type AccessSource = 'lock' | 'role' | 'document';

/** Column of the matrix for requests without credentials. */
export const noCredentials = 'no credentials';

/** One question of the matrix: may this identity call this operation? */
export interface AccessQuestion {
  /** Name of the identity, or `noCredentials`. */
  readonly identity: string;
  readonly expected: Access | undefined;
  readonly source: AccessSource | undefined;
}

/** An identity and what its token says that it may. */
export interface Subject {
  readonly name: string;
  /** Scopes and roles; undefined where the token does not tell. */
  readonly grants: ReadonlySet<string> | undefined;
}

/** What an answer shows: undefined when it says nothing about rights, as 409, 422 or 500. 404 may hide what one may not see, and may be the truth. */
export function accessShown(status: number | undefined): Access | 'absent' | undefined {
  if (status === undefined) return undefined;
  if (status === 401 || status === 403) return 'refused';
  if (status === 404 || status === 410) return 'absent';
  return status >= 200 && status < 400 ? 'allowed' : undefined;
}

/** The question, by the first that answers it: the reviewed matrix, what the user said of the identity (`role`), the document. */
export function accessQuestion(planning: Planning, operation: Operation, identity: string, role: Access | undefined): AccessQuestion {
  const locked = planning.accessLock?.get(operation.id)?.get(identity);
  if (locked !== undefined) return { identity, expected: locked, source: 'lock' };
  if (role !== undefined) return { identity, expected: role, source: 'role' };
  const stated = statedAccess(planning, operation, identity);
  return { identity, expected: stated, source: stated && 'document' };
}

/** What the document's security says of an identity whose grants are known. @see https://spec.openapis.org/oas/v3.1.1#security-requirement-object */
function statedAccess(planning: Planning, operation: Operation, identity: string): Access | undefined {
  const open = operation.security.length === 0 || operation.security.some((requirement) => requirement.length === 0);
  if (open) return planning.contract.securitySchemes.size > 0 || operation.security.length > 0 ? 'allowed' : undefined;
  if (identity === noCredentials) return 'refused';
  const grants = planning.subjects.find(({ name }) => name === identity)?.grants;
  if (grants === undefined || operation.security.every((requirement) => requirement.every(({ scopes }) => scopes.length === 0)))
    return undefined;
  const suffice = operation.security.some((requirement) => requirement.every(({ scopes }) => scopes.every((scope) => grants.has(scope))));
  if (!suffice) return 'refused';
  // in changes to what is there its owner may have a say
  const creates = planning.resources.createdBy(operation) !== undefined;
  return safeMethods.has(operation.method) || creates ? 'allowed' : undefined;
}

/** What is expected of the answer to a question: that the reviewed matrix still holds; where there is none, that missing scopes are heeded. */
export function accessExpectations(planning: Planning, operation: Operation, question: AccessQuestion): Expectation[] {
  const { identity, expected, source } = question;
  if (source === 'lock' && expected !== undefined) return [asLocked(operation, identity, expected)];
  const lacking = `${identity} has none of the scopes that the document asks for`;
  const lacks = source === 'document' && expected === 'refused' && identity !== noCredentials;
  return [
    ...(lacks ? [{ ...expectForbidden(lacking, `${identity} lacks scopes`), confidence: 'likely' as const }] : []),
    ...(planning.accessLock !== undefined && isNamed(planning.accessLock, identity) ? [notLocked(operation, identity)] : []),
  ];
}

function isNamed(lock: AccessLock, identity: string): boolean {
  return [...lock.values()].some((row) => row.has(identity));
}

const check = 'access-as-locked';

function asLocked(operation: Operation, identity: string, locked: Access): Expectation {
  return {
    check,
    confidence: 'certain',
    why: `the reviewed access.yaml says that ${identity} is ${locked}`,
    promise: operation.pointer,
    topic: `${identity} ${locked}`,
    holds: (answer: Answer) => {
      const shown = accessShown(answer.status);
      if (shown === locked || (shown === 'absent' && locked === 'refused')) return { kind: 'kept' };
      if (shown === undefined || shown === 'absent')
        return { kind: 'cannot-judge', reason: `an answer of ${answer.status ?? 'nothing'} does not tell whether one may` };
      const remedy = 'if that is meant, write it anew with --lock-access and review it';
      return {
        kind: 'broken',
        message: `${identity} was ${locked} and is ${isAccepted(answer) ? 'allowed' : 'refused'}; ${remedy}`,
        where: 'response.status',
        came: cameOf(answer),
      };
    },
  };
}

function notLocked(operation: Operation, identity: string): Expectation {
  return {
    check,
    confidence: 'certain',
    why: `access.yaml does not say whether ${identity} may`,
    promise: operation.pointer,
    topic: `${identity} not locked`,
    holds: (answer) => {
      const shown = accessShown(answer.status);
      if (shown !== 'allowed' && shown !== 'refused') return { kind: 'open' };
      return { kind: 'cannot-judge', reason: `access.yaml does not say whether ${identity} may: --lock-access adds it for review` };
    },
  };
}
