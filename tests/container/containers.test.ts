import { afterEach, describe, expect, it } from 'vitest';
import { containerTarget, type ContainerTarget } from '../../src/targets/container/container-target.ts';
import type { ContainerOptions, ContainerTargetOptions, Readiness } from '../../src/targets/container/options.ts';
import { freePort } from '../support/free-port.ts';
import { apiContainer, imageFolder, removeLeft, whatIsLeft } from '../support/containers.ts';

const open: ContainerTarget[] = [];
afterEach(async () => {
  for (const target of open.splice(0)) await target.dispose();
});

async function start(options: Partial<ContainerTargetOptions> & Pick<ContainerTargetOptions, 'containers'>): Promise<ContainerTarget> {
  const target = await containerTarget(
    { kind: 'container', baseUrl: 'http://api:8000', ...options },
    { root: imageFolder, env: { SECRET: 'hush-hush' } },
  );
  open.push(target);
  return target;
}

async function get(url: string): Promise<unknown> {
  return (await fetch(url)).json();
}

describe('the container target', () => {
  it('gives containers their environment, files, build arguments and one another by name and alias', async () => {
    const target = await start({
      document: 'openapi.json',
      issuer: 'http://shelf:8000/realm',
      containers: {
        shelf: apiContainer({
          image: { context: imageFolder, args: { EDITION: 'second' } },
          aliases: ['depot'],
          env: { GREETING: { variable: 'SECRET' } },
          files: { '/etc/notes/note.txt': 'openapi.json' },
        }),
        api: apiContainer({ needs: ['shelf'], env: { GREETING: 'hello' } }),
      },
    });
    expect(target.baseUrl).toMatch(/^http:\/\/(?:localhost|[\d.]+):\d+$/);
    expect(target.documentUrl).toBe(`${target.baseUrl}/openapi.json`);
    expect(await get(target.documentUrl ?? '')).toMatchObject({ info: { title: 'Surroundings' } });
    expect(await get(`${target.baseUrl}/surroundings`)).toEqual({ edition: 'first', greeting: 'hello', note: null });
    const neighbour = { edition: 'second', greeting: 'hush-hush', note: expect.stringContaining('"Surroundings"') as string };
    expect(await get(`${target.baseUrl}/neighbour/shelf`)).toEqual(neighbour);
    expect(await get(`${target.baseUrl}/neighbour/depot`)).toEqual(neighbour);
    expect(await get(`${target.issuer?.replace('/realm', '') ?? ''}/surroundings`)).toEqual(neighbour);
  });

  it('publishes at the port here that it is told, and knows hosts that it is told', async () => {
    const port = await freePort();
    const target = await start({
      baseUrl: `http://127.0.0.1:${port}/`,
      containers: {
        shelf: apiContainer(),
        api: apiContainer({ needs: ['shelf'], ports: [`${port}:8000`], hosts: { here: 'host-gateway' } }),
      },
    });
    expect(target.baseUrl).toBe(`http://127.0.0.1:${port}`);
    expect(await get(`${target.baseUrl}/surroundings`)).toMatchObject({ edition: 'first' });
  });

  it.each<{ readonly what: string; readonly ready: readonly Readiness[] | undefined; readonly more?: Partial<ContainerOptions> }>([
    { what: 'a URL', ready: [{ kind: 'http', port: 8000, path: '/surroundings' }] },
    { what: 'a port', ready: [{ kind: 'port', port: 8000 }] },
    {
      what: 'a line of its output',
      ready: [
        { kind: 'log', text: 'listening' },
        { kind: 'port', port: 8000 },
      ],
    },
    {
      what: 'its health',
      ready: [{ kind: 'health' }],
      more: {
        health: { command: 'python3 -c "import urllib.request as u; u.urlopen(\'http://localhost:8000/surroundings\')"', interval: 200 },
      },
    },
    { what: 'its ports when nothing is said', ready: undefined },
  ])('waits for $what', async ({ ready, more }) => {
    const { ready: _, ...api } = apiContainer(more);
    const target = await start({ containers: { api: { ...api, ...(ready !== undefined && { ready }) } } });
    expect(await get(`${target.baseUrl}/surroundings`)).toMatchObject({ edition: 'first' });
  });

  it('starts a container only when those that it needs are ready or done, and removes all in the end', async () => {
    const lines: string[] = [];
    await (await start({ containers: { api: apiContainer() } })).dispose(); // its image is built now
    const done = apiContainer({ command: ['python3', 'api.py', '0'], ready: [{ kind: 'done' }] });
    const target = await containerTarget(
      { kind: 'container', baseUrl: 'http://api:8000', containers: { setup: done, api: apiContainer({ needs: ['setup'] }) } },
      { onProgress: (line) => lines.push(line.replace(/[\d.]+ s$/, 'N s')) },
    );
    expect(lines).toEqual(['setup: starting', 'setup: done after N s', 'api: starting', 'api: ready after N s']);
    expect(await whatIsLeft()).toHaveLength(3);
    expect(target.logs()).toEqual(
      new Map([
        ['setup', ['greeting is None']],
        ['api', expect.arrayContaining(['greeting is None', 'listening']) as string[]],
      ]),
    );
    await Promise.all([target.dispose(), target.dispose()]);
    expect(await whatIsLeft()).toEqual([]);
  });

  it('leaves containers to the next run when told to reuse them', async () => {
    const options = { reuse: true, containers: { api: apiContainer() } } as const;
    const first = await start(options);
    await first.dispose();
    const left = await whatIsLeft();
    expect(left).toHaveLength(2);
    const second = await start(options);
    expect(second.baseUrl).toBe(first.baseUrl);
    expect(await get(`${second.baseUrl}/surroundings`)).toMatchObject({ edition: 'first' });
    expect(second.logs().get('api')).toContain('listening');
    expect(await whatIsLeft()).toEqual(left);
    await second.dispose();
    await removeLeft();
  });

  it('tells when a container ends later, with its last lines, and stays silent about those that it removes', async () => {
    const target = await start({ containers: { api: apiContainer() } });
    await fetch(`${target.baseUrl}/end`).catch(() => undefined);
    expect(await target.died).toMatchObject({
      code: 'E_TARGET',
      message: 'container api ended on its own, with exit code 3',
      hint: expect.stringContaining('somebody asked for the end') as string,
    });
    const other = await start({ containers: { api: apiContainer() } });
    await other.dispose();
    expect(await Promise.race([other.died, Promise.resolve('silent')])).toBe('silent');
  });
});
