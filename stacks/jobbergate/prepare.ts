// First step of each start: checks the machine, fills the cache, lays out a fresh run folder. Starts no server that stays.
import { mkdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fillCaches } from './caches.ts';
import { missingPrerequisites } from './prerequisites.ts';
import { runCommand } from './run-command.ts';
import { databaseFolder, port, portVariable, realmFolder, runFolder, servers, type Server } from './settings.ts';

function takenPort(server: Server): Promise<string | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => {
      const reason = error.code === 'EADDRINUSE' ? 'is taken' : `can't be used (${error.code ?? error.message})`;
      resolve(`port ${port(server)} for the ${server} server ${reason}: stop what uses it, or set ${portVariable(server)}`);
    });
    probe.listen({ host: '127.0.0.1', port: port(server), exclusive: true }, () => probe.close(() => resolve(undefined)));
  });
}

async function layRunFolder(): Promise<void> {
  const folder = runFolder();
  await rm(folder, { recursive: true, force: true });
  // Fails when somebody else made it meanwhile, and only we may write in it.
  await mkdir(folder, { mode: 0o755 });
  // With owners and modes: PostgreSQL insists on its own.
  await runCommand(['cp', '-a', join(databaseFolder(), 'data'), join(folder, 'database')]);
  await runCommand(['cp', '-a', realmFolder(), join(folder, 'realm')]);
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message}: ${describe(error.cause)}`;
}

async function prepare(): Promise<number> {
  const [missing, taken] = await Promise.all([missingPrerequisites(), Promise.all(servers.map(takenPort))]);
  const problems = [...missing, ...taken.filter((line) => line !== undefined)];
  if (problems.length > 0) {
    process.stderr.write(`${problems.join('\n')}\n`);
    return 1;
  }
  await fillCaches();
  await layRunFolder();
  return 0;
}

process.exitCode = await prepare().catch((error) => {
  process.stderr.write(`${describe(error)}\n`);
  return 1;
});
