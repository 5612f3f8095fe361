import { describe, expect, test } from 'vitest';
import type { Answer, Case, Phase } from '../../../src/cases/case.ts';
import { planScenarios } from '../../../src/cases/plan-scenarios.ts';
import { isObject, type JsonObject } from '../../../src/lib/json.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { answered, converse } from '../../support/converse.ts';
import { createNotesApi, notesDocument } from '../../support/apis/notes.ts';

type Api = (request: Case) => Answer;

const main: Case['credentials'] = { kind: 'main' };
const idOf = ({ request }: Case): number => Number(request.parameters.find(({ name }) => name === 'id')?.value);

/** The notes API where a stranger sees nothing. */
function discreet(): Api {
  const api = createNotesApi();
  return (asked) => {
    const { credentials, request } = asked;
    if (credentials.kind !== 'identity' || credentials.name !== 'stranger' || request.operation.method !== 'GET') return api(asked);
    return request.operation.path === '/notes' ? answered(200, { items: [], total: 0 }) : answered(404);
  };
}

/** What a wrapped API does instead of the right thing: undefined lets the right thing happen. */
type Wrong = (asked: Case, api: Api) => Answer | undefined;

function said(wrong: Wrong, phase: Phase, document: JsonObject = notesDocument): string[] {
  const scenarios = planScenarios(createContract(document), {
    phases: new Set([phase]),
    seed: 1,
    safeOnly: false,
    readers: ['reader'],
    peers: ['other'],
    strangers: ['stranger'],
    authenticated: true,
  });
  return scenarios.flatMap((scenario) => {
    const api = discreet();
    return converse(scenario, (asked) => wrong(asked, api) ?? api(asked)).broken;
  });
}

const refused = ({ credentials }: Case): boolean => credentials.kind === 'none';
const method = ({ request }: Case): string => request.operation.method;

const rows: readonly (readonly [string, Phase, Wrong, string])[] = [
  ['nothing is wrong', 'access', () => undefined, ''],
  ['nothing is wrong', 'invalid', () => undefined, ''],
  ['nothing is wrong', 'examples', () => undefined, ''],
  [
    'a stranger is shown the list',
    'access',
    (asked, api) => (asked.request.operation.id === 'GET /notes' ? api({ ...asked, credentials: main }) : undefined),
    'certain forbidden-refused: lists for an identity what it may not see',
  ],
  [
    'a creation is refused and done',
    'access',
    (asked, api) => (refused(asked) && method(asked) === 'POST' ? (api({ ...asked, credentials: main }), answered(401)) : undefined),
    'likely refused-no-trace: there were 0 and are 1',
  ],
  [
    'an update is refused and done',
    'access',
    (asked, api) => {
      const { body } = asked.request;
      if (!refused(asked) || method(asked) !== 'PATCH' || !body) return undefined;
      api({ ...asked, credentials: main, request: { ...asked.request, body: { ...body, value: { title: 'ghost' } } } });
      return answered(401);
    },
    'certain refused-no-trace: title changed though every write was refused',
  ],
  [
    'a deletion is refused and done',
    'access',
    (asked, api) => (refused(asked) && method(asked) === 'DELETE' ? (api({ ...asked, credentials: main }), answered(401)) : undefined),
    'certain refused-no-trace: the refused deletion was done',
  ],
  [
    'what does not exist is answered',
    'invalid',
    (asked) => (method(asked) === 'GET' && idOf(asked) > 1000 ? answered(200, { id: 1, title: 'x', stars: 1 }) : undefined),
    'likely absent-not-found: id names nothing that exists, and the answer is 200',
  ],
  [
    'a declared media type is refused',
    'examples',
    (asked) => (method(asked) === 'PUT' ? answered(415) : undefined),
    'certain media-type-taken: a body in the declared application/json is refused for its media type',
  ],
];

test.each(rows)('where %s, %s tells', (_, phase, wrong, want) => {
  const broken = said(wrong, phase);
  expect(want === '' ? broken : [...new Set(broken.filter((line) => line.startsWith(want)).map(() => want))]).toEqual(
    want === '' ? [] : [want],
  );
});

describe('what declares no security', () => {
  const paths = isObject(notesDocument['paths']) ? notesDocument['paths'] : {};
  const open: JsonObject = { ...notesDocument, security: [], paths };

  test('is told when it asks for credentials', () => {
    expect([...new Set(said(() => undefined, 'access', open))]).toEqual([
      'likely security-declared: the operation asks for credentials that the document does not declare',
    ]);
  });

  test('is not accused when it asks for none', () => {
    expect(said((asked, api) => (refused(asked) ? api({ ...asked, credentials: main }) : undefined), 'access', open)).toEqual([]);
  });

  test('may show a stranger what it shows anybody', () => {
    const shown = (asked: Case, api: Api): Answer | undefined =>
      refused(asked) || method(asked) === 'GET' ? api({ ...asked, credentials: main }) : undefined;
    expect(said(shown, 'access', open)).toEqual([]);
  });
});

test('what asks for a client certificate alone is accused of nothing: the certificate belongs to the connection', () => {
  const components = isObject(notesDocument['components']) ? notesDocument['components'] : {};
  const certified: JsonObject = {
    ...notesDocument,
    security: [{ certificate: [] }],
    components: { ...components, securitySchemes: { certificate: { type: 'mutualTLS' } } },
  };
  const asMain = (asked: Case, api: Api): Answer | undefined =>
    asked.credentials.kind === 'identity' ? undefined : api({ ...asked, credentials: main });
  expect(said(asMain, 'access', certified)).toEqual([]);
  expect(said((asked) => (asked.credentials.kind === 'identity' ? undefined : answered(401)), 'access', certified)).toEqual([]);
});

test('a reader may search, though the criteria are posted', () => {
  const paths = isObject(notesDocument['paths']) ? notesDocument['paths'] : {};
  const search = (status: number): JsonObject => ({
    ...notesDocument,
    paths: { ...paths, '/notes/search': { post: { responses: { [status]: { description: '' } } } } },
  });
  const found = ({ request, credentials }: Case): Answer | undefined =>
    request.operation.path !== '/notes/search' ? undefined : answered(['main', 'identity'].includes(credentials.kind) ? 200 : 401);
  const told = (status: number): string[] => said(found, 'access', search(status)).filter((line) => line.includes('may only read'));
  expect(told(200)).toEqual([]);
  expect(told(201)).not.toEqual([]);
});
