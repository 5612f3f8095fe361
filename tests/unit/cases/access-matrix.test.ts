import { describe, expect, test } from 'vitest';
import { accessShown, type Access, type Subject } from '../../../src/cases/access/expected.ts';
import { parseAccessLock, type AccessLock } from '../../../src/cases/access/lock.ts';
import type { Answer, Case } from '../../../src/cases/case.ts';
import { planScenarios } from '../../../src/cases/plan-scenarios.ts';
import { isHarnessError } from '../../../src/errors.ts';
import { isObject, type JsonObject } from '../../../src/lib/json.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { answered, converse, type Talk } from '../../support/converse.ts';
import { createNotesApi, notesDocument } from '../../support/apis/notes.ts';
import { planOptions } from '../../support/plan-options.ts';

/** The notes document where reading and writing need a scope each. */
const scoped: JsonObject = {
  ...notesDocument,
  paths: Object.fromEntries(
    Object.entries(isObject(notesDocument['paths']) ? notesDocument['paths'] : {}).map(([path, item]) => [
      path,
      Object.fromEntries(
        Object.entries(isObject(item) ? item : {}).map(([method, operation]) => [
          method,
          { ...(isObject(operation) ? operation : {}), security: [{ bearer: [method === 'get' ? 'read' : 'write'] }] },
        ]),
      ),
    ]),
  ),
};

const subjects: readonly Subject[] = [
  { name: 'keeper', grants: new Set(['read', 'write']) },
  { name: 'guest', grants: new Set(['read']) },
];

/** Talks the access phase through with an API that lets in whom `lets` names. */
function talk(
  lets: (identity: string, asked: Case) => boolean,
  accessLock?: AccessLock,
  hear: (asked: Case, answer: Answer) => void = () => undefined,
): readonly Talk[] {
  const scenarios = planScenarios(createContract(scoped), {
    phases: new Set(['access']),
    ...planOptions,
    subjects,
    accessLock,
  });
  return scenarios.map((scenario) => {
    const api = createNotesApi();
    return converse(scenario, (asked): Answer => {
      const { credentials } = asked;
      const isLet = credentials.kind !== 'identity' || lets(credentials.name, asked);
      const answer = isLet ? api(credentials.kind === 'identity' ? { ...asked, credentials: { kind: 'main' } } : asked) : answered(403);
      hear(asked, answer);
      return answer;
    });
  });
}

const rightly = (identity: string, { request }: Case): boolean => identity === 'keeper' || request.operation.method === 'GET';

describe('the matrix of access', () => {
  test('asks of everybody at every operation whether he may', () => {
    const asked = talk(() => true).flatMap(({ sent }) => sent.filter(({ access }) => access !== undefined));
    const questions = asked.map(({ access, request }) => `${access?.identity ?? ''} ${request.operation.id}`);
    const operations = createContract(scoped).operations.map(({ id }) => id);
    expect(new Set(questions)).toEqual(
      new Set(operations.flatMap((id) => ['no credentials', 'keeper', 'guest'].map((identity) => `${identity} ${id}`))),
    );
  });

  test('has something fresh for everybody to delete', () => {
    const deletions: (number | undefined)[] = [];
    talk(
      () => true,
      undefined,
      ({ access, request }, { status }) => {
        if (access !== undefined && access.identity !== 'no credentials' && request.operation.method === 'DELETE') deletions.push(status);
      },
    );
    expect(deletions).toEqual([204, 204]);
  });

  test('expects of scopes that they suffice for reading and creating, and that nobody does without', () => {
    const expected = new Map(
      talk(rightly)
        .flatMap(({ sent }) => sent)
        .map(({ access, request }) => [`${access?.identity ?? ''} ${request.operation.id}`, access?.expected]),
    );
    const of = (question: string): Access | undefined => expected.get(question);
    expect([of('keeper GET /notes'), of('keeper POST /notes'), of('keeper DELETE /notes/{id}')]).toEqual(['allowed', 'allowed', undefined]);
    expect([of('guest GET /notes'), of('guest POST /notes'), of('no credentials GET /notes')]).toEqual(['allowed', 'refused', 'refused']);
  });

  test('accuses nobody who heeds the scopes, and who does not as likely', () => {
    expect(talk(rightly).flatMap(({ broken }) => broken)).toEqual([]);
    const broken = talk(() => true).flatMap((one) => one.broken);
    expect(broken).toContain(
      'likely forbidden-refused: lets an identity do what it may not: guest has none of the scopes that the document asks for',
    );
    expect(broken.every((line) => line.startsWith('likely forbidden-refused'))).toBe(true);
  });

  test.each<readonly [Access, string, string]>([
    ['refused', 'GET /notes', 'guest was refused and is allowed'],
    ['allowed', 'POST /notes', 'guest was allowed and is refused'],
  ])('is certain that %s at %s is no longer so', (locked, operation, message) => {
    const lock = parseAccessLock({ access: { [operation]: { guest: locked } } }, 'access.yaml');
    const remedy = 'if that is meant, write it anew with --lock-access and review it';
    expect(talk(rightly, lock).flatMap(({ broken }) => broken)).toEqual([`certain access-as-locked: ${message}; ${remedy}`]);
  });

  test('cannot judge what is not reviewed, and says nothing of identities that the review does not name', () => {
    const lock = parseAccessLock({ access: { 'GET /notes': { guest: 'allowed' } } }, 'access.yaml');
    const said = talk(rightly, lock).flatMap((one) => one.said.filter((line) => line.startsWith('access-as-locked')));
    expect(said.toSorted()).toEqual(
      ['access-as-locked: kept', ...Array.from({ length: 5 }, () => 'access-as-locked: cannot-judge')].toSorted(),
    );
  });
});

test.each([
  [200, 'allowed'],
  [303, 'allowed'],
  [401, 'refused'],
  [403, 'refused'],
  [404, 'absent'],
  [409, undefined],
  [500, undefined],
  [undefined, undefined],
] as const)('an answer of %s shows %s', (status, shown) => {
  expect(accessShown(status)).toBe(shown);
});

test.each<readonly [unknown, string]>([
  [undefined, 'access.yaml: must be an object called "access" of operations'],
  [{ access: { 'GET /a': 'allowed' } }, 'access.yaml: GET /a must be an object of identities'],
  [{ access: { 'GET /a': { guest: 'maybe' } } }, 'access.yaml: GET /a: guest must be allowed or refused, not "maybe"'],
])('a reviewed matrix of another form is refused with its place: %j', (document, message) => {
  const parse = (): unknown => parseAccessLock(document, 'access.yaml');
  expect(parse).toThrow(message);
  try {
    parse();
  } catch (error) {
    expect(isHarnessError(error) && error.code).toBe('E_ACCESS_LOCK');
  }
});
