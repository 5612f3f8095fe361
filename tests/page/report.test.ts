import { describe, expect, it } from 'vitest';
import { readPage } from '../../src/cli/render-page.ts';
import { renderHtml } from '../../src/report/render-html.ts';
import { causeId } from '../../src/report/finding-id.ts';
import type { RunEvent } from '../../src/run/events.ts';
import { visit } from '../support/chromium.ts';
import { createOrder, getOrder, judgement, listOrders, orders, reportOf, undeclared, verdict } from '../unit/report/sample-run.ts';

const evil = '</script><script>globalThis.hacked = true</script><img src=x onerror="globalThis.hacked = true">';

const events: readonly RunEvent[] = [
  verdict(listOrders, { status: 401, body: JSON.stringify({ detail: evil }) }, [undeclared(401, listOrders)]),
  verdict(getOrder, { status: 401 }, [undeclared(401, getOrder)]),
  verdict(createOrder, { status: 500, body: evil, sentBody: evil }, [
    judgement('no-server-error', 'fail', { reason: `500 for ${evil}`, where: 'response.status', topic: '500' }),
  ]),
  verdict(createOrder, { status: 400 }, [
    judgement('valid-accepted', 'fail', { reason: 'valid data is refused', confidence: 'likely', topic: 'ordinary' }),
    judgement('body-parses', 'cannot-judge', { reason: 'it was not kept' }),
  ]),
];
const document = { ...orders, text: Array.from({ length: 90 }, (_, index) => `line ${index}`).join('\n') };
const page = renderHtml(reportOf(events, { minCoverage: { operation: 100 } }), { ...readPage(), programs: new Map(), document });

const helpers = `
  const visible = () => [...document.querySelectorAll('details.cause')].filter(({ hidden }) => !hidden).map(({ dataset }) => dataset.check);
  const type = (text) => { const search = document.getElementById('search'); search.value = text; search.dispatchEvent(new Event('input', { bubbles: true })); };
  const press = (key) => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  const openAll = async () => {
    for (const entry of document.querySelectorAll('details.cause')) entry.open = true;
    await new Promise((resolve) => setTimeout(resolve, 200));
    for (const entry of document.querySelectorAll('details')) entry.open = true;
  };
  const at = () => document.activeElement.closest('details')?.dataset.check ?? document.activeElement.id;
`;
const see = async (script: string, options?: Parameters<typeof visit>[2]): Promise<unknown> => {
  const { result, errors } = await visit(page, helpers + script, options);
  expect(errors).toEqual([]);
  return result;
};

describe('the page of a report in a browser', () => {
  it('runs nothing that an API says', async () => {
    expect(await see(`await openAll(); return [globalThis.hacked ?? 'no', document.images.length, document.scripts.length];`)).toEqual([
      'no',
      0,
      3,
    ]);
  });

  it('finds findings by words in any order, and rows of the tables with them', async () => {
    const seen = await see(`
      const all = visible(); type('orders/{id} 401'); const found = visible();
      const rows = [...document.querySelectorAll('.matrix tbody tr')].filter(({ hidden }) => !hidden).length;
      type('nowhere'); return { all, found, rows, none: visible(), said: document.getElementById('shown').textContent };`);
    expect(seen).toEqual({
      all: ['status-declared', 'no-server-error', 'valid-accepted'],
      found: ['status-declared'],
      rows: 0,
      none: [],
      said: '0 of 3 causes',
    });
  });

  it('is steered by keys alone', async () => {
    const seen = await see(`
      const went = []; for (const key of ['j', 'j', 'k', '/']) { press(key); went.push(at()); }
      type('401'); press('Escape'); return [...went, visible().length];`);
    expect(seen).toEqual(['status-declared', 'no-server-error', 'status-declared', 'search', 3]);
  });

  it('shows where the keys have led: the ring around an entry is not clipped with what it holds', async () => {
    const seen = await see(`
      press('j'); const { outlineStyle, outlineWidth, outlineOffset } = getComputedStyle(document.activeElement);
      return [outlineStyle, parseFloat(outlineWidth) > 0, parseFloat(outlineWidth) + parseFloat(outlineOffset) <= 0];`);
    expect(seen).toEqual(['solid', true, true]);
  });

  it('leaves keys alone that are typed into the search', async () => {
    expect(await see(`press('/'); press('j'); return at();`)).toBe('search');
  });

  it('hides what does not fail the run, and shows one check', async () => {
    const seen = await see(`
      document.querySelector('[value=warns]').click(); const failing = visible();
      const check = document.getElementById('check'); check.value = 'no-server-error'; check.dispatchEvent(new Event('input', { bubbles: true }));
      return [failing, visible()];`);
    expect(seen).toEqual([['status-declared', 'no-server-error'], ['no-server-error']]);
  });

  it('builds what a finding holds when it is opened', async () => {
    const seen = await see(`
      const count = () => document.querySelectorAll('details.cause .command').length;
      const before = count(); await openAll(); return [before, count(), document.querySelectorAll('noscript, .copy[hidden]').length];`);
    expect(seen).toEqual([0, 4, 0]);
  });

  it('opens the finding that its address names where it is far down the list', async () => {
    const many = Array.from({ length: 250 }, (_, index) =>
      verdict(index % 2 === 0 ? listOrders : getOrder, { status: 500 }, [
        judgement('no-server-error', 'fail', { reason: `trouble ${index}`, topic: `t${index}` }),
      ]),
    );
    const report = reportOf(many);
    const fragment = `cause-${report.causes.at(-1)?.id}`;
    const { result } = await visit(
      renderHtml(report, { ...readPage(), programs: new Map(), document }),
      `const [open, ...others] = document.querySelectorAll('details.cause[open]'); return [open.id, others.length, open.getBoundingClientRect().top < innerHeight];`,
      { fragment },
    );
    expect(result).toEqual([fragment, 0, true]);
  });

  it('opens the finding that its address names, with what is marked in view', async () => {
    const fragment = `cause-${causeId('status-declared', '401')}`;
    const open = `await new Promise((resolve) => setTimeout(resolve, 100)); return [...document.querySelectorAll('details.cause[open]')].map(({ id }) => id);`;
    expect(await see(open, { fragment })).toEqual([fragment]);
  });

  it('turns from light to dark and back', async () => {
    const seen = await see(`
      const button = document.getElementById('theme'); const looks = [];
      for (const _ of [1, 2, 3]) { looks.push(getComputedStyle(document.body).backgroundColor + ' ' + button.textContent); button.click(); }
      return [looks[0] === looks[2], looks[0] !== looks[1]];`);
    expect(seen).toEqual([true, true]);
  });

  it.each([500, 1280])('fits a window %i wide without scrolling sideways', async (width) => {
    const seen = await see(
      `await openAll();
       return [document.documentElement.scrollWidth - document.documentElement.clientWidth, innerWidth];`,
      { width },
    );
    expect(seen).toEqual([0, width]);
  });

  it.each(['light', 'dark'])('can be read in %s: all text has a contrast of at least 4.5', async (theme) => {
    const seen = await see(`
      document.documentElement.dataset.theme = '${theme}';
      await openAll();
      const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
      const rgba = (color) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data]; };
      const light = (color) => rgba(color).slice(0, 3).map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
        .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
      const ground = (element) => { for (let at = element; at; at = at.parentElement) { const color = getComputedStyle(at).backgroundColor; if (rgba(color)[3] > 200) return color; } return 'white'; };
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT); const poor = new Set();
      while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        if (walker.currentNode.data.trim() === '' || !element.checkVisibility() || element.closest('script, .hidden, .skip')) continue;
        const style = getComputedStyle(element); const color = element.namespaceURI.endsWith('svg') ? style.fill : style.color;
        const [high, low] = [light(color), light(ground(element))].sort((a, b) => b - a);
        if ((high + 0.05) / (low + 0.05) < 4.5) poor.add(element.tagName + '.' + element.className + ' ' + color + ' on ' + ground(element));
      }
      return [...poor];`);
    expect(seen).toEqual([]);
  });

  it('names every control and region, and has one heading of the first rank', async () => {
    const seen = await see(`
      const controls = [...document.querySelectorAll('input, select, button, [role=region], summary')].filter((one) =>
        !(one.ariaLabel || one.labels?.length > 0 || one.textContent.trim()));
      return [controls.map(({ outerHTML }) => outerHTML), document.querySelectorAll('h1').length, document.documentElement.lang];`);
    expect(seen).toEqual([[], 1, 'en']);
  });

  it('shows two hundred of many findings, and more when asked, and finds them all', async () => {
    const many = Array.from({ length: 10_000 }, (_, index) =>
      verdict(index % 2 === 0 ? listOrders : getOrder, { status: 500, body: JSON.stringify({ error: `trouble ${index}` }) }, [
        judgement('no-server-error', index < 300 ? 'fail' : 'pass', {
          reason: `trouble ${index}`,
          where: 'response.status',
          topic: `t${index}`,
        }),
      ]),
    );
    const report = reportOf(many);
    const { result, errors } = await visit(
      renderHtml(report, { ...readPage(), programs: new Map(), document }),
      `${helpers}
       const more = document.getElementById('more');
       const focused = () => document.activeElement.closest('details')?.id;
       const first = [visible().length, more.textContent];
       more.click(); const all = [visible().length, more.hidden, focused()];
       type('${report.causes[251]?.findings[0]} TROUBLE'); const found = [...document.querySelectorAll('details.cause')].map(({ id }) => id);
       press('Escape'); press('k'); const last = [visible().length, focused()];
       return { first, all, found, last };`,
    );
    const idOf = (index: number): string => `cause-${report.causes[index]?.id}`;
    expect(errors).toEqual([]);
    expect(result).toEqual({
      first: [200, 'Show 100 more of 100'],
      all: [300, true, idOf(200)],
      found: [idOf(251)],
      last: [300, idOf(299)],
    });
  });
});
