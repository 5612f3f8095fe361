/** A sample of the yardsticks; the whole of them is the project `yardstick`, which CI runs. */
import { describe, expect, test } from 'vitest';
import { plannedPhases } from '../../src/cases/plan-scenarios.ts';
import { testCatches } from '../support/golden-table.ts';
import { findIn, yardsticks } from '../support/yardsticks.ts';

describe.each(yardsticks.map((yardstick) => [yardstick.name, yardstick] as const))('%s', (name, yardstick) => {
  test.each([1, 2])('unbroken, it is accused of nothing with seed %i', async (seed) => {
    const { findings, counts } = await findIn(yardstick, [], plannedPhases, seed);
    expect(findings.map(({ check, operation, message }) => `${check} ${operation} ${message}`)).toEqual([]);
    expect(counts.exchanges).toBeGreaterThan(1500);
  });

  testCatches(name, (_, index) => index % 4 === 0);
});
