import { expect, test } from 'vitest';
import type { Answer, Case } from '../../../src/cases/case.ts';
import { planScenarios } from '../../../src/cases/plan-scenarios.ts';
import { isObject, type JsonObject } from '../../../src/lib/json.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { answered, converse } from '../../support/converse.ts';
import { createNotesApi, notesDocument } from '../../support/apis/notes.ts';
import { planOptions } from '../../support/plan-options.ts';

/** The notes, with 406 and 415 declared wherever they may come. */
const document = structuredClone(notesDocument) as Record<string, never> & JsonObject;
for (const item of Object.values(isObject(document['paths']) ? document['paths'] : {})) {
  for (const operation of Object.values(isObject(item) ? item : {})) {
    const responses = isObject(operation) ? operation['responses'] : undefined;
    if (isObject(responses)) Object.assign(responses, { 406: { description: '' }, 415: { description: '' } });
  }
}
const contract = createContract(document);

/** A lie about HTTP: what comes instead of the good answer; undefined where it tells the truth. */
type Lie = (request: Case['request'], good: Answer) => Answer | undefined;

/** The notes API with content types, lengths and 406. */
function createApi(lie?: Lie): (planned: Case) => Answer {
  const notes = createNotesApi();
  return (planned) => {
    const good = described(planned, notes(planned));
    return lie?.(planned.request, good) ?? good;
  };
}

function described({ request }: Case, answer: Answer): Answer {
  if (answer.json === undefined || (answer.status ?? 0) >= 400) return answer;
  const accept = fieldOf(request, 'Accept') ?? '*/*';
  if (!['*/*', 'application/*'].includes(accept)) return answered(406);
  return withFields(answer, {
    'content-type': 'application/json',
    'content-length': String(answer.bytes.length),
    etag: `"${answer.bytes.length}"`,
  });
}

function withFields(answer: Answer, fields: Readonly<Record<string, string>>): Answer {
  const added = new Map(Object.entries(fields));
  const { headers } = answer;
  return {
    ...answer,
    headers: { get: (name) => added.get(name) ?? headers.get(name), has: (name) => added.has(name) || headers.has(name) },
  };
}

function fieldOf({ headers }: Case['request'], name: string): string | undefined {
  return headers?.find(([field]) => field === name)?.[1];
}

const isHead = ({ method }: Case['request']): boolean => method === 'HEAD';
const isGet = ({ operation, method }: Case['request']): boolean => (method ?? operation.method) === 'GET';
const text = ({ body }: Case['request']): string | undefined => body?.raw && new TextDecoder().decode(body.raw);

function talk(lie?: Lie, seed = 1, safeOnly = false): ReturnType<typeof converse>[] {
  const scenarios = planScenarios(contract, {
    phases: new Set(['invalid', 'protocol']),
    seed,
    safeOnly,
    readers: [],
    peers: [],
    strangers: [],
    authenticated: true,
  });
  return scenarios.map((scenario) => converse(scenario, createApi(lie)));
}

test('an API that speaks HTTP breaks nothing, and keeps every promise that is asked for', () => {
  const talks = [1, 2, 3].flatMap((seed) => talk(undefined, seed));
  expect(talks.flatMap(({ broken }) => broken)).toEqual([]);
  const kept = new Set(talks.flatMap(({ said }) => said));
  const asked = [
    'method-refused',
    'head-agrees',
    'accept-respected',
    'media-type-refused',
    'invalid-refused',
    'escapes-equal',
    'no-server-error',
  ];
  expect(asked.filter((check) => !kept.has(`${check}: kept`))).toEqual([]);
});

const lies: readonly (readonly [what: string, want: string, lie: Lie])[] = [
  [
    '405 without Allow',
    'certain method-refused: 405 for PUT on /notes came without Allow',
    ({ method }) => (method === 'PUT' ? answered(405) : undefined),
  ],
  [
    'Allow that names what is refused',
    'certain method-refused: Allow of /notes names PUT, which was just refused',
    ({ method }) => (method === 'PUT' ? answered(405, undefined, { allow: 'GET, POST, PUT' }) : undefined),
  ],
  [
    'Allow that forgets a method',
    'certain method-refused: Allow of /notes leaves out POST',
    ({ method }) => (method === 'PUT' ? answered(405, undefined, { allow: 'get' }) : undefined),
  ],
  [
    'Allow that forgets a method, in answer to OPTIONS',
    'likely method-refused: Allow of /notes leaves out POST',
    ({ method }) => (method === 'OPTIONS' ? answered(204, undefined, { allow: 'GET' }) : undefined),
  ],
  [
    '404 for a method',
    'likely method-refused: PUT on /notes is answered with 404, though a GET of it was just answered with 200',
    ({ method }) => (method === 'PUT' ? answered(404) : undefined),
  ],
  [
    'TRACE that is served',
    'certain method-refused: the undeclared method TRACE on /notes is answered with 200',
    ({ method }) => (method === 'TRACE' ? answered(200) : undefined),
  ],
  [
    'OPTIONS that crashes',
    'certain no-server-error: 500 for the undeclared method OPTIONS on /notes',
    ({ method }) => (method === 'OPTIONS' ? answered(500) : undefined),
  ],
  [
    'HEAD of another status',
    'certain head-agrees: GET is answered with 200, HEAD with 404',
    (request) => (isHead(request) ? answered(404) : undefined),
  ],
  [
    'HEAD that is refused',
    'likely head-agrees: HEAD of /notes is answered with 405, though GET is served',
    (request) => (isHead(request) ? answered(405) : undefined),
  ],
  [
    'HEAD of another type',
    'certain head-agrees: GET has Content-Type application/json, HEAD text/html',
    (request, good) => (isHead(request) ? withFields(good, { 'content-type': 'text/html' }) : undefined),
  ],
  [
    'HEAD of another length',
    'certain head-agrees: GET has content-length 22, HEAD 2',
    (request, good) => (isHead(request) ? withFields(good, { 'content-length': '2' }) : undefined),
  ],
  [
    'HEAD of another tag',
    'certain head-agrees: GET has etag "22", HEAD "x"',
    (request, good) => (isHead(request) ? withFields(good, { etag: '"x"' }) : undefined),
  ],
  [
    'Accept that is passed over',
    'certain accept-respected: Accept is image/gif, and application/json came instead of the declared 406',
    (request) =>
      fieldOf(request, 'Accept') === 'image/gif' ? withFields(answered(200, {}), { 'content-type': 'application/json' }) : undefined,
  ],
  [
    'a range that is refused',
    'certain accept-respected: Accept: application/* is refused with 406',
    (request) => (fieldOf(request, 'Accept') === 'application/*' ? answered(406) : undefined),
  ],
  [
    'a range under which something else is asked for',
    'likely accept-respected: Accept: application/* is refused with 400',
    (request) => (fieldOf(request, 'Accept') === 'application/*' ? answered(400) : undefined),
  ],
  [
    'escapes that are not understood',
    'unsure escapes-equal: with its letters percent-encoded, the path is answered with 404',
    ({ rawPath }) => (rawPath?.startsWith('/%6E%6F%74%65%73') ? answered(404) : undefined),
  ],
  [
    'a trailing slash that crashes',
    'certain no-server-error: 500 for a trailing slash on /notes',
    ({ rawPath }) => (rawPath === '/notes/' ? answered(500) : undefined),
  ],
  [
    'truncated JSON that is taken',
    'certain invalid-refused: invalid data is accepted: JSON that ends too early',
    (request) => (text(request)?.startsWith('{') && !text(request)?.endsWith('}') ? answered(200) : undefined),
  ],
  [
    'text that is taken for JSON',
    'certain invalid-refused: invalid data is accepted: plain text in place of JSON',
    (request) => (text(request)?.startsWith('no') ? answered(200) : undefined),
  ],
  [
    'a comma too many',
    'likely invalid-refused: invalid data is accepted: JSON with a comma too many',
    (request) => (text(request)?.endsWith(',}') ? answered(200) : undefined),
  ],
  [
    'an empty body that is taken',
    'certain invalid-refused: invalid data is accepted: an empty body',
    (request) => (text(request) === '' ? answered(200) : undefined),
  ],
  [
    'bytes that are not UTF-8',
    'likely invalid-refused: invalid data is accepted: text that is not UTF-8',
    ({ body }) => (body?.raw?.includes(0xff) ? answered(200) : undefined),
  ],
  [
    'another charset',
    'certain media-type-refused: a body in ISO 8859-1 is accepted, and title is read as "sp\uFFFD\uFFFD"',
    (request) => (fieldOf(request, 'Content-Type')?.includes('iso-8859-1') ? answered(200, { title: 'sp\uFFFD\uFFFD' }) : undefined),
  ],
];

test.each(lies)('%s is told', (_, want, lie) => {
  expect(talk(lie).flatMap(({ broken }) => broken)).toContain(want);
});

test('lists that change between a HEAD and its GET accuse nobody', () => {
  let length = 0;
  const growing: Lie = (request, good) =>
    isGet(request) || isHead(request) ? withFields(good, { 'content-length': String((length += 1)) }) : undefined;
  expect(talk(growing).flatMap(({ broken }) => broken)).toEqual([]);
});

test('content that is never the same twice is no measure for the length that HEAD tells', () => {
  let asked = 0;
  const restless: Lie = (request, good) => {
    if (isHead(request)) return withFields(good, { 'content-length': String(good.bytes.length - 1) });
    return isGet(request) && good.status === 200 ? { ...good, bytes: good.bytes.with(0, (asked += 1)) } : undefined;
  };
  expect(talk(restless).flatMap(({ broken }) => broken)).toEqual([]);
});

test('a parser that takes a comma too many and a server that answers OPTIONS are not accused for sure', () => {
  const lenient: Lie = (request) => (text(request)?.endsWith(',}') || request.method === 'OPTIONS' ? answered(204) : undefined);
  expect(
    talk(lenient)
      .flatMap(({ broken }) => broken)
      .filter((line) => line.startsWith('certain')),
  ).toEqual([]);
});

test('sends the bodies of every declared operation wrong in the same ways', () => {
  const titles = (id: string): string[] =>
    talk().flatMap(({ sent }) =>
      sent.filter(({ request, intent }) => request.operation.id === id && request.body && intent === 'probe').map(({ title }) => title),
    );
  expect(titles('PUT /notes/{id}').filter((title) => !title.startsWith('id: '))).toEqual([
    'JSON nested 5,000 levels deep',
    'a Content-Type that is no media type',
    'title: the NUL character',
    'text that is not UTF-8',
    'a body of the undeclared type text/plain',
    'the body as APPLICATION/JSON; charset=utf-8',
    'a charset other than UTF-8',
    'JSON that ends too early',
    'plain text in place of JSON',
    'JSON with a comma too many',
    'an empty body',
  ]);
});

test('changes nothing when told to be safe', () => {
  const sent = talk(undefined, 1, true).flatMap((one) => one.sent);
  expect([...new Set(sent.map(({ request }) => request.method ?? request.operation.method))].toSorted()).toEqual([
    'GET',
    'HEAD',
    'OPTIONS',
    'TRACE',
  ]);
});

const list = {
  get: { parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1 } }], responses: { 200: { description: '' } } },
};
const lists = createContract({ openapi: '3.1.0', info: { title: 'Lists', version: '1' }, paths: { '/a': list, '/b': list, '/c': list } });

/** What is said of three lists of which the named ones take a parameter twice. */
function repeated(...taking: readonly string[]): string[] {
  const scenarios = planScenarios(lists, {
    phases: new Set(['invalid', 'protocol']),
    ...planOptions,
    authenticated: false,
  });
  const twice = ({ parameters }: Case['request']): boolean => parameters.filter(({ name }) => name === 'limit').length > 1;
  const api = ({ request }: Case): Answer => answered(twice(request) && !taking.includes(request.operation.path) ? 422 : 200);
  return scenarios.filter(({ title }) => title === 'parameters that come twice').flatMap((scenario) => converse(scenario, api).broken);
}

test('a parameter that comes twice is held against the one list that takes it, when the others do not', () => {
  expect(repeated('/c')).toEqual(['likely invalid-refused: invalid data is accepted: limit twice']);
  expect(repeated('/b', '/c')).toEqual([]);
  expect(repeated('/a', '/b', '/c')).toEqual([]);
});
