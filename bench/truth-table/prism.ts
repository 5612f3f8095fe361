/** Prism as a validating proxy: it says what it finds in a header field. It is started again where an answer ends it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { JsonObject } from '../../src/lib/json.ts';
import { merge, type Peer, type Question } from './peer.ts';

interface Violation {
  readonly location: readonly string[];
  readonly message: string;
}

interface Running {
  readonly child: ChildProcess;
  readonly origin: string;
}

export const prism: Peer = async (question) => {
  const words: (string | undefined)[] = [];
  const kept = Object.entries(question.documents).filter(([, document]) => !refused.test(JSON.stringify(document)));
  const file = join(question.cache, `prism-${question.dialect}.json`);
  const whole = JSON.parse(await readFile(question.file, 'utf8')) as JsonObject;
  await writeFile(
    file,
    JSON.stringify(
      merge(
        whole,
        kept.map(([, document]) => document),
      ),
    ),
  );
  const own = new Set(kept.map(([path]) => path));
  let running = await start({ ...question, file });
  let ends = 0;
  try {
    for (const [number, path] of question.paths.entries()) {
      const word: string | undefined | typeof ended = !own.has(path)
        ? undefined
        : await said(running.origin + path, number).catch(() => ended);
      words.push(word === ended ? undefined : word);
      if (word !== ended) continue;
      ends++;
      running.child.kill('SIGKILL');
      running = await start({ ...question, file });
    }
  } finally {
    running.child.kill('SIGKILL');
  }
  if (ends > 0)
    console.error(
      `${question.dialect} Prism gave no answer, or ended, on ${ends} of ${question.paths.length} answers: counted as nothing said`,
    );
  return words;
};

/** Prism refuses a whole document for one of these: promises with them are left out of it, and nothing is said of their answers. */
const refused = /"\$(?:id|anchor|dynamicRef|dynamicAnchor|recursiveRef)"/;

const ended: unique symbol = Symbol('ended');

async function start({ cache, file, origin }: Question): Promise<Running> {
  const free = createServer().listen(0, '127.0.0.1');
  await once(free, 'listening');
  const { port } = free.address() as AddressInfo;
  await new Promise((closed) => free.close(closed));
  const flags = ['proxy', file, origin, '--port', String(port), '--host', '127.0.0.1', '--verboseLevel', 'error'];
  const child = spawn(process.execPath, [join(cache, 'node_modules', '.bin', 'prism'), ...flags], { stdio: 'ignore' });
  const own = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 240 && child.exitCode === null; tries++) {
    if (await fetch(own).catch(() => undefined)) return { child, origin: own };
    await delay(250);
  }
  child.kill('SIGKILL');
  throw new Error('it does not start with this document');
}

/** What Prism says of an answer. */
async function said(url: string, number: number): Promise<string | undefined> {
  const headers = { 'x-answer': String(number), accept: '*/*' };
  const response = await fetch(url, { headers, redirect: 'manual', signal: AbortSignal.timeout(10_000) });
  const body = await response.text();
  const violations = JSON.parse(response.headers.get('sl-violations') ?? '[]') as readonly Violation[];
  const own = violations.filter(({ location }) => location[0] === 'response').map(({ message }) => message);
  // a problem of Prism's own instead of the answer
  if (own.length === 0 && response.headers.get('content-type')?.startsWith('application/problem+json') === true)
    own.push(body.slice(0, 200));
  return own.length === 0 ? undefined : own.join('; ').slice(0, 300);
}
