import { describe, expect, it } from 'vitest';
import { readPage } from '../../../src/cli/render-page.ts';
import { html } from '../../../src/report/html/markup.ts';
import { operationName } from '../../../src/report/html/operation-name.ts';
import { prettyLines } from '../../../src/report/html/code.ts';
import { renderHtml } from '../../../src/report/render-html.ts';
import { causeId } from '../../../src/report/finding-id.ts';
import type { RunEvent } from '../../../src/run/events.ts';
import { createOrder, judgement, listOrders, orders, plannedCase, reportOf, undeclared, verdict } from './sample-run.ts';

const text = Array.from({ length: 80 }, (_, index) => `line ${index + 1} of the document`).join('\n');
const pageOf = (events: readonly RunEvent[], over: Parameters<typeof reportOf>[1] = {}): string =>
  renderHtml(reportOf(events, over), { ...readPage(), programs: new Map(), document: { ...orders, text } });

/** What stands between two texts of the page. */
function between(page: string, start: string, end: string): string {
  const from = page.indexOf(start);
  expect(from, start).toBeGreaterThan(-1);
  return page.slice(from, page.indexOf(end, from));
}

const broken = [
  verdict(listOrders, { status: 401, body: '{"detail":"Not authenticated","more":[1,{"deep":true}]}' }, [
    undeclared(401, listOrders),
    judgement('body-matches-schema', 'fail', {
      reason: '/more/1 must be integer',
      where: 'response.body/more/1',
      promise: { pointer: '/a/b/c/d/e', text: 'must be integer' },
      topic: 't',
    }),
  ]),
  verdict(createOrder, { status: 201 }, [
    judgement('status-declared', 'pass'),
    judgement('body-parses', 'cannot-judge', { reason: 'lost' }),
  ]),
];

describe('the page of a report', () => {
  it('says what came of the run, first of all', () => {
    expect(between(pageOf(broken), '<p class="verdict">', '</p>')).toContain('2 broken promises');
    expect(between(pageOf([verdict(listOrders, {}, [judgement('status-declared', 'pass')])]), '<p class="verdict">', '</p>')).toContain(
      'Every judged promise was kept',
    );
  });

  it('puts the promise, with its line among those of the document, beside the answer, with what is wrong in it marked', () => {
    const page = pageOf(broken);
    const cause = between(page, `id="cause-${causeId('body-matches-schema', 't')}"`, 'See it again');
    expect(cause).toContain('must be integer');
    expect(cause).toContain('specs/orders/openapi.json:10');
    expect(cause).toContain('<mark><i>10</i>line 10 of the document');
    expect(cause).toContain('<i>7</i>line 7 of the document');
    expect(cause).not.toContain('line 6 of the document');
    const marked = [...cause.matchAll(/<mark>([^<]*)<\/mark>/g)].map(([, line = '']) => line.trim());
    expect(marked).toEqual(['{', '&quot;deep&quot;: true', '}']);
  });

  it('shows where a required property is missing', () => {
    const page = renderHtml(
      reportOf([
        verdict(listOrders, { body: '{"items":[{"id":1}]}' }, [
          judgement('body-matches-schema', 'fail', {
            where: 'response.body/items/0',
            promise: { pointer: '/required/0', text: 'must' },
            topic: 't',
          }),
        ]),
      ]),
      { ...readPage(), programs: new Map(), document: { document: { required: ['name'] }, text: undefined } },
    );
    expect(page).toContain('    {\n<mark>      &quot;name&quot; is missing\n</mark>      &quot;id&quot;: 1\n');
    expect(page).toContain('<mark>  &quot;name&quot;\n</mark>');
  });

  it('marks an undeclared status', () => {
    const cause = between(pageOf(broken), `id="cause-${causeId('status-declared', '401')}"`, 'See it again');
    expect(cause).toContain('<mark>401</mark>');
  });

  it('offers the command that sends the smallest request again', () => {
    expect(pageOf(broken)).toContain('curl -i -H Accept: &quot;$BASE/orders&quot;');
  });

  it('draws a cell for each operation and check, and links the broken ones to their causes', () => {
    const table = between(pageOf(broken), '<table class="matrix">', '</table>');
    expect(table).toContain(`<a href="#cause-${causeId('status-declared', '401')}"`);
    expect(table).toContain('title="status-declared POST /orders: 1 kept"');
    expect(table).toContain('title="body-parses POST /orders: 0 kept, 1 not judged"');
  });

  it('breaks the name of an operation before a slash alone', () => {
    expect(operationName('GET /orders/{id}/lines').markup.replaceAll(/<[^>]*>/g, '|')).toBe('|GET /orders||/{id}||/lines|');
    expect(operationName('-').markup).toBe('none of the document');
  });

  it('says of a suite how many of its causes fail the run, and shows no other in red', () => {
    const row = (...confidences: readonly ('certain' | 'likely')[]): string =>
      between(
        pageOf(
          confidences.map((confidence, index) =>
            verdict(listOrders, {}, [judgement('total-agrees', 'fail', { confidence, topic: `t${index}` })]),
          ),
        ),
        '<table class="suites">',
        '</table>',
      );
    expect(row('certain')).toContain('<td class="fails">1 cause</td>');
    expect(row('likely')).toContain('<td class="warns">1 cause</td>');
    expect(row('certain', 'likely', 'likely')).toContain('<td class="">3 causes, <span class="fails">1 fails the run</span></td>');
    expect(row('certain', 'certain', 'likely')).toContain('<td class="">3 causes, <span class="fails">2 fail the run</span></td>');
  });

  it('counts one as one', () => {
    const tiles = between(pageOf([verdict(listOrders, { status: 401 }, [undeclared(401, listOrders)])]), '<ul class="tiles">', '</ul>');
    expect(tiles.replaceAll(/<[^>]*>/g, '')).toMatch(/1 cause that fails the run\s.*1 exchange\s/s);
  });

  it('leads from the number of faults to where they are told: among the causes, unless nothing answered', () => {
    const lost = verdict(createOrder, { fault: { kind: 'timeout', message: 'no answer in 10 s' } }, []);
    const tiles = (...events: readonly RunEvent[]): string => between(pageOf(events), '<ul class="tiles">', '</ul>');
    expect(tiles(verdict(listOrders, {}, [judgement('status-declared', 'pass')]), lost)).toContain('<a href="#causes"><b>1</b> fault</a>');
    expect(tiles(lost)).toContain('<a href="#unjudged"><b>1</b> fault</a>');
  });

  it('shows coverage with what was not reached, and a dimension of which there is nothing', () => {
    const section = between(pageOf(broken, { minCoverage: { status: 80 } }), '<section id="coverage">', '</section>');
    expect(section).toContain('coverage of statuses is 16.6 % (1 of 6); at least 80 % is asked for');
    expect(section).toContain('nothing to cover');
    expect(section).toContain('query limit, query offset');
  });

  it('draws who may call what, where several identities were asked', () => {
    const asked = (identity: string, status: number): RunEvent =>
      verdict(listOrders, { status, identity }, [], {
        case: { ...plannedCase(listOrders, identity, 'a case'), access: { identity, expected: 'allowed', source: 'lock' } },
      });
    const page = pageOf([asked('admin', 200), asked('reader', 403)]);
    const section = between(page, '<section id="access">', '</section>');
    expect(section).toContain('title="admin: allowed, answered 200, expected allowed"');
    expect(section).toContain('class="fails" title="reader: refused, answered 403, expected allowed"');
    expect(pageOf(broken)).not.toContain('id="access"');
  });

  it('needs no network and no script to be read', () => {
    const page = pageOf(broken);
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/\b(?:src|href)="(?!#)|url\(|@import/);
  });

  it('holds what an API says as text, whatever it says', () => {
    const evil = '</script><script>alert(1)</script><img src=x onerror=alert(1)>"\'&\u202e\u0000';
    const page = pageOf([
      verdict(
        listOrders,
        {
          status: 500,
          type: `text/html; x="${evil}"`,
          body: `{"a":${JSON.stringify(evil)}}`,
          title: evil,
          sentBody: evil,
          path: `/orders?q=${evil}`,
        },
        [
          judgement('no-server-error', 'fail', {
            reason: evil,
            came: evil,
            where: 'response.body/a',
            topic: evil,
            promise: { pointer: evil, text: evil },
          }),
          judgement('body-parses', 'cannot-judge', { reason: evil }),
        ],
      ),
      { kind: 'skipped', suite: 'tests', title: evil, reason: evil, failure: true },
    ]);
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page).not.toContain('<img');
    for (const hidden of ['\u202e', '\0']) expect(page).not.toContain(hidden);
    expect(page).toContain('&lt;/script&gt;&lt;script&gt;alert(1)');
  });
});

describe('markup', () => {
  it('escapes what is put into it, but for markup, and joins lists', () => {
    const inner = html`<b>${'<&"\''}</b>`;
    expect(html`<p>${inner}${[1, undefined, 'x']}</p>`.markup).toBe('<p><b>&lt;&amp;&quot;&#39;</b>1x</p>');
  });
});

describe('lines of JSON', () => {
  it('know the pointer of the value that they show', () => {
    expect(prettyLines({ a: [], 'b/c': [1, { d: null }] })).toEqual([
      { text: '{', at: '' },
      { text: '  "a": [],', at: '/a' },
      { text: '  "b/c": [', at: '/b~1c' },
      { text: '    1,', at: '/b~1c/0' },
      { text: '    {', at: '/b~1c/1' },
      { text: '      "d": null', at: '/b~1c/1/d' },
      { text: '    }', at: '/b~1c/1' },
      { text: '  ]', at: '/b~1c' },
      { text: '}', at: '' },
    ]);
  });
});
