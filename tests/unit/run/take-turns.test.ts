import { expect, test } from 'vitest';
import { takeTurns, type Course } from '../../../src/run/take-turns.ts';

const log: string[] = [];

/** Pauses so many times, and says each time where it stands. */
async function* course(name: string, pauses: number): Course {
  try {
    for (let number = 0; number < pauses; number++) {
      log.push(`${name}${number}`);
      yield;
    }
  } finally {
    log.push(`${name} ends`);
  }
}

// eslint-disable-next-line require-yield
async function* failing(): Course {
  throw new TypeError('a bug');
}

test('what pauses goes on when all others have paused or ended', async () => {
  log.splice(0);
  await takeTurns([course('a', 2), course('b', 0), course('c', 1)], 1, expect.unreachable);
  expect(log).toEqual(['a0', 'b ends', 'c0', 'a1', 'c ends', 'a ends']);
});

test('a failure is told at once, and what has paused is returned, though it would have gone on', async () => {
  log.splice(0);
  const told: string[] = [];
  const turns = takeTurns([course('a', 2), failing(), course('c', 2)], 2, () => void told.push(log.join(' ')));
  await expect(turns).rejects.toThrow('a bug');
  expect(told).toEqual(['a0']);
  expect(log.filter((line) => line.endsWith('ends')).toSorted()).toEqual(log.includes('c0') ? ['a ends', 'c ends'] : ['a ends']);
  expect(log).not.toContain('a1');
});
