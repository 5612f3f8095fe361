import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeFolder, runMain } from '../../support/run-main.ts';
import { notesDocument } from '../../support/apis/notes.ts';
import { startProxyCommand } from '../../support/run-proxy.ts';

let folder: Awaited<ReturnType<typeof makeFolder>>;
let api: Server;
let origin: string;

beforeAll(async () => {
  folder = await makeFolder({ 'notes.json': JSON.stringify(notesDocument) });
  api = createServer((request, response) => {
    request.resume();
    const list = request.url?.includes('broken') === true ? '{"items":[{}]}' : '{"items":[],"total":0}';
    response.writeHead(request.url?.startsWith('/v1/notes') === true ? 200 : 404, { 'Content-Type': 'application/json' }).end(list);
  });
  await new Promise<void>((resolve) => void api.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(api.address() as { port: number }).port}`;
});
afterAll(async () => {
  api.close();
  await folder.dispose();
});

const start = (...more: readonly string[]): ReturnType<typeof startProxyCommand> =>
  startProxyCommand(['notes.json', '--base-url', `${origin}/v1`, ...more], folder.path);

describe('specproof proxy', () => {
  it('tells each exchange as it comes, and reports when it is stopped', async () => {
    const proxy = await start('--report', `har=${folder.path}/traffic.har`, '--format', 'ndjson');
    const headers = { Authorization: 'Bearer the-clients-own-token' };
    await fetch(`${proxy.url}/notes?limit=1`, { headers });
    await fetch(`${proxy.url}/nothing`, { headers });
    const { code, stdout, stderr } = await proxy.stop();
    expect(code).toBe(0);
    expect(stderr).toMatch(/✓ GET \/v1\/notes · 200 · \d+ ms · GET \/notes\n/);
    expect(stderr).toMatch(/\? GET \/v1\/nothing · 404 · \d+ ms · the document has no path like \/nothing\n/);
    expect(JSON.parse(stdout)).toMatchObject({ type: 'summary', exit: 0, requests: 2, interrupted: false, suites: [{ name: 'proxy' }] });
    const har = await readFile(`${folder.path}/traffic.har`, 'utf8');
    expect(JSON.parse(har)).toMatchObject({ log: { entries: [{ request: { url: `${origin}/v1/notes?limit=1` } }, {}] } });
    expect(`${stdout}${stderr}${har}`).not.toContain('the-clients-own-token');
  });

  it('finds what the API and what the client did wrong', async () => {
    const proxy = await start();
    await fetch(`${proxy.url}/notes?limit=many`);
    await fetch(`${proxy.url}/notes?broken=1`);
    const { code, stdout, stderr } = await proxy.stop();
    expect(code).toBe(1);
    expect(stderr).toMatch(/request-matches {2}request\.query\.limit .*\(certain\)/);
    expect(stdout).toMatch(/request-matches[^]*body-matches-schema|body-matches-schema[^]*request-matches/);
  });

  it('passes writes on to a target that is not this machine, as the client asks, and says so at the start', async () => {
    const { port } = new URL(origin);
    const proxy = await startProxyCommand(
      ['notes.json', '--base-url', `http://staging.test:${port}/v1`, '--resolve', `staging.test:${port}:127.0.0.1`],
      folder.path,
    );
    expect((await fetch(`${proxy.url}/notes`, { method: 'POST', body: '{}' })).status).toBe(200);
    const { stderr } = await proxy.stop();
    expect(stderr).toContain(
      `passes on to http://staging.test:${port}/v1, which is not this machine, whatever clients send: writes too; Ctrl-C`,
    );
    expect(stderr).toMatch(/POST \/v1\/notes · 200/);
  });

  it('says that nothing was judged when nobody asked for the API', async () => {
    const proxy = await start();
    await fetch(`${proxy.url}/nothing`);
    expect(await proxy.stop()).toMatchObject({ code: 3, stdout: expect.stringContaining('nothing was judged') as string });
  });

  it('ends with 3 when the target is down behind it', async () => {
    const down = createServer(() => undefined);
    await new Promise<void>((resolve) => void down.listen(0, '127.0.0.1', resolve));
    const { port } = down.address() as { port: number };
    const proxy = await startProxyCommand(['notes.json', '--base-url', `http://127.0.0.1:${port}/v1`], folder.path);
    down.closeAllConnections();
    await new Promise((resolve) => down.close(resolve));
    expect((await fetch(`${proxy.url}/notes`)).status).toBe(502);
    expect(await proxy.stop()).toMatchObject({ code: 3, stdout: expect.stringContaining('the connection was refused') as string });
  });

  it.each([
    [() => ['--base-url', 'http://127.0.0.1:1/v1'], 3, /nobody answers at http:\/\/127\.0\.0\.1:1\/v1/],
    [() => ['--base-url', `${origin}/v1`, '--port', new URL(origin).port], 3, /the proxy cannot listen on 127\.0\.0\.1:\d+: EADDRINUSE/],
    [() => ['--base-url', `${origin}/v1`, '--port', 'many'], 2, /--port must be an integer/],
    [() => [], 2, /names no absolute server/],
  ])('refuses to start: %#', async (argv, want, said) => {
    const { code, stderr } = await runMain(['proxy', 'notes.json', ...argv()], { cwd: folder.path });
    expect([code, stderr]).toEqual([want, expect.stringMatching(said)]);
  });

  it('starts a target of its own', async () => {
    const proxy = await startProxyCommand(['notes.json', '--target', 'embedded'], folder.path);
    expect((await fetch(`${proxy.url}/notes`)).status).toBe(401);
    expect(await proxy.stop()).toMatchObject({ stderr: expect.stringContaining('GET /notes') as string });
  });
});
