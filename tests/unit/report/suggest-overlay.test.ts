import { load } from 'js-yaml';
import { JSONPathEnvironment } from 'json-p3';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/lib/json.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { applyOverlay } from '../../../src/spec/overlay.ts';
import { judge } from '../../../src/verdicts/judge.ts';
import { suggestOverlay } from '../../../src/report/suggest-overlay.ts';
import type { RunEvent } from '../../../src/run/events.ts';
import type { Contract } from '../../../src/spec/contract.ts';
import {
  baseUrl,
  contract,
  createOrder,
  exchange,
  judgement,
  listOrders,
  operation,
  orders,
  reportOf,
  undeclared,
  verdict,
} from './sample-run.ts';

const overlayOf = (events: readonly RunEvent[], from: Contract = orders): string | undefined =>
  suggestOverlay(reportOf(events, { contract: from }), from);

describe('suggestOverlay', () => {
  it('declares the undeclared 4xx, one action an operation in the order of the document', () => {
    const text = overlayOf([
      verdict(createOrder, { status: 409 }, [undeclared(409, createOrder)]),
      verdict(listOrders, { status: 404 }, [undeclared(404, listOrders)]),
      verdict(listOrders, { status: 401, type: 'application/problem+json; charset=utf-8' }, [undeclared(401, listOrders)]),
    ]);
    expect(text).toBe(`# Suggested by specproof. Look at every status: declare what the API means to answer, delete what is a defect.
# Keep what stays in overlay.yaml beside the locked document; it is applied whenever that is loaded.
# No schema is stated here: say what the bodies look like where you know it.
overlay: 1.0.0
info:
  title: Statuses that Orders API 5.12.0 answers without declaring them
  version: 1.0.0
actions:
  - target: $.paths['/orders'].get
    update:
      responses:
        '401':
          description: Unauthorized
          content:
            application/problem+json: {}
        '404':
          description: Not Found
          content:
            application/json: {}
  - target: $.paths['/orders'].post
    update:
      responses:
        '409':
          description: Conflict
          content:
            application/json: {}
`);
  });

  it('leaves a success, a redirect and a server error to people, and says so', () => {
    const text = overlayOf([
      verdict(listOrders, { status: 204 }, [undeclared(204, listOrders)]),
      verdict(listOrders, { status: 302 }, [undeclared(302, listOrders)]),
      verdict(listOrders, { status: 500 }, [undeclared(500, listOrders)]),
      verdict(listOrders, { status: 404 }, [undeclared(404, listOrders)]),
    ]);
    expect(load(text ?? '')).toMatchObject({ actions: [{ update: { responses: { '404': { description: 'Not Found' } } } }] });
    expect(text).toContain('# Left for people to decide, as an overlay should not hide it: undeclared 204, 302, 500.\n');
  });

  it('is undefined when there is nothing to declare', () => {
    expect(
      overlayOf([
        verdict(listOrders, {}, [judgement('headers-match', 'fail', { topic: '404' })]),
        verdict(listOrders, { status: 500 }, [undeclared(500, listOrders)]),
      ]),
    ).toBe(undefined);
  });

  it.each<{ name: string; sent: { type: string; body: string }[]; want: object }>([
    { name: 'no media type when nothing came', sent: [{ type: '', body: '' }], want: { description: 'Not Found' } },
    {
      name: 'no media type when content came without one',
      sent: [
        { type: 'text/plain', body: 'x' },
        { type: '', body: 'x' },
      ],
      want: { description: 'Not Found' },
    },
    {
      name: 'every media type that came',
      sent: [
        { type: 'text/plain', body: 'x' },
        { type: 'application/json', body: '{}' },
      ],
      want: { description: 'Not Found', content: { 'application/json': {}, 'text/plain': {} } },
    },
  ])('names $name', ({ sent, want }) => {
    const text = overlayOf(sent.map((one) => verdict(listOrders, { status: 404, ...one }, [undeclared(404, listOrders)])));
    expect(load(text ?? '')).toEqual(
      expect.objectContaining({ actions: [{ target: "$.paths['/orders'].get", update: { responses: { '404': want } } }] }),
    );
  });

  it('points at exactly one operation, however its path is written', () => {
    const of = operation("GET /it's/{a~b}/c\\d", ['200']);
    const text = overlayOf([verdict(of, { status: 404 }, [undeclared(404, of)])], contract([of]));
    const { actions } = load(text ?? '') as { actions: { target: string }[] };
    const document = { paths: { [of.path]: { get: { responses: {} }, put: {} }, '/other': { get: {} } } };
    const nodes = new JSONPathEnvironment().query(actions[0]?.target ?? '', document);
    expect(nodes.values()).toEqual([{ responses: {} }]);
  });
});

describe('the overlay, applied', () => {
  const json = { content: { 'application/json': { schema: { type: 'object' } } } };
  const authored: JsonObject = {
    openapi: '3.1.0',
    info: { title: 'Orders API', version: '1' },
    paths: {
      '/orders': {
        get: { responses: { '200': { description: '', ...json } } },
        post: { responses: { '201': { description: '', ...json } } },
      },
      '/orders/{id}': {
        get: { parameters: [{ name: 'id', in: 'path', required: true }], responses: { '200': { description: '', ...json } } },
      },
    },
  };
  const answers = [
    exchange({ status: 401, body: '{"detail":"no"}' }),
    exchange({ path: '/orders/1', status: 404, type: 'text/plain', body: 'no such order' }),
    exchange({ path: '/orders/1', status: 404, type: '', body: '' }),
    exchange({ method: 'POST', status: 409, type: '', body: 'taken' }),
    exchange({ method: 'POST', status: 200 }),
    exchange({ status: 200, body: '[]' }),
  ];
  const judged = (document: JsonObject) => {
    const from = createContract(document);
    const events = answers.map((answer): RunEvent => ({ kind: 'verdict', suite: 'generated', verdict: judge(from, answer, { baseUrl }) }));
    const report = reportOf(events, { contract: from });
    return { from, report, said: report.findings.map(({ check, operation, topic }) => `${check} ${operation} ${topic}`).toSorted() };
  };

  it('silences exactly the findings that it was made for', () => {
    const before = judged(authored);
    const overlay = load(suggestOverlay(before.report, before.from) ?? '') as JsonObject;
    const { document, notes } = applyOverlay(authored, overlay, 'fix.yaml');
    const after = judged(document);
    expect(notes).toEqual([]);
    expect(before.said.filter((finding) => !after.said.includes(finding))).toEqual([
      'status-declared GET /orders 401',
      'status-declared GET /orders/{id} 404',
      'status-declared POST /orders 409',
    ]);
    expect(after.said.filter((finding) => !before.said.includes(finding))).toEqual([]);
    expect(after.said).toContain('status-declared POST /orders 200');
    expect(suggestOverlay(after.report, after.from)).toBe(undefined);
  });
});
