import { describe, expect, it } from 'vitest';
import { createContract } from '../../../src/spec/create-contract.ts';
import type { Intent } from '../../../src/cases/case.ts';
import type { Json, JsonObject } from '../../../src/lib/json.ts';
import type { Contract } from '../../../src/spec/contract.ts';
import { plannedCase, reportOf, verdict, type Sent } from './sample-run.ts';

const json = (schema: JsonObject): JsonObject => ({ required: true, content: { 'application/json': { schema } } });

function contractOf(operation: JsonObject, schemas: JsonObject = {}): Contract {
  return createContract({
    openapi: '3.1.0',
    info: { title: 'Orders', version: '1' },
    paths: { '/orders': { post: { responses: { 200: { description: 'done' } }, ...operation } } },
    components: { schemas },
  });
}

const query = (name: string, schema: Json): JsonObject => ({ parameters: [{ name, in: 'query', schema }] });
const body = (value: Json): Sent => ({ sentHeaders: [['content-type', 'application/json']], sentBody: JSON.stringify(value) });

/** Sides that no request has shown. */
function missing(contract: Contract, sent: readonly Sent[], intent?: Intent): readonly string[] {
  const [of] = contract.operations;
  if (of === undefined) throw new TypeError('no operation');
  const planned = intent && { case: { ...plannedCase(of, 'c1', 'a case'), intent } };
  return reportOf(
    sent.map((one) => verdict(of, one, [], planned)),
    { contract },
  ).coverage.dimensions.keyword.missing.flatMap(({ names }) => names);
}

describe('keywords of parameters', () => {
  const contract = contractOf(query('limit', { type: 'integer', minimum: 1 }));
  it.each<{ name: string; path: string[]; want: string[] }>([
    {
      name: 'nothing sent',
      path: ['/orders'],
      want: ['query limit type (valid)', 'query limit type (invalid)', 'query limit minimum (valid)', 'query limit minimum (invalid)'],
    },
    { name: 'a value that keeps all', path: ['/orders?limit=5'], want: ['query limit type (invalid)', 'query limit minimum (invalid)'] },
    { name: 'a value that breaks one', path: ['/orders?limit=0'], want: ['query limit type (invalid)', 'query limit minimum (valid)'] },
    {
      name: 'a text, of which no minimum is asked',
      path: ['/orders?limit=many'],
      want: ['query limit type (valid)', 'query limit minimum (valid)', 'query limit minimum (invalid)'],
    },
    { name: 'all of it', path: ['/orders?limit=5', '/orders?limit=0', '/orders?limit=many'], want: [] },
  ])('show their sides: $name', ({ path, want }) => {
    expect(
      missing(
        contract,
        path.map((one) => ({ path: one })),
      ),
    ).toEqual(want);
  });

  it('ask nobody to break that a text is a text, nor a format that no one knows', () => {
    expect(missing(contractOf(query('name', { type: 'string', format: 'of-our-own', maxLength: 3 })), [])).toEqual([
      'query name type (valid)',
      'query name maxLength (valid)',
      'query name maxLength (invalid)',
    ]);
  });
});

describe('keywords of bodies', () => {
  it('are found in properties, items, references and what may be null; what only the API writes is left out', () => {
    const contract = contractOf(
      {
        requestBody: json({
          properties: {
            id: { type: 'integer', readOnly: true },
            tags: { items: { $ref: '#/components/schemas/Tag' } },
            note: { anyOf: [{ type: 'string', pattern: '^n' }, { type: 'null' }] },
          },
          required: ['note'],
          additionalProperties: false,
        }),
      },
      { Tag: { maxLength: 2 } },
    );
    expect(missing(contract, []).filter((name) => name.endsWith('(valid)'))).toEqual([
      'body required note (valid)',
      'body additionalProperties (valid)',
      'body /tags[] maxLength (valid)',
      'body /note type (valid)',
      'body /note pattern (valid)',
    ]);
    expect(
      missing(contract, [body({ note: 'no', tags: ['a'] }), body({ note: 'x', tags: ['long'], more: 1 }), body({ note: 5 }), body({})]),
    ).toEqual([]);
  });

  it('are not shown by null, which another branch allows', () => {
    const contract = contractOf({ requestBody: json({ properties: { n: { anyOf: [{ type: 'integer' }, { type: 'null' }] } } }) });
    expect(missing(contract, [body({ n: null })])).toEqual(['body /n type (valid)', 'body /n type (invalid)']);
    expect(missing(contract, [body({ n: 1 }), body({ n: 'x' })])).toEqual([]);
  });

  it('end where a schema holds itself', () => {
    const contract = contractOf(
      { requestBody: json({ $ref: '#/components/schemas/Node' }) },
      {
        Node: { properties: { next: { $ref: '#/components/schemas/Node' }, size: { maximum: 3 } } },
      },
    );
    expect(missing(contract, [])).toEqual(['body /size maximum (valid)', 'body /size maximum (invalid)']);
  });

  it('are shown by whoever sends them: a planned case that is invalid, or a client', () => {
    const contract = contractOf({ requestBody: json({ maxProperties: 1 }) });
    expect(missing(contract, [body({ a: 1, b: 1 })], 'invalid')).toEqual(['body maxProperties (valid)']);
    expect(missing(contract, [body({ a: 1, b: 1 })])).toEqual(['body maxProperties (valid)']);
    expect(missing(contract, [body({ a: 1 })], 'valid')).toEqual(['body maxProperties (invalid)']);
  });
});
