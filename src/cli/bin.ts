/** The program: connects main with the process. The only place that reads `process` streams, takes signals and sets the exit code. */
import { main } from './main.ts';

/** Milliseconds within which a second signal is an echo of the first: a terminal, npm and the launcher may all pass it on. */
const echo = 500;
/** Milliseconds for removing what a run has started, once a bug has stopped it. */
const grace = 10_000;

const stop = new AbortController();
let stoppedAt = 0;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (!stop.signal.aborted) {
      stoppedAt = performance.now();
      stop.abort(new Error(`interrupted by ${signal}`));
    } else if (performance.now() - stoppedAt > echo) process.exit(130);
  });
}

/** A reader that closes the pipe, as `head` does, wants no more. */
function onPipeError(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  stop.abort(new Error('the reader of the output is gone'));
}
process.stdout.on('error', onPipeError);
process.stderr.on('error', onPipeError);

function tellBug(error: unknown): void {
  process.stderr.write(
    `specproof: this is a bug in specproof\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
}

// What nobody was to throw; rejections that nobody waits for come here too. What was started is removed as after Ctrl-C.
process.on('uncaughtException', (error) => {
  if (process.exitCode === 70) return;
  process.exitCode = 70;
  tellBug(error);
  stop.abort(error);
  setTimeout(() => process.exit(70), grace).unref();
});

try {
  const code = await main(process.argv.slice(2), {
    stdout: process.stdout,
    stderr: process.stderr,
    stdin: process.stdin,
    env: process.env,
    cwd: process.cwd(),
    signal: stop.signal,
  });
  process.exitCode ??= code;
} catch (error) {
  tellBug(error);
  process.exit(70);
}
