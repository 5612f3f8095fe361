import { describe, expect, it } from 'vitest';
import { readHar } from '../../../../src/sources/har/read-har.ts';

const plain = {
  startedDateTime: '2026-11-25T10:00:00.000Z',
  time: 900,
  request: { method: 'GET', url: 'http://api.test/things', httpVersion: 'HTTP/1.1', headers: [], bodySize: 0 },
  response: {
    status: 200,
    headers: [{ name: 'content-type', value: 'application/json' }],
    content: { size: 2, mimeType: 'application/json', text: '{}' },
    bodySize: 2,
  },
  timings: { blocked: 600, send: 10, wait: 30, receive: 20 },
};

type Part = Readonly<Record<string, unknown>>;

/** The recording of one entry that differs from the plain one in these parts. */
/** A document that says nothing. */
const nothing = { document: {}, securitySchemes: new Map() };

function recording(request: Part, response: Part = {}, entry: Part = {}): ReturnType<typeof readHar> {
  const whole = { ...plain, ...entry, request: { ...plain.request, ...request }, response: { ...plain.response, ...response } };
  return readHar(JSON.stringify({ log: { version: '1.2', entries: [whole] } }), 'x.har', nothing);
}

const only = (...parts: Parameters<typeof recording>): ReturnType<typeof readHar>['exchanges'][number] => {
  const [exchange] = recording(...parts).exchanges;
  if (exchange === undefined) throw new Error('no exchange');
  return exchange;
};

const text = (bytes: Uint8Array | undefined): string | undefined => bytes && Buffer.from(bytes).toString();

describe('a recording', () => {
  it('gives exchanges with the time that the API took', () => {
    expect(only({})).toMatchObject({
      source: 'har',
      title: 'GET http://api.test/things',
      request: { method: 'GET', url: 'http://api.test/things', body: undefined },
      response: { status: 200, headers: [['content-type', 'application/json']] },
      fault: undefined,
      timing: { startedAt: Date.parse('2026-11-25T10:00:00Z'), headers: 40, total: 60 },
    });
    expect(text(only({}).response?.body)).toBe('{}');
  });

  it('may have a byte order mark, fragments in URLs and no timings', () => {
    const har = JSON.stringify({
      log: { entries: [{ ...plain, timings: {}, request: { method: 'GET', url: 'http://api.test/a?b=1#c' } }] },
    });
    expect(readHar(`\uFEFF${har}`, 'x.har', nothing).exchanges[0]).toMatchObject({
      request: { url: 'http://api.test/a?b=1' },
      timing: { total: 900 },
    });
  });

  it('leaves out the fields that only HTTP/2 has, and keeps repeated ones', () => {
    const headers = [':authority', ':path', 'accept', 'accept'].map((name, index) => ({ name, value: String(index) }));
    expect(only({ headers }).request.headers).toEqual([
      ['accept', '2'],
      ['accept', '3'],
    ]);
  });

  it.each([
    ['text', { mimeType: 'application/json', text: '{"a":1}' }, '{"a":1}'],
    ['our base64', { mimeType: 'application/octet-stream', text: 'AAH/', _encoding: 'base64' }, '\u0000\u0001\uFFFD'],
    ['form fields', { mimeType: 'application/x-www-form-urlencoded', text: '', params: [{ name: 'a', value: 'b c' }] }, 'a=b+c'],
  ])('holds a request body given as %s', (_, postData, want) => {
    const { request } = only({ method: 'POST', postData });
    expect([text(request.body), request.bodyLost, request.headers]).toEqual([want, undefined, [['Content-Type', postData.mimeType]]]);
  });

  it.each([
    ['parts of a form with files', { postData: { mimeType: 'multipart/form-data', params: [{ name: 'file', fileName: 'a' }] } }],
    ['a length alone', { bodySize: 12 }],
    ['an empty text with a length', { headers: [{ name: 'Content-Length', value: '9' }], postData: { mimeType: 'text/plain', text: '' } }],
  ])('knows that a request body is lost where it holds %s', (_, request) => {
    expect(only({ method: 'POST', ...request }).request.bodyLost).toBe(true);
  });

  it.each([
    ['base64', { size: 3, text: 'AAH/', encoding: 'base64' }, undefined, 3],
    ['a text, with the compressed size', { size: 2, text: '{"a": 1}' }, undefined, 8],
    ['nothing, and nothing came', { size: 0 }, undefined, 0],
    ['nothing of something', { size: 5000 }, true, 0],
    ['nothing, of unknown size', { size: -1 }, true, 0],
    ['the beginning', { size: 5000, text: '[{' }, true, 2],
  ])('holds a response body as %s', (_, content, lost, length) => {
    const { response } = only({}, { content, bodySize: -1 });
    expect([response?.bodyLost, response?.body.length]).toEqual([lost, length]);
  });

  it.each([
    [{ method: 'HEAD' }, { content: { size: 300 } }],
    [{}, { status: 204, content: { size: -1 } }],
    [{}, { status: 304, content: { size: 300 } }],
  ])('misses no body where there can be none: %j', (request, response) => {
    expect(only(request, response).response?.bodyLost).toBeUndefined();
  });

  it('takes the type of the content where no field was kept', () => {
    expect(only({}, { headers: [] }).response?.headers).toEqual([['Content-Type', 'application/json']]);
    expect(only({}, { headers: [{ name: 'date', value: 'now' }] }).response?.headers).toEqual([['date', 'now']]);
  });

  it.each([
    ['an answer from a cache', {}, {}, { _fromCache: 'disk' }, 'answered from a cache, not by the API'],
    ['no answer', {}, { status: 0, _error: 'net::ERR_ABORTED' }, {}, 'the recording holds no answer: net::ERR_ABORTED'],
    ['no URL', { url: 'about' }, {}, {}, 'the URL is none'],
  ])('tells of %s', (_, request, response, entry, reason) => {
    const { exchanges, unusable } = recording(request, response, entry);
    expect([exchanges, unusable.map((one) => one.reason)]).toEqual([[], [reason]]);
  });

  it.each([
    ['', /^x\.har: is not JSON/],
    ['[]', /^x\.har: is no HAR file/],
    ['{"log":{}}', /^x\.har#\/log: is no HAR log/],
    ['{"log":{"entries":[{}]}}', /^x\.har#\/log\/entries\/0: has no request/],
  ])('that is none is refused: %s', (har, message) => {
    expect(() => readHar(har, 'x.har', nothing)).toThrow(
      expect.objectContaining({ code: 'E_HAR', message: expect.stringMatching(message) as string }),
    );
  });
});

describe('credentials of a recording', () => {
  const token = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJtZSJ9.c2lnbmF0dXJl';

  it('are struck where they stand, and wherever they turn up again', () => {
    const first = { ...plain, request: { ...plain.request, url: `http://api.test/a?x=${token}` } };
    const second = {
      ...plain,
      request: {
        ...plain.request,
        method: 'POST',
        url: 'http://api.test/b?access_token=short&page=1',
        headers: [
          { name: 'Authorization', value: `Bearer ${token}` },
          { name: 'Cookie', value: 'sid=0123456789abcdef; theme=dark' },
          { name: 'X-Api-Key', value: 'my-own-key' },
        ],
        postData: { mimeType: 'application/x-www-form-urlencoded', text: 'client_secret=hush-hush&x=1' },
      },
      response: {
        ...plain.response,
        headers: [{ name: 'Set-Cookie', value: 'sid=fedcba9876543210; Path=/' }],
        content: { size: 1, text: JSON.stringify({ access_token: 'opaque/token', said: 'hush-hush 0123456789abcdef', theme: 'dark' }) },
      },
    };
    const recorded = readHar(JSON.stringify({ log: { entries: [first, second] } }), 'x.har', nothing).exchanges;
    const [, exchange] = recorded;
    expect(recorded[0]?.request.url).toBe('http://api.test/a?x=‹secret›');
    expect(exchange?.request.url).toBe('http://api.test/b?access_token=‹secret›&page=1');
    expect(exchange?.request.headers).toEqual([
      ['Authorization', 'Bearer ‹token›'],
      ['Cookie', 'sid=‹secret›; theme=‹secret›'],
      ['X-Api-Key', '‹secret›'],
      ['Content-Type', 'application/x-www-form-urlencoded'],
    ]);
    expect(text(exchange?.request.body)).toBe('client_secret=*********&x=1');
    expect(exchange?.response?.headers).toEqual([['Set-Cookie', 'sid=‹secret›; Path=/']]);
    expect(text(exchange?.response?.body)).toContain('"said":"********* ****************","theme":"dark"');
  });
});
