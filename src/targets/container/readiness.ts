/** When a container is ready. */
import net from 'node:net';
import { HarnessError } from '../../errors.ts';
import { probeHttp } from '../probe.ts';
import { untilDone, untilReady, type Probe } from '../until-ready.ts';
import { engineMessage } from './engine.ts';
import type { Readiness } from './options.ts';
import type { Watched } from './watch-container.ts';

/** A container that has been started, and where its ports are published. */
export interface Running extends Watched {
  readonly host: string;
  /** Port inside → port at `host`. */
  readonly ports: ReadonlyMap<number, number>;
  /** Its end with exit code 0 is a good one. */
  readonly mayEnd: boolean;
}

/** Milliseconds. */
const defaultTimeout = 120_000;
const patience = 2000;
/** Milliseconds that a connection must hold: an engine's proxy accepts first, and hangs up when nobody listens behind it. */
const holds = 150;

/** Why the container is not ready within the milliseconds; undefined when all that it shall be holds. */
export async function untilContainerReady(
  running: Running,
  ready: readonly Readiness[] | undefined,
  timeout: number = defaultTimeout,
): Promise<string | undefined> {
  const wanted = ready ?? (await defaultReadiness(running));
  const deadline = performance.now() + timeout;
  for (const readiness of wanted) {
    const left = Math.max(1, Math.round(deadline - performance.now()));
    const failure =
      readiness.kind === 'done' ? await untilDone(running, left) : await untilReady(running, probeOf(running, readiness), left);
    if (failure !== undefined) return failure;
  }
  return undefined;
}

async function defaultReadiness({ container, ports, mayEnd, name }: Running): Promise<readonly Readiness[]> {
  const { State } = await container.inspect().catch((cause: unknown) => {
    throw new HarnessError('E_TARGET', `container ${name}: ${engineMessage(cause)}`, { cause });
  });
  if (mayEnd && !State.Running) return [{ kind: 'done' }];
  // Where there is no check, Docker says nothing or "none", and Podman "".
  const checked = !['', 'none'].includes(State.Health?.Status ?? '');
  return checked ? [{ kind: 'health' }] : [...ports.keys()].map((port) => ({ kind: 'port', port }));
}

function probeOf(running: Running, readiness: Exclude<Readiness, { readonly kind: 'done' }>): Probe {
  switch (readiness.kind) {
    case 'health':
      return () => probeHealth(running);
    case 'log':
      return () => {
        const found = running.lines().some((line) => line.includes(readiness.text));
        return Promise.resolve(found ? undefined : new Error(`no line of its output holds ${JSON.stringify(readiness.text)}`));
      };
    case 'port':
      return () => probeHeld(running.host, running.ports.get(readiness.port) ?? 0);
    case 'http':
      return () => probeHttp(new URL(readiness.path, `http://${running.host}:${running.ports.get(readiness.port) ?? 0}`), patience);
    default:
      return readiness satisfies never;
  }
}

/** Undefined once the engine finds it healthy. */
async function probeHealth({ container }: Running): Promise<Error | undefined> {
  try {
    const { State } = await container.inspect();
    const { Status = 'none', Log } = State.Health ?? {};
    if (Status === 'healthy') return undefined;
    const said = Log?.at(-1)?.Output.trim() ?? '';
    return new Error(`its health is ${Status}${said === '' ? '' : `: ${said}`}`);
  } catch (error) {
    return new Error(engineMessage(error));
  }
}

/** Undefined once a connection is accepted and not closed at once. */
function probeHeld(host: string, port: number): Promise<Error | undefined> {
  return new Promise((resolve) => {
    const socket = net.connect({ host, port });
    const end = (result: Error | undefined): void => {
      socket.destroy();
      resolve(result);
    };
    socket.setTimeout(patience, () => end(new Error(`port ${port} accepts no connection`)));
    socket.once('connect', () => setTimeout(end, holds, undefined));
    socket.once('error', end);
    socket.once('close', () => resolve(new Error(`port ${port} closes connections at once`)));
  });
}
