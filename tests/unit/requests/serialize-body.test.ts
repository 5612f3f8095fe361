import { expect, test } from 'vitest';
import type { BodyValue } from '../../../src/cases/case.ts';
import type { Json } from '../../../src/lib/json.ts';
import { wholeFile } from '../../../src/lib/whole-file.ts';
import { buildRequest } from '../../../src/requests/build.ts';
import type { MediaType } from '../../../src/spec/contract.ts';
import { contract, mediaType, operation } from './operation.ts';

const base = 'http://127.0.0.1:8000/api';

function sent(body: BodyValue, declared?: MediaType, document = {}): { type: string | undefined; text: string } {
  const content = declared === undefined ? [] : [declared];
  const plan = { operation: operation({ method: 'POST', requestBody: { required: true, content, pointer: '' } }), parameters: [], body };
  const request = buildRequest(plan, base, contract({ document }));
  return { type: request.headers.find(([name]) => name === 'Content-Type')?.[1], text: Buffer.from(request.body ?? []).toString() };
}

test.each<[mediaType: string, value: Json, type: string, text: string]>([
  ['application/json', { a: 'ü' }, 'application/json', '{"a":"ü"}'],
  ['application/problem+json; charset=utf-8', [1], 'application/problem+json; charset=utf-8', '[1]'],
  ['application/json', 'text', 'application/json', '"text"'],
  ['application/*', null, 'application/json', 'null'],
  ['text/plain', 'ü', 'text/plain', 'ü'],
  ['text/*', 5, 'text/plain', '5'],
  ['application/octet-stream', 'bytes ü', 'application/octet-stream', 'bytes ü'],
  ['audio/*', 'song', 'audio/mpeg', 'song'],
  ['application/x-ndjson', [{ a: 1 }, 2], 'application/x-ndjson', '{"a":1}\n2\n'],
  [
    'application/x-www-form-urlencoded',
    { a: 'x y+z', b: [1, 2], c: { d: 1 }, e: null, f: true },
    'application/x-www-form-urlencoded',
    'a=x+y%2Bz&b=1&b=2&c=%7B%22d%22%3A1%7D&f=true',
  ],
  ['application/x-www-form-urlencoded', 'no object', 'application/x-www-form-urlencoded', 'no object'],
  ['multipart/form-data', [1], 'multipart/form-data', '[1]'],
])('%s of %j', (type, value, wantType, text) => {
  expect(sent({ mediaType: type, value })).toEqual({ type: wantType, text });
});

test.each(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'application/pdf', 'image/*'])(
  'what is sent as %s begins with a whole file of that type, but what is empty',
  (type) => {
    const file = Buffer.from(wholeFile(type) ?? []).toString();
    expect(file).not.toBe('');
    expect(sent({ mediaType: type, value: 'x' }).text).toBe(`${file}x`);
    expect(sent({ mediaType: type, value: '' }).text).toBe('');
  },
);

test('content that is longer than a whole file keeps its length', () => {
  const { text } = sent({ mediaType: 'image/gif', value: 'x'.repeat(100) });
  expect([text.length, text.startsWith('GIF87a'), text.endsWith('x'.repeat(50))]).toEqual([100, true, true]);
});

test('raw bytes go as they stand, and no value is an empty body', () => {
  expect(sent({ mediaType: 'application/json', raw: Buffer.from('{"a":') })).toEqual({ type: 'application/json', text: '{"a":' });
  expect(sent({ mediaType: 'application/json' })).toEqual({ type: 'application/json', text: '' });
});

test('a form follows its encodings', () => {
  const encoding = {
    list: { style: 'pipeDelimited' },
    map: { style: 'deepObject', explode: true },
    plain: { allowReserved: true },
    json: { contentType: 'application/json' },
    flat: { explode: false },
  };
  const value = { list: [1, 2], map: { a: 1 }, plain: 'a/b c', json: [1], flat: ['x', 'y'] };
  const type = 'application/x-www-form-urlencoded';
  expect(sent({ mediaType: type, value }, mediaType(type, { encoding })).text).toBe(
    'list=1%7C2&map%5Ba%5D=1&plain=a/b%20c&json=%5B1%5D&flat=x,y',
  );
});

test('the parts of a multipart form are files where the schema or the encoding says so', () => {
  const type = 'multipart/form-data';
  const document = {
    Form: {
      allOf: [
        {
          properties: {
            upload: { type: 'string', contentMediaType: 'application/octet-stream' },
            old: { $ref: '#/Binary' },
            many: { type: 'array', items: { anyOf: [{ type: 'string', format: 'binary' }, { type: 'null' }] } },
            script: { type: 'string', contentMediaType: 'text/x-python' },
            encoded: { type: 'string', contentMediaType: 'image/png', contentEncoding: 'base64' },
          },
        },
      ],
    },
    Binary: { type: 'string', format: 'binary' },
  };
  const value = {
    upload: 'bytes',
    old: 'o',
    many: ['m', null],
    script: 'print()',
    encoded: 'aGk=',
    photo: 'p',
    name: 'a"b\r\n',
    count: 3,
    map: { a: 1 },
    none: null,
  };
  const encoding = { photo: { contentType: 'image/*, image/png' }, name: { contentType: 'text/plain; charset=utf-8' } };
  const { type: contentType, text } = sent({ mediaType: type, value }, mediaType(type, { schema: { $ref: '#/Form' }, encoding }), document);
  expect(contentType).toBe('multipart/form-data; boundary=specproof-part-1');
  const parts = text.split('--specproof-part-1').map((part) => part.replace(/^\r\nContent-Disposition: form-data; |\r\n$/g, ''));
  expect(parts).toEqual([
    '',
    'name="upload"; filename="upload.bin"\r\nContent-Type: application/octet-stream\r\n\r\nbytes',
    'name="old"; filename="old.bin"\r\nContent-Type: application/octet-stream\r\n\r\no',
    'name="many"; filename="many.bin"\r\nContent-Type: application/octet-stream\r\n\r\nm',
    'name="script"; filename="script.txt"\r\nContent-Type: text/x-python\r\n\r\nprint()',
    'name="encoded"\r\n\r\naGk=',
    `name="photo"; filename="photo.png"\r\nContent-Type: image/png\r\n\r\n${Buffer.from(wholeFile('image/png') ?? []).toString()}p`,
    'name="name"\r\nContent-Type: text/plain; charset=utf-8\r\n\r\na"b\r\n',
    'name="count"\r\n\r\n3',
    'name="map"\r\nContent-Type: application/json\r\n\r\n{"a":1}',
    '--',
  ]);
});

test('a multipart boundary is never part of the content', () => {
  const { type, text } = sent({ mediaType: 'multipart/form-data', value: { a: '--specproof-part-1--' } });
  expect(type).toBe('multipart/form-data; boundary=specproof-part-2');
  expect(text).toBe(
    '--specproof-part-2\r\nContent-Disposition: form-data; name="a"\r\n\r\n--specproof-part-1--\r\n--specproof-part-2--\r\n',
  );
});
