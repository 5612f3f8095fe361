import { describe, expect, it } from 'vitest';
import { createTimingCollector } from '../../../src/report/collect-timings.ts';
import { exchange, getOrder, listOrders, type Sent } from './sample-run.ts';

const taking = (total: number, sent: Sent = {}): Parameters<ReturnType<typeof createTimingCollector>['add']>[0] => ({
  exchange: { ...exchange(sent), timing: { startedAt: 0, headers: 1, total } },
  operation: listOrders,
  case: undefined,
  scenario: undefined,
  judgements: [],
});

describe('timings', () => {
  it('tell of each operation that answered the fastest, the usual and the slowest answer', () => {
    const collector = createTimingCollector();
    for (let time = 1; time <= 100; time += 1) collector.add(taking(time));
    const [timing, ...others] = collector.timings([getOrder.id, listOrders.id]);
    expect(others).toEqual([]);
    expect(timing).toMatchObject({ operation: 'GET /orders', answers: 100, fastest: 1, slowest: 100 });
    expect(Math.abs((timing?.median ?? 0) - 50)).toBeLessThan(50 * 0.04);
    expect(Math.abs((timing?.p95 ?? 0) - 95)).toBeLessThan(95 * 0.04);
  });

  it('leave out what came with a fault', () => {
    const collector = createTimingCollector();
    collector.add(taking(5, { fault: { kind: 'timeout', message: 'late' } }));
    expect(collector.timings([listOrders.id])).toEqual([]);
  });
});
