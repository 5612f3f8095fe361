import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createEventQueue } from '../../../src/lib/event-queue.ts';

test('what was pushed comes in order, and what comes after the end does not', async () => {
  const queue = createEventQueue<number>();
  queue.push(1);
  queue.push(2);
  queue.end();
  queue.push(3);
  const seen: number[] = [];
  for await (const event of queue.events()) seen.push(event);
  expect(seen).toEqual([1, 2]);
});

test('an error ends the queue behind what it holds', async () => {
  const queue = createEventQueue<number>();
  queue.push(1);
  queue.end(new Error('broken'));
  const seen: number[] = [];
  const all = async (): Promise<void> => {
    for await (const event of queue.events()) seen.push(event);
  };
  await expect(all()).rejects.toThrow('broken');
  expect(seen).toEqual([1]);
});

test('a maker that wakes the consumer goes on before it', async () => {
  const queue = createEventQueue<string>();
  const log: string[] = [];
  const consumer = (async () => {
    for await (const event of queue.events()) log.push(event);
  })();
  await turn();
  queue.push('told');
  await Promise.resolve();
  log.push('made');
  queue.push('told too');
  queue.end();
  await consumer;
  expect(log).toEqual(['made', 'told', 'told too']);
});

test('a maker waits while too many events do, and no longer once the queue has ended', async () => {
  const queue = createEventQueue<number>();
  expect(queue.below(1)).toBeUndefined();
  queue.push(1);
  let free = false;
  const room = queue.below(1)?.then(() => (free = true));
  await turn();
  expect(free).toBe(false);
  expect(queue.take()).toBe(1);
  await room;
  expect(free).toBe(true);
  queue.push(2);
  const ended = queue.below(1);
  queue.end();
  await ended;
  expect(queue.below(1)).toBeUndefined();
});
