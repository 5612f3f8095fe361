/** A child process in a process group of its own, so that it can be stopped with all that it started. No shell. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { keepLines } from './last-lines.ts';

export interface ChildOptions {
  readonly command: readonly [string, ...string[]];
  readonly cwd: string | undefined;
  /** Added to our own environment. */
  readonly env: Readonly<Record<string, string>> | undefined;
}

export interface Child {
  /** How it ended, for people (`exit code 1`, `signal SIGKILL`, `spawn x ENOENT`), once it has. Never rejects. */
  readonly ended: Promise<Ending>;
  /** As `ended`, when it already has. */
  readonly ending: () => Ending | undefined;
  /** Its last lines of output, oldest first. */
  readonly tail: () => readonly string[];
  /** SIGTERM to the group, SIGKILL after `grace` milliseconds; resolves when none of it is left. */
  readonly stop: (grace: number) => Promise<void>;
}

export interface Ending {
  readonly ok: boolean;
  readonly text: string;
}

/** Lines of output that are kept. */
const tailLength = 200;

/** Groups alive: killed when we exit without having stopped them. */
const groups = new Set<number>();
let guarded = false;

function guardExit(): void {
  if (guarded) return;
  guarded = true;
  process.on('exit', () => {
    for (const group of groups) signalGroup(group, 'SIGKILL');
  });
}

/** Whether the group took the signal; false when nothing of it is left. */
function signalGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-group, signal);
    return true;
  } catch {
    return false;
  }
}

/** Starts the command. What keeps it from starting shows in `ended`. */
export function startChild({ command, cwd, env }: ChildOptions): Child {
  guardExit();
  const [file, ...args] = command;
  const child = spawn(file, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    shell: false,
  });
  const group = child.pid;
  if (group !== undefined) groups.add(group);
  const tail = keepLines([child.stdout, child.stderr], tailLength);
  let ending: Ending | undefined;
  const ended = endingOf(child).then((result) => {
    ending = result;
    // Nothing left: the number may soon belong to somebody else's group.
    if (group !== undefined && !signalGroup(group, 0)) groups.delete(group);
    return result;
  });
  return {
    ended,
    ending: () => ending,
    tail,
    stop: async (grace) => {
      if (group === undefined || !groups.has(group)) return;
      await stopGroup(group, grace);
      groups.delete(group);
    },
  };
}

/** The exit; output still in the pipes is waited for shortly, as grandchildren may hold them open for ever. */
async function endingOf(child: ReturnType<typeof spawn>): Promise<Ending> {
  try {
    const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    await Promise.race([once(child, 'close'), sleep(200, undefined, { ref: false })]);
    return { ok: code === 0, text: code === null ? `signal ${signal ?? 'unknown'}` : `exit code ${code}` };
  } catch (error) {
    return { ok: false, text: error instanceof Error ? error.message : String(error) };
  }
}

/** Asks, waits, insists. The leader may be gone while others of its group live on. */
async function stopGroup(group: number, grace: number): Promise<void> {
  if (!signalGroup(group, 'SIGTERM')) return;
  const steps = Math.ceil(grace / 20);
  for (let step = 0; step < steps; step += 1) {
    await sleep(20);
    if (!signalGroup(group, 0)) return;
  }
  signalGroup(group, 'SIGKILL');
  for (let step = 0; step < 100 && signalGroup(group, 0); step += 1) await sleep(20);
}
