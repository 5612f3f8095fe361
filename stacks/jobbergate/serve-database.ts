// Keeps PostgreSQL running on the run folder's data, and removes the run folder when it ends.
// It is the first server to start, hence the last to stop: nobody needs the folder after it.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { postgresCommand, runFolder } from './settings.ts';

const [file, ...args] = postgresCommand(join(runFolder(), 'database'));
const server = spawn(file, args, { cwd: '/', stdio: ['ignore', 'inherit', 'inherit'] });

// SIGINT is PostgreSQL's fast stop; SIGTERM alone would wait for clients that never leave.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => server.kill('SIGINT'));

server.once('error', (error) => {
  process.stderr.write(`PostgreSQL did not start: ${error.message}\n`);
  process.exitCode = 1;
});
server.once('exit', (code) => {
  rmSync(runFolder(), { recursive: true, force: true });
  process.exitCode = code ?? 1;
});
