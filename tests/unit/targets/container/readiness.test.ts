import { once } from 'node:events';
import net from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { untilContainerReady, type Running } from '../../../../src/targets/container/readiness.ts';

const server = net.createServer();
beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterAll(() => server.close());

/** A container that runs, with the health that its engine tells and one port published at the given one here. */
function running(health: { readonly Status: string; readonly Log?: null } | undefined, port: number): Running {
  const container = { inspect: () => Promise.resolve({ State: { Running: true, Health: health } }) } as unknown as Running['container'];
  return {
    name: 'api',
    container,
    host: '127.0.0.1',
    ports: new Map([[8000, port]]),
    mayEnd: false,
    lines: () => [],
    ended: new Promise(() => undefined),
    ending: () => undefined,
  };
}

describe('what a container is ready by when nothing is said', () => {
  it.each([
    { engine: 'Docker, of a container without a check', health: undefined },
    { engine: 'Docker, of a check that is switched off', health: { Status: 'none' } },
    { engine: 'Podman, of a container without a check', health: { Status: '' } },
  ])('is its port where the health is that of $engine', async ({ health }) => {
    const { port } = server.address() as net.AddressInfo;
    expect(await untilContainerReady(running(health, port), undefined, 5000)).toBeUndefined();
    expect(await untilContainerReady(running(health, 1), undefined, 300)).toMatch(/^was not ready within 300 ms: .*ECONNREFUSED/);
  });

  it('is its health where there is a check, whose log Podman gives as null before the first', async () => {
    expect(await untilContainerReady(running({ Status: 'healthy' }, 1), undefined, 5000)).toBeUndefined();
    expect(await untilContainerReady(running({ Status: 'starting', Log: null }, 1), undefined, 300)).toBe(
      'was not ready within 300 ms: its health is starting',
    );
  });
});
