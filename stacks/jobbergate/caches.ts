// Makes what is made once: Python environment, Keycloak, realm, empty database. Each is made aside and
// renamed when whole, so that a half-done one is never taken for a done one.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findPython, pythonIsBroken } from './prerequisites.ts';
import { runCommand } from './run-command.ts';
import {
  apiEnvironment,
  asPostgres,
  cacheFolder,
  consumersFolder,
  databaseFolder,
  databaseName,
  keycloakBuildOptions,
  keycloakEnvironment,
  keycloakFolder,
  keycloakJavaOptions,
  keycloakVersion,
  postgresCommand,
  postgresProgram,
  pythonFolder,
  pythonProgram,
  realmFolder,
  sourceFile,
} from './settings.ts';

/** Fills the cache with what it lacks; writes a line about each thing it makes. */
export async function fillCaches(): Promise<void> {
  await removeAbandoned();
  if (pythonIsBroken()) await rm(pythonFolder(), { recursive: true, force: true });
  await Promise.all([
    ensure('Python packages', pythonFolder(), (aside) => makePython(aside, 'api/requirements.txt')).then(() =>
      ensure('empty database', databaseFolder(), makeDatabase),
    ),
    ensure('Keycloak', keycloakFolder(), makeKeycloak).then(() => ensure('realm', realmFolder(), makeRealm)),
  ]);
}

/** Gives the interpreter of a Python environment that has Jobbergate's own clients; makes it where there is none. */
export async function consumersPython(): Promise<string> {
  await ensure("Jobbergate's clients", consumersFolder(), (aside) => makePython(aside, 'consumers/requirements.txt'));
  return join(consumersFolder(), 'bin', 'python');
}

/** Removes what starts that were cut short left behind, once no start can still be at it. */
async function removeAbandoned(): Promise<void> {
  const names = await readdir(cacheFolder()).catch(() => []);
  for (const name of names.filter((each) => each.includes('.partial-'))) {
    const path = join(cacheFolder(), name);
    if (Date.now() - (await stat(path)).mtimeMs > 3_600_000) await rm(path, { recursive: true, force: true });
  }
}

async function ensure(what: string, folder: string, make: (aside: string) => Promise<void>): Promise<void> {
  if (existsSync(folder)) return;
  await mkdir(dirname(folder), { recursive: true });
  const aside = await mkdtemp(`${folder}.partial-`);
  const started = Date.now();
  process.stdout.write(`${what}: making it (once)\n`);
  try {
    await make(aside);
    await rename(aside, folder).catch((error) => {
      if (!existsSync(folder)) throw error; // else another start was faster
    });
    process.stdout.write(`${what}: made in ${Math.round((Date.now() - started) / 1000)} s\n`);
  } catch (error) {
    throw new Error(`${what}: could not be made`, { cause: error });
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

async function makePython(aside: string, requirements: string): Promise<void> {
  const python = await findPython();
  if (python === undefined) throw new Error('no Python 3.12 or later');
  await runCommand([python, '-m', 'venv', aside]);
  // Without dependencies: the list is complete, and must be taken as it is.
  await runCommand([
    join(aside, 'bin', 'python'),
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '--no-deps',
    '--requirement',
    sourceFile(requirements),
  ]);
}

async function makeKeycloak(aside: string): Promise<void> {
  const artifact = `org.keycloak:keycloak-quarkus-dist:${keycloakVersion}:zip`;
  const unpacked = join(aside, 'unpacked');
  await runCommand(
    [
      'mvn',
      '--batch-mode',
      '--quiet',
      'dependency:unpack',
      `-Dartifact=${artifact}`,
      `-DoutputDirectory=${unpacked}`,
      `-Dproject.basedir=${aside}`,
    ],
    { cwd: aside },
  );
  const home = join(unpacked, `keycloak-${keycloakVersion}`);
  await runCommand(['cp', '-a', `${home}/.`, aside]);
  await rm(unpacked, { recursive: true });
  await runCommand(['sh', join(aside, 'bin', 'kc.sh'), 'build', ...keycloakBuildOptions], { env: { JAVA_OPTS: keycloakJavaOptions } });
}

async function makeRealm(aside: string): Promise<void> {
  const command = [
    'sh',
    join(keycloakFolder(), 'bin', 'kc.sh'),
    'import',
    '--optimized',
    '--file',
    sourceFile('identity/realm.json'),
  ] as const;
  await runCommand(command, { env: keycloakEnvironment(aside) });
}

async function makeDatabase(aside: string): Promise<void> {
  // Under the system's temporary folder, which the user `postgres` can reach when home folders are closed to it.
  const folder = await mkdtemp(join(tmpdir(), 'specproof-jobbergate-template-'));
  const data = join(folder, 'data');
  try {
    if (process.getuid?.() === 0) await runCommand(['chown', 'postgres:', folder]);
    await runCommand(
      asPostgres(
        postgresProgram('initdb'),
        '-D',
        data,
        '--username',
        databaseName,
        '--auth',
        'trust',
        '--encoding',
        'UTF8',
        '--locale',
        'C.UTF-8',
        '--no-sync',
        '--wal-segsize',
        '1',
      ),
    );
    await withServer(data, () => runCommand([pythonProgram(), sourceFile('api/create_schema.py')], { cwd: folder, env: apiEnvironment() }));
    await runCommand(['cp', '-a', data, join(aside, 'data')]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function withServer(data: string, work: () => Promise<unknown>): Promise<void> {
  const [file, ...args] = postgresCommand(data);
  const server = spawn(file, args, { cwd: '/', stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = new Promise<string>((resolve) => {
    server.once('close', (code) => resolve(`exit ${code}`));
    server.once('error', (error) => resolve(error.message));
  });
  const early = ended.then((how) => {
    throw new Error(`PostgreSQL did not stay up (${how})`);
  });
  try {
    await Promise.race([early, work()]);
  } finally {
    early.catch(() => undefined);
    server.kill('SIGINT');
    await Promise.race([ended, sleep(20_000, undefined, { ref: false })]);
  }
}
