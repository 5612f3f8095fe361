import { expect, it } from 'vitest';
import { isWholeRun } from '../../../src/run/is-whole-run.ts';
import type { Settings } from '../../../src/run/settings.ts';

it.each<{ settings: Settings; want: boolean }>([
  { settings: {}, want: true },
  { settings: { concurrency: 1, seed: 1, skipOperations: ['POST /payments'] }, want: true },
  { settings: { only: ['newman', 'tests', 'generated', 'contract'] }, want: true },
  { settings: { only: ['tests', 'newman'] }, want: false },
  { settings: { phases: ['examples'] }, want: false },
  { settings: { operations: ['/pets*'] }, want: false },
  { settings: { maxCases: 10 }, want: false },
  { settings: { maxTime: 1000 }, want: false },
  { settings: { replay: 'a1b2' }, want: false },
])('a run with $settings asks all that it can ask: $want', ({ settings, want }) => {
  expect(isWholeRun(settings)).toBe(want);
});
