/** Sends requests and writes down what came, so that two APIs can be compared answer by answer. */
import { request, type IncomingMessage } from 'node:http';
import { bareTelescope, comet, galaxy, note, observation, star, telescope } from './samples.ts';
import type { FaultyApi } from './start.ts';
import { at, post, put, type Step } from './step.ts';

/** What came to one step. */
export interface Came {
  readonly status: number | undefined;
  /** Without `Date`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
  /** Why no whole answer came. */
  readonly fault: string | undefined;
}

/** Requests that make one or two of everything, as main. */
export const prelude: readonly Step[] = [
  post('/telescopes', telescope(), { keep: 'telescope' }),
  post('/telescopes', bareTelescope({ name: 'Étoile', kind: 'radio' }), { keep: 'bare' }),
  post(at.observations, observation(), { keep: 'observation' }),
  post(
    at.observations,
    observation({ title: 'Second', priority: 9, state: 'done', remarks: null, pointing: { mode: 'tracked', catalogue: 'M31' } }),
    { keep: 'tracked' },
  ),
  post('/targets', star(), { keep: 'star' }),
  post('/targets', comet(), { keep: 'comet' }),
  post('/targets', galaxy(), { keep: 'galaxy' }),
  post('/notes', note(), { keep: 'note' }),
  post('/notes', note({ text: 'Second', pinned: false }), { keep: 'second' }),
  put(at.frame, Buffer.from([0, 255, 13, 10, 128]), { type: 'application/octet-stream' }),
];

/** What came to each step, in order. Waits a second at most for each. */
export async function walk(api: FaultyApi, steps: readonly Step[]): Promise<readonly Came[]> {
  const { main } = api.tokens;
  const words: Record<string, string> = { 'token:main': main, 'token:expired': api.tokens.expired, 'token:cut': main.slice(0, -10) };
  const came: Came[] = [];
  for (const step of steps) {
    const answer = await send(api, step, (text) => text.replaceAll(/\{([\w:]+)\}/g, (whole, name: string) => words[name] ?? whole));
    if (step.keep !== undefined) words[step.keep] = idIn(answer.bytes);
    came.push(answer);
  }
  return came;
}

function idIn(bytes: Buffer): string {
  return /"id":"?([^",}]+)/.exec(bytes.toString())?.[1] ?? 'none';
}

function send(api: FaultyApi, step: Step, fill: (text: string) => string): Promise<Came> {
  const token = step.as === 'nobody' ? undefined : api.tokens[step.as ?? 'main'];
  const { body } = step;
  const content =
    body === undefined
      ? undefined
      : body instanceof Uint8Array || (typeof body === 'string' && step.type !== undefined)
        ? body
        : JSON.stringify(body);
  const headers = {
    ...(token !== undefined && { Authorization: `Bearer ${token}` }),
    ...(content === undefined && step.type === undefined
      ? {}
      : { 'Content-Type': step.type ?? 'application/json', 'Content-Length': String(Buffer.byteLength(content ?? '')) }),
    ...Object.fromEntries(Object.entries(step.headers ?? {}).map(([name, value]) => [name, fill(value)])),
  };
  return new Promise((resolve) => {
    let answer: IncomingMessage | undefined;
    const chunks: Buffer[] = [];
    const settle = (fault?: string): void => {
      clearTimeout(timer);
      outgoing.destroy();
      const lines = Object.entries(answer?.headers ?? {}).filter(([name]) => name !== 'date');
      // what an endless body was cut off at is chance
      const bytes = fault === 'no end' ? Buffer.alloc(0) : Buffer.concat(chunks);
      resolve({
        status: answer?.statusCode,
        headers: Object.fromEntries(lines.map(([name, value]) => [name, String(value)])),
        bytes,
        fault,
      });
    };
    const timer = setTimeout(() => settle('no end'), 1000);
    const outgoing = request(api.baseUrl + fill(step.path), { method: step.method, headers, agent: false }, (incoming) => {
      answer = incoming;
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.once('end', () => settle());
      incoming.once('error', (error: NodeJS.ErrnoException) => settle(error.code ?? error.message));
    });
    outgoing.once('error', (error: NodeJS.ErrnoException) => settle(error.code ?? error.message));
    outgoing.end(content);
  });
}
