import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import draft06 from 'ajv/dist/refs/json-schema-draft-06.json' with { type: 'json' };
import { describe, expect, it } from 'vitest';
import { harClosing, harEntry, harOpening } from '../../../src/report/render-har.ts';
import type { Exchange } from '../../../src/requests/exchange.ts';
import { readHar } from '../../../src/sources/har/read-har.ts';
import type { Verdict } from '../../../src/verdicts/verdict.ts';

const ajv = new Ajv({ strict: false });
addFormats.default(ajv);
ajv.addMetaSchema(draft06);
const harSchemas = createRequire(import.meta.url)('har-schema') as Readonly<Record<string, object>>;
for (const schema of Object.values(harSchemas)) ajv.addSchema(schema);

/** A document that says nothing. */
const nothing = { document: {}, securitySchemes: new Map() };

const plain: Exchange = {
  id: '1',
  source: 'proxy',
  title: 'GET http://api.test/things',
  identity: undefined,
  request: { method: 'GET', url: 'http://api.test/things?a=1&b=%20', headers: [['Cookie', 'sid=‹secret›; t=‹secret›']], body: undefined },
  response: {
    status: 200,
    headers: [
      ['Content-Type', 'application/json'],
      ['Set-Cookie', 'sid=‹secret›; Path=/'],
    ],
    body: Buffer.from('{"a":"ä"}'),
  },
  fault: undefined,
  timing: { startedAt: Date.parse('2026-11-25T10:00:00Z'), headers: 40, total: 60 },
};

function harOf(...exchanges: readonly Exchange[]): string {
  const verdicts = exchanges.map((exchange): Verdict => ({
    exchange,
    operation: undefined,
    case: undefined,
    scenario: undefined,
    judgements: [],
  }));
  return harOpening('1.0.0') + verdicts.map(harEntry).join(',\n') + harClosing;
}

const body = (...bytes: readonly number[]): Uint8Array => Buffer.from(bytes);
const posted = (bytes: Uint8Array, type: string): Exchange['request'] => ({
  method: 'POST',
  url: 'http://api.test/things',
  headers: [['Content-Type', type]],
  body: bytes,
});
const answered = (bytes: Uint8Array): Exchange['response'] => ({ status: 201, headers: [['Content-Type', 'x/y']], body: bytes });

const table: readonly [string, Exchange][] = [
  ['text', plain],
  ['no body', { ...plain, response: { status: 204, headers: [], body: body() } }],
  ['HEAD', { ...plain, request: { ...plain.request, method: 'HEAD' }, response: { status: 200, headers: [], body: body() } }],
  ['JSON sent', { ...plain, request: posted(Buffer.from('{"ü":1}'), 'application/json') }],
  ['bytes sent and got', { ...plain, request: posted(body(0, 255, 7), 'application/octet-stream'), response: answered(body(254, 0)) }],
  [
    'bodies that are lost',
    {
      ...plain,
      request: { ...posted(body(), 'a/b'), bodyLost: true },
      response: { status: 200, headers: [['A', 'b']], body: body(), bodyLost: true },
    },
  ],
];

describe('a HAR log', () => {
  it('keeps the schema of HAR 1.2, empty and with a fault too', () => {
    const failed: Exchange = {
      ...plain,
      response: undefined,
      fault: { kind: 'reset', message: 'the connection was reset' },
      timing: { ...plain.timing, headers: undefined },
    };
    for (const har of [harOf(), harOf(...table.map(([, exchange]) => exchange), failed)]) {
      const valid = ajv.validate('har.json#', JSON.parse(har));
      expect([valid, ajv.errors]).toEqual([true, null]);
    }
    expect(readHar(harOf(failed), 'x', nothing).unusable).toEqual([
      { title: 'GET http://api.test/things', reason: 'the recording holds no answer: the connection was reset' },
    ]);
  });

  it.each(table)('gives back the exchange that it was made of: %s', (_, exchange) => {
    const [back] = readHar(harOf(exchange), 'x.har', nothing).exchanges;
    expect(back?.request).toEqual({ ...exchange.request, body: exchange.request.bodyLost ? undefined : exchange.request.body });
    expect(back?.response).toEqual(exchange.response);
    expect(back?.timing).toEqual(exchange.timing);
  });

  it('lists query and cookies, and says who sent it and what failed', () => {
    const verdict: Verdict = {
      exchange: plain,
      operation: undefined,
      case: undefined,
      scenario: undefined,
      judgements: [
        {
          check: 'status-declared',
          outcome: 'fail',
          reason: '',
          confidence: 'certain',
          where: undefined,
          promise: undefined,
          came: undefined,
          topic: '',
        },
      ],
    };
    expect(JSON.parse(harEntry(verdict))).toMatchObject({
      request: {
        queryString: [
          { name: 'a', value: '1' },
          { name: 'b', value: ' ' },
        ],
        cookies: [{ name: 'sid' }, { name: 't' }],
      },
      response: { cookies: [{ name: 'sid', value: '‹secret›' }] },
      _specproof: { source: 'proxy', failed: ['status-declared'] },
    });
  });
});
