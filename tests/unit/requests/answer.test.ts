import { expect, test } from 'vitest';
import { answerOf, parsedBody } from '../../../src/requests/answer.ts';
import type { Exchange, Fault, ReceivedResponse } from '../../../src/requests/exchange.ts';

function response(body: Uint8Array | string, type?: string): ReceivedResponse {
  return { status: 200, headers: type === undefined ? [] : [['Content-Type', type]], body: Buffer.from(body) };
}

function exchange(came: ReceivedResponse | undefined, fault?: Fault): Exchange {
  return {
    id: 'x',
    source: 'generated',
    title: '',
    identity: undefined,
    request: { method: 'GET', url: 'http://h/things', headers: [], body: undefined },
    response: came,
    fault,
    timing: { startedAt: 0, headers: undefined, total: 0 },
  };
}

const plain = { duplicate: undefined, numbers: new Map() };

test.each([
  ['{"a":[1,"ü"]}', { kind: 'json', value: { a: [1, 'ü'] }, details: plain }],
  ['null', { kind: 'json', value: null, details: plain }],
  ['', { kind: 'empty' }],
  [' ', { kind: 'not-json', reason: expect.stringMatching(/^is no JSON: /) }],
  ['{"a":', { kind: 'not-json', reason: expect.stringMatching(/^is no JSON: /) }],
  ['{"a":1}{', { kind: 'not-json', reason: expect.stringMatching(/^is no JSON: /) }],
  ['\ufeff{}', { kind: 'not-json', reason: 'begins with a byte order mark' }],
  [Buffer.from([0x22, 0xff, 0x22]), { kind: 'not-json', reason: 'is not UTF-8' }],
])('the body %j is %j', (body, want) => {
  expect(parsedBody(response(body))).toEqual(want);
});

test('is parsed once', () => {
  const came = response('{"a":1}', 'application/json');
  expect(parsedBody(came)).toBe(parsedBody(came));
  const one = exchange(came);
  expect(answerOf(one).json).toBe(answerOf(one).json);
});

test.each([
  ['application/json', { a: 1 }],
  ['application/problem+json; charset=utf-8', { a: 1 }],
  [undefined, { a: 1 }],
  ['text/plain', undefined],
])('a body of type %s gives %j', (type, json) => {
  expect(answerOf(exchange(response('{"a":1}', type))).json).toEqual(json);
});

test('fields are found by lower-case name, repeated ones joined', () => {
  const came = {
    ...response('x'),
    headers: [
      ['X-A', '1'],
      ['Location', '/y'],
      ['x-a', '2'],
    ] as const,
  };
  const answer = answerOf(exchange(came));
  expect([answer.headers.get('x-a'), answer.headers.get('location'), answer.headers.get('x-b')]).toEqual(['1, 2', '/y', undefined]);
  expect([answer.headers.has('x-a'), answer.headers.has('x-b')]).toEqual([true, false]);
  expect([answer.status, answer.url, Buffer.from(answer.bytes).toString()]).toEqual([200, 'http://h/things', 'x']);
});

test('what was cut short or never came has no status and no JSON', () => {
  const cut = answerOf(exchange(response('{}', 'application/json'), { kind: 'cut-short', message: '' }));
  const none = answerOf(exchange(undefined, { kind: 'refused', message: '' }));
  expect([cut.status, cut.json, cut.bytes.length]).toEqual([undefined, undefined, 2]);
  expect([none.status, none.json, none.bytes.length, none.headers.has('x-a')]).toEqual([undefined, undefined, 0, false]);
});
