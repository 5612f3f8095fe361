import { once } from 'node:events';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { processTarget, type ProcessStep } from '../../../src/targets/process.ts';
import { freePort } from '../../support/free-port.ts';

const node = process.execPath;

function serverStep(name: string, port: number, more = ''): ProcessStep {
  const script = `${more};require('node:http').createServer((q, s) => s.end('up')).listen(${port}, '127.0.0.1', () => console.log('listening'))`;
  return { name, command: [node, '-e', script], ready: `http://127.0.0.1:${port}/`, readyTimeout: 10_000 };
}

async function isUp(port: number): Promise<boolean> {
  const socket = net.connect({ port, host: '127.0.0.1' });
  const up = await Promise.race([once(socket, 'connect').then(() => true), once(socket, 'error').then(() => false)]).catch(() => false);
  socket.destroy();
  return up;
}

test('runs setup steps to their end, waits for readiness, gives addresses, and stops in reverse', async () => {
  const [first, second] = [await freePort(), await freePort()];
  const lines: string[] = [];
  const target = await processTarget(
    {
      kind: 'process',
      baseUrl: `http://127.0.0.1:${second}/api/`,
      document: '/openapi.json',
      issuer: 'http://127.0.0.1:1/realm',
      steps: [
        { name: 'setup', command: [node, '-e', 'process.exit(process.env.WANTED === "yes" ? 0 : 1)'], env: { WANTED: 'yes' } },
        serverStep('first', first),
        { ...serverStep('second', second), ready: `tcp://127.0.0.1:${second}` },
      ],
    },
    { onProgress: (line) => lines.push(line.replace(/[\d.]+ s$/, 'N s')) },
  );
  expect([await isUp(first), await isUp(second)]).toEqual([true, true]);
  expect(target).toMatchObject({
    kind: 'process',
    baseUrl: `http://127.0.0.1:${second}/api`,
    documentUrl: `http://127.0.0.1:${second}/api/openapi.json`,
    issuer: 'http://127.0.0.1:1/realm',
  });
  expect(lines).toEqual([
    'setup: starting',
    'setup: done after N s',
    'first: starting',
    'first: ready after N s',
    'second: starting',
    'second: ready after N s',
  ]);
  await Promise.all([target.dispose(), target.dispose()]);
  expect([await isUp(first), await isUp(second)]).toEqual([false, false]);
});

test('stops what a process started itself', async () => {
  const [port, inner] = [await freePort(), await freePort()];
  const grandchild = `require('node:child_process').spawn(process.execPath, ['-e', "require('node:http').createServer((q, s) => s.end()).listen(${inner}, '127.0.0.1')"], { stdio: 'inherit' })`;
  const target = await processTarget({
    kind: 'process',
    baseUrl: `http://127.0.0.1:${port}`,
    steps: [{ ...serverStep('parent', port, grandchild) }],
  });
  for (let tries = 0; tries < 100 && !(await isUp(inner)); tries += 1) await sleep(30);
  expect(await isUp(inner)).toBe(true);
  await target.dispose();
  expect([await isUp(port), await isUp(inner)]).toEqual([false, false]);
});

test.each<{ why: string; step: ProcessStep; message: RegExp; hint: RegExp }>([
  {
    why: 'a setup step that fails',
    step: { name: 'migrate', command: [node, '-e', 'console.log("one"); console.error("no such table"); process.exitCode = 7'] },
    message: /^step migrate \(.*\) failed with exit code 7$/,
    hint: /no such table/,
  },
  {
    why: 'a process that dies before it is ready',
    step: { name: 'api', command: [node, '-e', 'throw new Error("port taken")'], ready: 'tcp://127.0.0.1:1' },
    message: /^step api \(.*\) ended before it was ready, with exit code 1$/,
    hint: /port taken/,
  },
  {
    why: 'a process that is never ready',
    step: { name: 'api', command: [node, '-e', 'setInterval(() => {}, 1000)'], ready: 'tcp://127.0.0.1:1', readyTimeout: 400 },
    message: /^step api \(.*\) was not ready within 400 ms: .*ECONNREFUSED/,
    hint: /it printed nothing/,
  },
  {
    why: 'a setup step that never ends',
    step: { name: 'wait', command: [node, '-e', 'setInterval(() => {}, 1000)'], readyTimeout: 300 },
    message: /^step wait \(.*\) did not end within 300 ms$/,
    hint: /it printed nothing/,
  },
  {
    why: 'a command that does not exist',
    step: { name: 'typo', command: ['no-such-command-anywhere'] },
    message: /^step typo \(no-such-command-anywhere\) failed with spawn no-such-command-anywhere ENOENT$/,
    hint: /it printed nothing/,
  },
])('$why ends the start, is told with its output, and leaves nothing running', async ({ step, message, hint }) => {
  const port = await freePort();
  const start = processTarget({ kind: 'process', baseUrl: `http://127.0.0.1:${port}`, steps: [serverStep('before', port), step] });
  await expect(start).rejects.toMatchObject({
    code: 'E_TARGET',
    message: expect.stringMatching(message),
    hint: expect.stringMatching(hint),
  });
  expect(await isUp(port)).toBe(false);
});

test('keeps only the last lines of a talkative process', async () => {
  const start = processTarget({
    kind: 'process',
    baseUrl: 'http://127.0.0.1:1',
    steps: [{ name: 'loud', command: [node, '-e', 'for (let i = 0; i < 5000; i++) console.log("line " + i); process.exitCode = 1'] }],
  });
  const error = await start.catch((caught: unknown) => caught as Error & { hint: string });
  expect(error).toHaveProperty('hint', expect.stringMatching(/line 4985\n(?:.*\n)*.*line 4999$/));
});

test('tells when a process dies later, and stays silent about those it stops', async () => {
  const port = await freePort();
  const target = await processTarget({
    kind: 'process',
    baseUrl: `http://127.0.0.1:${port}`,
    steps: [serverStep('api', port, 'setTimeout(() => process.exit(3), 300)')],
  });
  expect(await target.died).toMatchObject({
    code: 'E_TARGET',
    message: 'api ended on its own: exit code 3',
    hint: 'its last lines:\n  listening',
  });
  expect(target.logs()).toEqual(new Map([['api', ['listening']]]));
  await target.dispose();

  const other = await processTarget({ kind: 'process', baseUrl: `http://127.0.0.1:${port}`, steps: [serverStep('api', port)] });
  await other.dispose();
  expect(await Promise.race([other.died, sleep(50, 'silent')])).toBe('silent');
});

test('an interrupted start stops what it had started', async () => {
  const port = await freePort();
  const abort = new AbortController();
  const start = processTarget(
    {
      kind: 'process',
      baseUrl: `http://127.0.0.1:${port}`,
      steps: [serverStep('api', port), { name: 'slow', command: [node, '-e', 'setInterval(() => {}, 1000)'] }],
    },
    { signal: abort.signal, onProgress: (line) => line === 'slow: starting' && setTimeout(() => abort.abort(), 50) },
  );
  await expect(start).rejects.toMatchObject({ code: 'E_TARGET' });
  expect(await isUp(port)).toBe(false);
});

test.each([
  { baseUrl: 'ftp://127.0.0.1', ready: 'tcp://127.0.0.1:1', message: /^base URL "ftp:\/\/127.0.0.1" is not an http or https URL$/ },
  { baseUrl: 'http://127.0.0.1', ready: 'udp://127.0.0.1:1', message: /^step api: ready "udp:\/\/127.0.0.1:1" is neither/ },
])('refuses $baseUrl with $ready before it starts anything', async ({ baseUrl, ready, message }) => {
  const start = processTarget({ kind: 'process', baseUrl, steps: [{ name: 'api', command: [node, '-e', ''], ready }] });
  await expect(start).rejects.toMatchObject({ code: 'E_CONFIG', message: expect.stringMatching(message) });
});

test('groups left alive are killed when the process exits', async () => {
  const port = await freePort();
  const { spawn } = await import('node:child_process');
  const module = new URL('../../../src/targets/process.ts', import.meta.url).href;
  const script = `import { processTarget } from ${JSON.stringify(module)};
    await processTarget(${JSON.stringify({ kind: 'process', baseUrl: `http://127.0.0.1:${port}`, steps: [serverStep('api', port)] })});
    process.exit(5);`;
  const child = spawn(node, ['--input-type=module', '-e', script], { stdio: 'inherit' });
  expect(await once(child, 'exit')).toEqual([5, null]);
  await sleep(50);
  expect(await isUp(port)).toBe(false);
});
