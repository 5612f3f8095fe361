import { describe, expect, test } from 'vitest';
import type { ParameterValue } from '../../../src/cases/case.ts';
import type { Json } from '../../../src/lib/json.ts';
import { buildRequest, whyUnsendable } from '../../../src/requests/build.ts';
import type { Parameter } from '../../../src/spec/contract.ts';
import { mediaType, operation, parameter } from './operation.ts';

const base = 'http://127.0.0.1:8000/api';
const object = { role: 'admin', firstName: 'Alex' };
const array = [3, 4, 5];

/** The URL below the base that a value of one parameter gives. */
function urlOf(declared: Parameter, value: Json, raw?: string): string {
  const given: ParameterValue = { name: declared.name, in: declared.in, value, ...(raw === undefined ? {} : { raw }) };
  const path = declared.in === 'path' ? `/users/{${declared.name}}/end` : '/users';
  return buildRequest({ operation: operation({ path, parameters: [declared] }), parameters: [given] }, base).url.slice(base.length);
}

function headersOf(parameters: readonly Parameter[], values: readonly ParameterValue[]): Record<string, string> {
  return Object.fromEntries(buildRequest({ operation: operation({ parameters }), parameters: values }, base).headers);
}

describe('path parameters', () => {
  test.each<[style: Parameter['style'], explode: boolean, value: Json, want: string]>([
    ['simple', false, 5, '5'],
    ['simple', false, array, '3,4,5'],
    ['simple', false, object, 'role,admin,firstName,Alex'],
    ['simple', true, array, '3,4,5'],
    ['simple', true, object, 'role=admin,firstName=Alex'],
    ['label', false, 5, '.5'],
    ['label', false, array, '.3,4,5'],
    ['label', false, object, '.role,admin,firstName,Alex'],
    ['label', true, array, '.3.4.5'],
    ['label', true, object, '.role=admin.firstName=Alex'],
    ['matrix', false, 5, ';id=5'],
    ['matrix', false, '', ';id'],
    ['matrix', false, array, ';id=3,4,5'],
    ['matrix', false, object, ';id=role,admin,firstName,Alex'],
    ['matrix', true, array, ';id=3;id=4;id=5'],
    ['matrix', true, object, ';role=admin;firstName=Alex'],
    ['simple', false, 'a/b?c#d%e f', 'a%2Fb%3Fc%23d%25e%20f'],
    ['simple', false, "ü!'()*,;=&+\ud800", '%C3%BC%21%27%28%29%2A%2C%3B%3D%26%2B%EF%BF%BD'],
    ['simple', false, ['a,b', 'c'], 'a%2Cb,c'],
    ['simple', false, '..', '%2E%2E'],
    ['simple', false, '.', '%2E'],
    ['simple', false, 1e21, '1000000000000000000000'],
    ['simple', false, null, 'null'],
    ['simple', false, [[1, 2]], '%5B1%2C2%5D'],
  ])('%s, explode %s: %j becomes %s', (style, explode, value, want) => {
    expect(urlOf(parameter({ name: 'id', in: 'path', style, explode }), value)).toBe(`/users/${want}/end`);
  });

  test.each([
    ['abc', 'abc'],
    ['a%2Fb', 'a%2Fb'],
    ['100%', '100%25'],
    ['a/b?c#d e', 'a%2Fb%3Fc%23d%20e'],
    ["!$&'()*+,;=:@", "!$&'()*+,;=:@"],
    ['..', '%2E%2E'],
  ])('raw %j goes as it stands where a segment can hold it: %s', (raw, want) => {
    expect(urlOf(parameter({ name: 'id', in: 'path' }), null, raw)).toBe(`/users/${want}/end`);
  });

  test('content is serialised as its media type says, then encoded', () => {
    expect(urlOf(parameter({ name: 'id', in: 'path', mediaType: mediaType('application/json') }), { a: 1 })).toBe(
      '/users/%7B%22a%22%3A1%7D/end',
    );
  });

  test('several in one segment, and literal parts that a URL cannot hold, are filled in', () => {
    const plan = {
      operation: operation({ path: '/a b/{x}.{y}/ü%20/' }),
      parameters: [
        { name: 'x', in: 'path', value: 1 },
        { name: 'y', in: 'path', value: 'json' },
      ] as const,
    };
    expect(buildRequest(plan, `${base}/`).url).toBe(`${base}/a%20b/1.json/%C3%BC%20/`);
  });

  test.each<{ path: string; parameters: ParameterValue[]; why: string | undefined }>([
    {
      path: '/users/{id}',
      parameters: [{ name: 'id', in: 'path', value: '' }],
      why: 'path parameter {id} is empty, so the request would reach another operation',
    },
    {
      path: '/users/{id}/end',
      parameters: [{ name: 'id', in: 'path', value: [] }],
      why: 'path parameter {id} is empty, so the request would reach another operation',
    },
    {
      path: '/users/{id}',
      parameters: [{ name: 'id', in: 'path', value: 1, raw: '' }],
      why: 'path parameter {id} is empty, so the request would reach another operation',
    },
    { path: '/users/{id}', parameters: [], why: 'path parameter {id} has no value' },
    { path: '/users/{id}.json', parameters: [{ name: 'id', in: 'query', value: 1 }], why: 'path parameter {id} has no value' },
    { path: '/users/{id}.json', parameters: [{ name: 'id', in: 'path', value: '' }], why: undefined },
    { path: '/users/', parameters: [], why: undefined },
  ])('a plan for $path with $parameters is unsendable because $why', ({ path, parameters, why }) => {
    const plan = { operation: operation({ path }), parameters };
    expect(whyUnsendable(plan)).toBe(why);
    if (why === undefined) expect(buildRequest(plan, base).method).toBe('GET');
    else expect(() => buildRequest(plan, base)).toThrow(new RangeError(`GET ${path}: ${why}`));
  });
});

describe('query parameters', () => {
  test.each<[style: Parameter['style'], explode: boolean, value: Json, want: string]>([
    ['form', true, 5, '?id=5'],
    ['form', true, '', '?id='],
    ['form', true, false, '?id=false'],
    ['form', true, array, '?id=3&id=4&id=5'],
    ['form', false, array, '?id=3,4,5'],
    ['form', true, object, '?role=admin&firstName=Alex'],
    ['form', false, object, '?id=role,admin,firstName,Alex'],
    ['spaceDelimited', false, array, '?id=3%204%205'],
    ['spaceDelimited', false, object, '?id=role%20admin%20firstName%20Alex'],
    ['spaceDelimited', true, array, '?id=3&id=4&id=5'],
    ['pipeDelimited', false, array, '?id=3%7C4%7C5'],
    ['pipeDelimited', false, object, '?id=role%7Cadmin%7CfirstName%7CAlex'],
    ['deepObject', true, object, '?id%5Brole%5D=admin&id%5BfirstName%5D=Alex'],
    ['deepObject', true, { a: { b: [1, 2] } }, '?id%5Ba%5D%5Bb%5D=1&id%5Ba%5D%5Bb%5D=2'],
    ['form', true, null, ''],
    ['form', true, [], ''],
    ['form', false, [], ''],
    ['form', true, {}, ''],
    ['form', true, { a: null, b: 1 }, '?b=1'],
    ['form', true, 'a&b=c+d e', '?id=a%26b%3Dc%2Bd%20e'],
  ])('%s, explode %s: %j becomes %s', (style, explode, value, want) => {
    expect(urlOf(parameter({ name: 'id', in: 'query', style, explode }), value)).toBe(`/users${want}`);
  });

  test('reserved characters stay where the document allows them, but for those that would end the parameter', () => {
    const declared = parameter({ name: 'filter[x]', in: 'query', allowReserved: true });
    expect(urlOf(declared, "a/b?c:d@e!$'()*,;=f&g#h[i]+j%41%")).toBe("/users?filter%5Bx%5D=a/b?c:d@e!$'()*,;=f%26g%23h%5Bi%5D%2Bj%41%25");
  });

  test('raw goes as it stands where a query can hold it', () => {
    expect(urlOf(parameter({ name: 'id', in: 'query' }), null, 'a+b%20c&d#e f[]')).toBe('/users?id=a+b%20c%26d%23e%20f%5B%5D');
  });

  test('content is serialised as its media type says, then encoded', () => {
    const json = parameter({ name: 'q', in: 'query', mediaType: mediaType('application/vnd.x+json') });
    const text = parameter({ name: 'q', in: 'query', mediaType: mediaType('text/plain') });
    expect([urlOf(json, 'a'), urlOf(text, 'a b')]).toEqual(['/users?q=%22a%22', '/users?q=a%20b']);
  });

  test('a querystring parameter is the whole query', () => {
    const form = parameter({ name: 'all', in: 'querystring', mediaType: mediaType('application/x-www-form-urlencoded') });
    const json = parameter({ name: 'all', in: 'querystring', mediaType: mediaType('application/json') });
    expect([urlOf(form, { a: 'x y', b: [1, 2] }), urlOf(json, { a: 1 })]).toEqual(['/users?a=x+y&b=1&b=2', '/users?%7B%22a%22%3A1%7D']);
  });

  test('what the document does not declare is sent in the default style', () => {
    const plan = { operation: operation(), parameters: [{ name: 'extra', in: 'query', value: [1, 2] }] as const };
    expect(buildRequest(plan, base).url).toBe(`${base}/things?extra=1&extra=2`);
  });
});

test('header parameters are written plainly, cookies encoded; what is null is not sent', () => {
  const parameters = [
    parameter({ name: 'X-List', in: 'header' }),
    parameter({ name: 'X-Map', in: 'header', explode: true }),
    parameter({ name: 'session', in: 'cookie' }),
    parameter({ name: 'list', in: 'cookie' }),
  ];
  const values: ParameterValue[] = [
    { name: 'x-list', in: 'header', value: ['a b', 'c/ü'] },
    { name: 'X-Map', in: 'header', value: { a: 1, b: 2 } },
    { name: 'X-None', in: 'header', value: null },
    { name: 'X-Raw', in: 'header', value: 1, raw: 'line\nbreak\u0000' },
    { name: 'session', in: 'cookie', value: 'a;b' },
    { name: 'list', in: 'cookie', value: [1, 2] },
    { name: 'raw', in: 'cookie', value: 1, raw: 'x y%20"' },
  ];
  expect(headersOf(parameters, values)).toEqual({
    Accept: '*/*',
    'x-list': 'a b,c/ü',
    'X-Map': 'a=1,b=2',
    'X-Raw': 'line%0Abreak%00',
    Cookie: 'session=a%3Bb; list=1; list=2; raw=x%20y%20%22',
  });
});

test('accepts what the operation declares, and anything else rather than nothing', () => {
  const response = (status: string, ...types: string[]) => ({
    status,
    content: types.map((type) => mediaType(type)),
    headers: [],
    links: {},
    pointer: '',
  });
  const accept = (...responses: ReturnType<typeof response>[]): unknown =>
    buildRequest({ operation: operation({ responses }), parameters: [] }, base).headers.find(([name]) => name === 'Accept')?.[1];
  expect([
    accept(),
    accept(response('200', 'application/json', 'text/csv'), response('422', 'application/json')),
    accept(response('200', '*/*')),
  ]).toEqual(['*/*', 'application/json, text/csv, */*;q=0.1', '*/*']);
});

test('own fields of a plan replace those of the same name, and its method the operation’s', () => {
  const plan = {
    operation: operation({ method: 'POST' }),
    method: 'PATCH',
    parameters: [],
    body: { mediaType: 'application/json', value: {} },
    headers: [
      ['content-type', 'text/plain'],
      ['Accept', 'image/png'],
    ] as const,
  };
  expect(buildRequest(plan, base)).toMatchObject({
    method: 'PATCH',
    headers: [
      ['content-type', 'text/plain'],
      ['Accept', 'image/png'],
    ],
  });
});

test('a raw path goes as it stands, broken escapes and all, before the query', () => {
  const declared = parameter({ name: 'id', in: 'path' });
  const plan = {
    operation: operation({ path: '/users/{id}', parameters: [declared] }),
    rawPath: '/%75sers/%zz/',
    parameters: [
      { name: 'id', in: 'path', value: 1 },
      { name: 'q', in: 'query', value: 'a b' },
    ] satisfies ParameterValue[],
  };
  expect(buildRequest(plan, `${base}/`).url).toBe(`${base}/%75sers/%zz/?q=a%20b`);
});
