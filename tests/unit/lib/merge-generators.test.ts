import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { mergeGenerators } from '../../../src/lib/merge-generators.ts';

interface Log {
  running: number;
  most: number;
  readonly ended: string[];
}

function maker(log: Log, name: string, delays: readonly number[]): () => AsyncGenerator<string, void, undefined> {
  return async function* () {
    log.running += 1;
    log.most = Math.max(log.most, log.running);
    try {
      for (const [index, delay] of delays.entries()) {
        await sleep(delay);
        yield `${name}${index}`;
      }
    } finally {
      log.running -= 1;
      log.ended.push(name);
    }
  };
}

test('yields everything, in completion order, from no more generators than allowed', async () => {
  const log: Log = { running: 0, most: 0, ended: [] };
  const found: string[] = [];
  for await (const value of mergeGenerators([maker(log, 'slow', [60]), maker(log, 'quick', [1, 1]), maker(log, 'late', [1])], 2))
    found.push(value);
  expect(found).toEqual(['quick0', 'quick1', 'late0', 'slow0']);
  expect(log).toMatchObject({ running: 0, most: 2 });
});

test('ends what runs when the consumer stops early', async () => {
  const log: Log = { running: 0, most: 0, ended: [] };
  for await (const value of mergeGenerators([maker(log, 'a', [1, 1]), maker(log, 'b', [5, 5]), maker(log, 'c', [1])], 2)) {
    expect(value).toBe('a0');
    break;
  }
  expect(log.running).toBe(0);
  expect(log.ended.sort()).toEqual(['a', 'b']);
});

test('passes an error on and ends the others', async () => {
  const log: Log = { running: 0, most: 0, ended: [] };
  const failing = async function* (): AsyncGenerator<string, void, undefined> {
    await sleep(3);
    throw new Error('gone');
  };
  const consume = async (): Promise<void> => {
    for await (const _ of mergeGenerators<string>([maker(log, 'a', [1, 50]), failing], 2));
  };
  await expect(consume()).rejects.toThrow('gone');
  expect(log.running).toBe(0);
});
