import { describe, expect, test } from 'vitest';
import { plannedPhases } from '../../src/cases/plan-scenarios.ts';
import { findIn, yardsticks } from '../support/yardsticks.ts';

/** Fifty seeds, further apart than the variants of one run. */
const seeds = Array.from({ length: 50 }, (_, index) => 1 + index * 7717);

describe.each(yardsticks.map((yardstick) => [yardstick.name, yardstick] as const))('the unbroken %s', (_, yardstick) => {
  test.each(seeds)('is accused of nothing with seed %i', async (seed) => {
    const { findings, counts } = await findIn(yardstick, [], plannedPhases, seed);
    expect(findings.map(({ check, confidence, operation, message }) => `${confidence} ${check} ${operation} ${message}`)).toEqual([]);
    expect(counts.exchanges).toBeGreaterThan(1500);
  });
});
