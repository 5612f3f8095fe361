import { describe, expect, test } from 'vitest';
import { createTokenSource } from '../../../src/auth/token-source.ts';
import { HarnessError } from '../../../src/errors.ts';

/** A source whose grant counts its tokens (`t1`, `t2` …), on a clock of our own. */
function source(life: number) {
  const world = { now: 0, granted: 0, down: false, told: [] as string[] };
  const tokens = createTokenSource(
    () => {
      if (world.down) return Promise.reject(new HarnessError('E_IDENTITY', 'the provider is down'));
      world.granted += 1;
      return Promise.resolve({ access: `t${world.granted}`, expiresAt: world.now + life });
    },
    () => world.now,
    (line) => void world.told.push(line),
  );
  return { ...tokens, world };
}

describe('a provider that is down half-way', () => {
  test('is not noticed while the token at hand is good, but told once', async () => {
    const { token, world } = source(60_000);
    expect(await token()).toBe('t1');
    world.down = true;
    for (world.now of [51_000, 51_500, 52_500, 58_999]) expect(await token()).toBe('t1');
    expect(world.told).toEqual([expect.stringMatching(/^the provider is down; the token at hand is good for 9 s, until /)]);
    world.now = 60_000;
    await expect(token()).rejects.toMatchObject({ code: 'E_IDENTITY' });
  });

  test('is asked again a second later, and its token taken', async () => {
    const { token, world } = source(60_000);
    await token();
    world.down = true;
    world.now = 51_000;
    await token();
    world.down = false;
    world.now = 51_900;
    expect(await token()).toBe('t1');
    world.now = 52_000;
    expect(await token()).toBe('t2');
  });
});

describe('a token that the API refuses', () => {
  test('is renewed once for all who were refused with it', async () => {
    const { token, renew, world } = source(60_000);
    const [used] = await Promise.all([token(), token()]);
    expect(await Promise.all([renew(used), renew(used), renew(used)])).toEqual([true, true, true]);
    expect([await token(), world.granted]).toEqual(['t2', 2]);
    expect(await renew(used)).toBe(true);
    expect(world.granted).toBe(2);
  });

  test('is believed to be revoked three times, and to have expired as often as it has', async () => {
    const { token, renew, world } = source(60_000);
    const refusals = [];
    for (let count = 0; count < 5; count += 1) refusals.push(await renew(await token()));
    expect([refusals, world.granted]).toEqual([[true, true, true, false, false], 4]);
    const expiring = await token();
    world.now = 60_000;
    expect(await renew(expiring)).toBe(true);
    expect(world.granted).toBe(5);
  });

  test('is left to the judge when the provider is down and it has not expired, an environment error when it has', async () => {
    const { token, renew, world } = source(60_000);
    const used = await token();
    world.down = true;
    expect(await renew(used)).toBe(false);
    world.now = 60_000;
    await expect(renew(used)).rejects.toMatchObject({ code: 'E_IDENTITY' });
  });
});
