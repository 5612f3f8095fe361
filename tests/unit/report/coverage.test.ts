import { describe, expect, it } from 'vitest';
import type { Coverage } from '../../../src/report/coverage.ts';
import type { Contract, Operation, Parameter } from '../../../src/spec/contract.ts';
import { contract, createOrder, listOrders, operation, orders, parameter, reportOf, verdict, type Sent } from './sample-run.ts';

const coverage = (of: Operation, sent: readonly Sent[], from: Contract = contract([of])): Coverage =>
  reportOf(
    sent.map((one) => verdict(of, one, [])),
    { contract: from },
  ).coverage;

describe('operations', () => {
  it('are reached by an answer, and with success by a 2xx', () => {
    const report = reportOf([
      verdict(listOrders, { status: 200 }, []),
      verdict(createOrder, { status: 422 }, []),
      verdict(createOrder, { status: 401 }, []),
      { kind: 'skipped', suite: 'generated', title: 'GET /orders/{id}', reason: 'nothing to read', failure: false },
    ]);
    const { dimensions, ...others } = report.coverage;
    expect(dimensions.operation).toEqual({ total: 3, reached: 2, missing: [{ operation: 'GET /orders/{id}', names: ['an answer'] }] });
    expect(others).toEqual({
      answered: [
        { operation: 'GET /orders', statuses: [200] },
        { operation: 'POST /orders', statuses: [401, 422] },
        { operation: 'GET /orders/{id}', statuses: [] },
      ],
      withSuccess: 1,
      neverReached: [{ operation: 'GET /orders/{id}', statuses: [], reason: 'nothing to read' }],
      neverWithSuccess: [{ operation: 'POST /orders', statuses: [401, 422], reason: undefined }],
    });
  });

  it('say what the API told most of the valid requests that never succeeded', () => {
    const of = (status: number, detail: string): Sent => ({ status, body: JSON.stringify({ detail }) });
    const said = ['owner is gone', 'no such owner', 'owner is gone'].map((detail) => of(422, detail));
    expect(coverage(createOrder, said).neverWithSuccess).toEqual([
      { operation: 'POST /orders', statuses: [422], reason: '422: owner is gone' },
    ]);
    expect(coverage(createOrder, [...said, { status: 201 }]).neverWithSuccess).toEqual([]);
  });

  it.each<{ name: string; sent: Sent }>([
    { name: 'a fault', sent: { fault: { kind: 'timeout', message: 'late' } } },
    { name: 'an answer to another method', sent: { method: 'DELETE' } },
  ])('are not reached by $name', ({ sent }) => {
    expect(coverage(listOrders, [sent], orders).dimensions.operation.reached).toBe(0);
  });
});

describe('statuses', () => {
  it.each<{ name: string; declared: string[]; came: number[]; missing: string[] }>([
    { name: 'exactly', declared: ['200', '2XX', 'default'], came: [200], missing: ['2XX', 'default'] },
    { name: 'by range', declared: ['200', '2XX', 'default'], came: [204], missing: ['200', 'default'] },
    { name: 'by default', declared: ['200', '2XX', 'default'], came: [404], missing: ['200', '2XX'] },
    { name: 'not at all by an undeclared one', declared: ['200', '422'], came: [404], missing: ['200', '422'] },
  ])('are reached $name', ({ declared, came, missing }) => {
    const of = operation('GET /orders', declared);
    const { status: statuses } = coverage(
      of,
      came.map((status) => ({ status })),
    ).dimensions;
    expect(statuses).toEqual({
      total: declared.length,
      reached: declared.length - missing.length,
      missing: [{ operation: of.id, names: missing }],
    });
  });
});

describe('parameters', () => {
  const object = parameter('filter', { schema: { pointer: '/s', schema: { type: 'object', properties: { color: {}, size: {} } } } });
  it.each<{ name: string; of: Parameter; sent: Sent; want: boolean }>([
    { name: 'a path parameter whenever the operation answers', of: parameter('id', { in: 'path' }), sent: {}, want: true },
    { name: 'a query parameter by its name', of: parameter('limit'), sent: { path: '/orders?limit=1' }, want: true },
    { name: 'a query parameter whose name is encoded', of: parameter('größe'), sent: { path: '/orders?gr%C3%B6%C3%9Fe=1' }, want: true },
    {
      name: 'a query parameter that another name contains: not',
      of: parameter('limit'),
      sent: { path: '/orders?page_limit=limit' },
      want: false,
    },
    {
      name: 'a deep object by its brackets',
      of: parameter('filter', { style: 'deepObject' }),
      sent: { path: '/orders?filter[a]=1' },
      want: true,
    },
    { name: 'an exploded object by a property', of: object, sent: { path: '/orders?color=red' }, want: true },
    { name: 'an exploded object by another name: not', of: object, sent: { path: '/orders?weight=1' }, want: false },
    { name: 'a whole query string by any query', of: parameter('q', { in: 'querystring' }), sent: { path: '/orders?x' }, want: true },
    { name: 'a header in any case', of: parameter('X-Trace', { in: 'header' }), sent: { sentHeaders: [['x-trace', '1']] }, want: true },
    { name: 'a header that was not sent: not', of: parameter('X-Trace', { in: 'header' }), sent: {}, want: false },
    {
      name: 'a cookie by its name',
      of: parameter('session', { in: 'cookie' }),
      sent: { sentHeaders: [['Cookie', 'a=b; session=1']] },
      want: true,
    },
  ])('counts $name', ({ of, sent, want }) => {
    const { parameter: parameters } = coverage(operation('GET /orders', ['200'], { parameters: [of] }), [sent]).dimensions;
    expect(parameters).toEqual({
      total: 1,
      reached: want ? 1 : 0,
      missing: want ? [] : [{ operation: 'GET /orders', names: [`${of.in} ${of.name}`] }],
    });
  });
});

describe('media types', () => {
  it.each<{ type: string; reached: number }>([
    { type: 'application/json; charset=utf-8', reached: 1 },
    { type: 'APPLICATION/JSON', reached: 1 },
    { type: 'text/plain', reached: 0 },
  ])('of requests are reached or not by $type', ({ type, reached }) => {
    expect(coverage(createOrder, [{ sentHeaders: [['Content-Type', type]], sentBody: '{}' }]).dimensions['media-type']).toMatchObject({
      total: 1,
      reached,
    });
  });

  it('of responses are reached under the status that declares them', () => {
    const content = ['application/json', 'text/*'].map((type) => ({
      type,
      schema: undefined,
      itemSchema: undefined,
      pointer: '/m',
      examples: [],
      encoding: {},
    }));
    const of = operation('GET /orders', ['200', 'default']);
    const both = { ...of, responses: of.responses.map((response) => ({ ...response, content })) };
    const { dimensions } = coverage(both, [
      { status: 200, type: 'text/csv' },
      { status: 404, type: 'application/json' },
      { status: 404, type: 'image/png' },
    ]);
    expect(dimensions['media-type']).toEqual({
      total: 4,
      reached: 2,
      missing: [{ operation: 'GET /orders', names: ['200 application/json', 'default text/*'] }],
    });
  });
});

describe('identities', () => {
  const security = [[{ scheme: 'bearer', scopes: [] }]];
  const guarded = operation('GET /orders', ['200'], { security });
  const missing = (sent: readonly Sent[]): readonly string[] =>
    coverage(guarded, sent).dimensions.identity.missing.flatMap(({ names }) => names);

  it('are reached by a request of theirs at each guarded operation', () => {
    expect(missing([])).toEqual(['admin', 'reader', 'no credentials']);
    expect(missing([{ identity: 'reader' }])).toEqual(['admin', 'no credentials']);
    expect(coverage(operation('GET /orders', ['200']), [{}]).dimensions.identity).toEqual({ total: 0, reached: 0, missing: [] });
  });

  it('count a request without credentials as such only where it carried none', () => {
    expect(missing([{ identity: undefined }])).toEqual(['admin', 'reader']);
    expect(missing([{ identity: undefined, sentHeaders: [['Authorization', 'Bearer ‹token›']] }])).toContain('no credentials');
  });
});
