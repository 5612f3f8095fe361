import { expect } from 'vitest';

/** Expects that something is said that begins so; where nothing is, tells all that is said. */
export function expectSaid(found: readonly string[], want: string): void {
  expect(
    found.filter((line) => line.startsWith(want)),
    found.join('\n'),
  ).not.toEqual([]);
}
