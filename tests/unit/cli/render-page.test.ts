import { expect, it } from 'vitest';
import { renderPage } from '../../../src/cli/render-page.ts';
import { judgement, listOrders, createOrder, orders, reportOf, verdict } from '../report/sample-run.ts';

it('offers the smallest request as an httpx program, where httpx would send it as it was', async () => {
  const json = {
    sentHeaders: [
      ['Content-Type', 'application/json'],
      ['Authorization', 'Bearer ‹token›'],
      ['X-Key', '‹secret›'],
    ],
    sentBody: '{"a":1}',
  } as const;
  const report = reportOf([
    verdict(createOrder, { status: 500, path: '/orders?x=1', ...json }, [judgement('no-server-error', 'fail', { topic: 'a' })]),
    verdict(listOrders, { status: 500, sentHeaders: [['Content-Type', 'text/plain']], sentBody: 'no JSON' }, [
      judgement('no-server-error', 'fail', { topic: 'b' }),
    ]),
  ]);
  const page = await renderPage(report, orders);
  const programs = page.match(/import httpx\n[^]*?<\/code>/g) ?? [];
  expect(programs).toHaveLength(1);
  expect(programs[0]).toContain('os.environ[&quot;BASE&quot;] + &quot;/orders');
  expect(programs[0]).toContain('Bearer &quot; + os.environ[&quot;TOKEN&quot;]');
  expect(programs[0]).toContain('&quot;X-Key&quot;: os.environ[&quot;TOKEN&quot;]');
});
