/** A page in headless Chromium, driven over its DevTools protocol: no library, and no network but loopback. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { setTimeout } from 'node:timers/promises';

export interface Page {
  /** What an expression of the page comes to, promises awaited. Rejects with what it throws. */
  readonly evaluate: (expression: string) => Promise<unknown>;
}

/** Shows an address until the test is over. Throws where there is no Chromium: a test that needs it never passes unseen. */
export async function openPage(url: string): Promise<Page> {
  const profile = await mkdtemp(join(tmpdir(), 'specproof-chromium-'));
  const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run', '--no-proxy-server'];
  const child = spawn(findChromium(), [...flags, `--user-data-dir=${profile}`, '--remote-debugging-port=0', 'about:blank'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const gone = new Promise((resolve) => void child.once('close', resolve));
  onTestFinished(async () => {
    child.kill();
    await gone;
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  });
  const origin = await devTools(child.stderr);
  const opened = await fetch(`${origin}/json/new?${url}`, { method: 'PUT' });
  const { webSocketDebuggerUrl } = (await opened.json()) as { readonly webSocketDebuggerUrl: string };
  return talk(webSocketDebuggerUrl);
}

/** Where Chromium takes orders, once it says so. */
async function devTools(said: NodeJS.ReadableStream): Promise<string> {
  const lines: string[] = [];
  for await (const line of createInterface(said)) {
    const [, host] = /^DevTools listening on ws:\/\/([^/]+)/.exec(line) ?? [];
    if (host !== undefined) {
      said.resume();
      return `http://${host}`;
    }
    lines.push(line);
  }
  throw new Error(`Chromium does not start:\n${lines.join('\n')}`);
}

interface Evaluated {
  readonly id: number;
  /** Undefined where the page went away under the question: one that is just opened does. */
  readonly result?: {
    readonly result: { readonly value?: unknown };
    readonly exceptionDetails?: { readonly text: string; readonly exception?: { readonly description?: string } };
  };
}

async function talk(address: string): Promise<Page> {
  const socket = new WebSocket(address);
  const waiting = new Map<number, (answer: Evaluated) => void>();
  socket.addEventListener('message', ({ data }) => {
    const answer = JSON.parse(String(data)) as Evaluated;
    waiting.get(answer.id)?.(answer);
  });
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', reject);
  });
  return {
    evaluate: async (expression) => {
      for (let attempt = 0; attempt < 100; attempt++) {
        const id = waiting.size + 1;
        const answered = new Promise<Evaluated>((resolve) => waiting.set(id, resolve));
        socket.send(JSON.stringify({ id, method: 'Runtime.evaluate', params: { expression, awaitPromise: true, returnByValue: true } }));
        const came = (await answered).result;
        if (came === undefined) {
          await setTimeout(100);
          continue;
        }
        const { exceptionDetails: thrown, result } = came;
        if (thrown) throw new Error(thrown.exception?.description ?? thrown.text);
        return result.value;
      }
      throw new Error(`the page does not stay: ${address}`);
    },
  };
}

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const apps = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'];

function findChromium(): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const places = [process.env['CHROMIUM'] ?? '', ...names.flatMap((name) => folders.map((folder) => join(folder, name))), ...apps];
  const found = places.find((path) => path !== '' && existsSync(path));
  if (found === undefined)
    throw new Error('this test needs Chromium: on Debian `apt-get install chromium`; elsewhere CHROMIUM may name the program');
  return found;
}
