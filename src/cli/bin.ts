/** The program: connects main with the process. The only place that reads `process` streams, takes signals and sets the exit code. */
import { main } from './main.ts';

/** Milliseconds within which a second signal is an echo of the first: a terminal, npm and the launcher may all pass it on. */
const echo = 500;

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

/** What nobody was to throw. */
function onBug(error: unknown): void {
  process.stderr.write(
    `specproof: this is a bug in specproof\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exit(70);
}
// Rejections that nobody waits for come here too.
process.on('uncaughtException', onBug);

try {
  process.exitCode = await main(process.argv.slice(2), {
    stdout: process.stdout,
    stderr: process.stderr,
    stdin: process.stdin,
    env: process.env,
    cwd: process.cwd(),
    signal: stop.signal,
  });
} catch (error) {
  onBug(error);
}
