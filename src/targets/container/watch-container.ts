/** Listens to one container: keeps its last lines, and knows when it has ended. */
import { once } from 'node:events';
import { PassThrough, type Readable } from 'node:stream';
import type { Ending } from '../child.ts';
import { HarnessError } from '../../errors.ts';
import { keepLines, linesHint } from '../last-lines.ts';
import type { Started } from '../until-ready.ts';
import { engineMessage, type EngineContainer } from './engine.ts';
import type { Surroundings } from './surroundings.ts';

/** A container under watch. That the engine is gone counts as its end, too. */
export interface Watched extends Started {
  readonly name: string;
  readonly container: EngineContainer;
  /** Its last lines of output, oldest first, without secrets. */
  readonly lines: () => readonly string[];
}

/** Lines that are kept of each container. */
const keptLines = 1000;

/** The container under watch; `fresh` says that it was created and not yet started. */
export async function watchContainer(
  name: string,
  id: string,
  fresh: boolean,
  { engine, redact, stopping }: Surroundings,
): Promise<Watched> {
  const container = engine.client.container.getById(id);
  const output = new PassThrough();
  const lines = keepLines([output], keptLines);
  const both = { stdout: true, stderr: true };
  // Podman 4 garbles what was printed before one is attached.
  const raw = fresh ? await container.attach({ ...both, stream: true }) : await container.logs({ ...both, follow: true });
  engine.client.container.dockerode.modem.demuxStream(raw, output, output);
  raw.on('error', () => output.end());
  raw.on('close', () => output.end());
  stopping.addEventListener('abort', () => void (raw as Readable).destroy());
  let ending: Ending | undefined;
  const awaited = awaitEnd(container, fresh ? 'next-exit' : 'not-running', stopping);
  const ended = Promise.race([awaited, once(output, 'end').then(() => endBehind(container, awaited))]).then((result) => (ending = result));
  return { name, container, lines: () => lines().map(redact), ended, ending: () => ending };
}

async function awaitEnd(container: EngineContainer, condition: 'next-exit' | 'not-running', stopping: AbortSignal): Promise<Ending> {
  try {
    const { StatusCode: code } = (await container.wait({ condition, abortSignal: stopping })) as { readonly StatusCode: number };
    return exit(code);
  } catch (error) {
    return { ok: false, text: stopping.aborted ? 'the run' : gone(error) };
  }
}

/** What became of a container that prints no more. The engine's client waits for ever for an engine that went while it was waiting. */
async function endBehind(container: EngineContainer, awaited: Promise<Ending>): Promise<Ending> {
  try {
    const { State } = await container.inspect();
    return State.Running ? awaited : exit(State.ExitCode);
  } catch (error) {
    return { ok: false, text: gone(error) };
  }
}

const exit = (code: number): Ending => ({ ok: code === 0, text: `exit code ${code}` });
const gone = (error: unknown): string => `the container engine gone (${engineMessage(error)})`;

/** The error of a container, with its last lines. */
export function containerError(name: string, reason: string, watched: Pick<Watched, 'lines'> | undefined, cause?: unknown): HarnessError {
  return new HarnessError('E_TARGET', `container ${name} ${reason}`, { hint: linesHint(watched?.lines() ?? []), cause });
}
