import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { renderText } from '../../../src/report/render-text.ts';
import type { Report } from '../../../src/report/report.ts';
import type { RunEvent } from '../../../src/run/events.ts';
import type { Operation } from '../../../src/spec/contract.ts';
import {
  contract,
  createOrder,
  end,
  getOrder,
  judgement,
  listOrders,
  operation,
  orders,
  plannedCase,
  reportOf,
  undeclared,
  verdict,
} from './sample-run.ts';

const lock: RunEvent[] = [
  { kind: 'plan', suite: 'contract', total: 1 },
  { kind: 'judgement', suite: 'contract', judgement: judgement('document-matches-lock', 'pass'), operation: undefined, title: 'lock' },
  { kind: 'done', suite: 'contract', title: 'the served document matches the lock (3 operations)' },
];
const kept = judgement('status-declared', 'pass');

/** A run in which a bit of everything happens. */
function sample(): Report {
  return reportOf(
    [
      ...lock,
      { kind: 'plan', suite: 'generated', total: 4 },
      verdict(listOrders, { path: '/orders?limit=5' }, [kept]),
      verdict(listOrders, { status: 401 }, [undeclared(401, listOrders)]),
      verdict(getOrder, { status: 401 }, [undeclared(401, getOrder)]),
      verdict(
        createOrder,
        { status: 500, sentBody: '{}' },
        [
          judgement('no-server-error', 'fail', {
            reason: '500 for an id beyond 32 bits',
            topic: 'id',
            came: '500 text/plain',
            where: 'response.status',
          }),
          judgement('body-matches-schema', 'cannot-judge', { reason: 'text/plain without a schema' }),
        ],
        { case: plannedCase(createOrder, 'c7', 'id at 2147483648') },
      ),
      verdict(listOrders, {}, [
        judgement('sort-respected', 'fail', { reason: 'not sorted', topic: 'sort', confidence: 'likely', came: 'b \u001b[2J' }),
      ]),
      ...Array.from({ length: 4 }, (): RunEvent => ({ kind: 'done', suite: 'generated', title: '' })),
      { kind: 'plan', suite: 'newman', total: 1 },
      verdict(listOrders, { status: 401, source: 'newman' }, [undeclared(401, listOrders)], { suite: 'newman' }),
      { kind: 'done', suite: 'newman', title: '' },
      { kind: 'skipped', suite: 'tests', title: 'agents', reason: 'needs the real API', failure: false },
      { kind: 'left-behind', suite: 'generated', label: 'order 17', reason: 'no operation removes it' },
      end,
    ],
    {
      deviations: [
        {
          entry: 1,
          check: 'no-server-error',
          operations: ['POST /orders'],
          topic: undefined,
          targets: undefined,
          reason: 'mended in 5.13',
          expires: '2026-03-10',
        },
        {
          entry: 2,
          check: 'status-declared',
          operations: ['POST *'],
          topic: undefined,
          targets: undefined,
          reason: 'x',
          expires: '2026-02-01',
        },
      ],
    },
  );
}

describe('renderText', () => {
  it('tells a run at 80 columns', () => {
    expect(renderText(sample(), { color: false, width: 80, reports: ['reports/junit.xml'] })).toMatchInlineSnapshot(`
      "specproof 0.1.0   Orders API 5.12.0 · embedded · seed 7f3a91 · as admin, reader

        contract    the served document matches the lock (3 operations)
        generated   ━━━━━━━━━━━━━━━━━━━━  4 of 4   2 causes
        newman      ━━━━━━━━━━━━━━━━━━━━  1 of 1   1 cause, also found above · 1 of 3 operations
        tests       nothing ran

        ✗ status-declared  401 is answered but not declared               2 operations
            in        GET /orders, GET /orders/{id}
            promised  200, 422                            specs/orders/openapi.json:29
            came      401 application/json {"detail":"Not authenticated"}
            try       curl -i -H Accept: "$BASE/orders"
            certain · 2 operations · 3 answers · 7944daf2 · generated, newman

        ! sort-respected   not sorted                                      GET /orders
            came      b \\x1b[2J
            try       curl -i -H Accept: "$BASE/orders"
            likely · 1 operation · 1 answer · 41b4ba77 · generated

        2 undeclared statuses: --suggest-overlay FILE writes how to declare them

        ◌ 1 known deviation, 1 finding · next expires in 9 days
            no-server-error  POST /orders  mended in 5.13
        ! known deviation expired on 2026-02-01: entry 2, status-declared POST *

        ? 1 judgement could not be made
            1 × body-matches-schema: text/plain without a schema          POST /orders

        – 1 not run: needs the real API
            agents

        ! 1 thing left behind in the API
            order 17: no operation removes it

        reached  operations 3/3 · with success 1/3 · parameters 2/3 · no keywords
                 statuses 1/6 · media types 0/1 · no identities
          never with success  GET /orders/{id} (401), POST /orders (500)
          never sent          GET /orders (query offset)
          never answered      GET /orders (422), POST /orders (201, 422),
                              GET /orders/{id} (200, 422)
          never seen          POST /orders (request application/json)
        6 exchanges · 0 faults · 2.9 s · reports/junit.xml · exit 1
      "
    `);
  });

  it('tells a clean run in few lines', () => {
    const report = reportOf([...lock, verdict(listOrders, { path: '/orders?limit=5&offset=1' }, [kept])], {
      contract: contract([{ ...listOrders, responses: listOrders.responses.slice(0, 1) }]),
    });
    expect(renderText(report, { color: false, width: 100 })).toMatchInlineSnapshot(`
      "specproof 0.1.0   Orders API 5.12.0 · embedded · seed 7f3a91 · as admin, reader

        contract    the served document matches the lock (3 operations)
        generated   1 exchange   no finding

        reached  operations 1/1 · with success 1/1 · parameters 2/2 · no keywords · statuses 1/1
                 no media types · no identities
        1 exchange · 0 faults · 2.9 s · exit 0
      "
    `);
  });

  it('says first that nothing answers', () => {
    const report = reportOf([verdict(listOrders, { fault: { kind: 'refused', message: 'connection refused' } }, [])], {
      contract: contract([listOrders]),
    });
    expect(renderText(report, { color: false, width: 80 })).toMatchInlineSnapshot(`
      "specproof 0.1.0   Orders API 5.12.0 · embedded · seed 7f3a91 · as admin, reader

        generated   1 exchange   nothing was judged

        ✗ nothing answers at http://127.0.0.1:8000/api
            refused  connection refused
            in        GET /orders ×1
            try       curl -i -H Accept: "$BASE/orders"

        reached  operations 0/1 · with success 0/1 · parameters 0/2 · no keywords
                 statuses 0/2 · no media types · no identities
          never reached       GET /orders
          never sent          GET /orders (query limit, query offset)
          never answered      GET /orders (200, 422)

        ✗ nothing was judged: this run proves nothing
        1 exchange · 1 fault · 2.9 s · exit 3
      "
    `);
  });

  it('asks for the base URL where every operation is answered with 404', () => {
    const absent = [listOrders, getOrder].map((of) => verdict(of, { status: 404 }, [undeclared(404, of)]));
    const hint = 'every operation that was asked is answered with 404';
    const render = (events: readonly RunEvent[]): string => renderText(reportOf(events), { color: false, width: 200 });
    expect(render(absent)).toContain(hint);
    // what answers at the root serves pages, and knows no other method there
    expect(render([...absent, verdict(createOrder, { status: 405 }, [])])).toContain(hint.replace('404', '404 or 405'));
    expect(render([...absent, verdict(createOrder, { status: 401 }, [])])).not.toContain(hint);
    expect(render([...absent, verdict(createOrder, { status: 201 }, [])])).not.toContain(hint);
  });

  it('asks who it is where nobody is named and most operations ask for that', () => {
    const guarded = [listOrders, getOrder].map((of) => verdict(of, { status: 401 }, [undeclared(401, of)]));
    const hint = '2 of 2 operations ask who calls: name somebody with --identity NAME=TOKEN';
    const render = (events: readonly RunEvent[], over: Parameters<typeof reportOf>[1] = { identities: [] }): string =>
      renderText(reportOf(events, over), { color: false, width: 200 });
    expect(render(guarded)).toContain(hint);
    expect(render(guarded, { identities: ['admin'] })).toContain(
      '2 of 2 operations answer 401 and never a success, though somebody was named',
    );
    expect(render(guarded, { identities: ['admin'] })).not.toContain('ask who calls');
    const open = [createOrder, getOrder].map((of) => verdict(of, { status: 201 }, []));
    expect(render([...guarded.slice(0, 1), ...open])).not.toContain('ask who calls');
  });

  it('names no operation for what none is known of', () => {
    const assertion = (of: Operation | undefined): RunEvent => verdict(of, {}, [judgement('collection-assertion', 'fail', { topic: 'a' })]);
    const text = renderText(reportOf([assertion(listOrders), assertion(undefined), assertion(getOrder)]), { color: false, width: 100 });
    expect(text).toMatch(/in +GET \/orders, GET \/orders\/\{id\}\n/);
  });

  it('colours without changing a word, and steers no terminal with what an API sent', () => {
    for (const width of [40, 80, 120, 400]) {
      const plain = renderText(sample(), { color: false, width });
      const colored = renderText(sample(), { color: true, width });
      expect(colored).not.toBe(plain);
      expect(stripVTControlCharacters(colored)).toBe(plain);
      expect(plain).toContain('\\x1b[2J');
    }
  });

  it.each([60, 80, 120])('keeps within %i columns, but for commands to copy', (width) => {
    const many = Array.from({ length: 60 }, (_, index) =>
      operation(`GET /a-rather-long-collection-name-${index}/{id}/and/what/belongs/to/it`, ['200']),
    );
    const events = many.flatMap((of) => [
      verdict(of, { status: 401 }, [undeclared(401, of), judgement('headers-match', 'fail', { reason: 'word '.repeat(40), topic: of.id })]),
      verdict(of, {}, [judgement('body-parses', 'cannot-judge', { reason: 'because '.repeat(30) })]),
    ]);
    const lines = renderText(reportOf(events, { contract: contract(many) }), { color: false, width }).split('\n');
    for (const line of lines.filter((line) => !line.includes('  curl '))) expect(Array.from(line).length, line).toBeLessThanOrEqual(width);
    expect(lines.some((line) => line.includes('60 operations'))).toBe(true);
  });

  it('ends with the numbers and the exit code', () => {
    const last = (report: Report): string | undefined =>
      renderText(report, { color: false, width: 120, reports: ['reports/a.json'] })
        .trimEnd()
        .split('\n')
        .at(-1);
    expect(last(sample())).toBe('  6 exchanges · 0 faults · 2.9 s · reports/a.json · exit 1');
    expect(last(reportOf([verdict(listOrders, {}, [kept]), { kind: 'end', interrupted: true, seconds: 200 }]))).toBe(
      '  1 exchange · 0 faults · 3 min 20 s · reports/a.json · exit 130',
    );
    expect(orders.operations).toHaveLength(3);
  });

  it('names the error that ended the run', () => {
    const report = { ...reportOf([verdict(listOrders, {}, [kept])]), error: { message: 'the token\nran out', exit: 3 as const } };
    const text = renderText(report, { color: false, width: 100 });
    expect(text).toContain('✗ ended by an error: the token ran out; what follows is of a part of the run\n');
    expect(text).toMatch(/· exit 3\n$/);
    expect(text).not.toContain('interrupted');
  });

  it('shows no command that floods the terminal', () => {
    const broken = judgement('no-server-error', 'fail', { reason: '500', topic: '' });
    const text = renderText(reportOf([verdict(createOrder, { status: 500, sentBody: 'x'.repeat(8192) }, [broken])]), {
      color: false,
      width: 100,
      reports: [],
    });
    expect(text).toMatch(/try +a command of 8,\d\d\d characters: the replay sends it/);
    expect(text).not.toContain('xxx');
  });
});
