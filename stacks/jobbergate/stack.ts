// The real Jobbergate API and what it needs, as steps a process target runs in order.
// Only describes: nothing is started, written or downloaded here.
import { join } from 'node:path';
import {
  apiEnvironment,
  foreignApiSettings,
  issuerUrl,
  keycloakEnvironment,
  keycloakFolder,
  origin,
  port,
  pythonProgram,
  runFolder,
  sourceFile,
  withoutProxy,
} from './settings.ts';

/** One process of a stack. */
export interface ProcessStep {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Says that the process is ready: an http URL answering 2xx or 3xx, or tcp://host:port accepting. A step without it runs to its end and must exit 0. */
  readonly ready?: string;
  /** Milliseconds to wait for `ready`. */
  readonly readyTimeout?: number;
}

/** What a caller needs to start the stack and to talk to it. */
export interface Stack {
  /** Address the API's paths start from. */
  readonly baseUrl: string;
  /** Issuer of the tokens: the realm's address. */
  readonly issuer: string;
  readonly steps: readonly ProcessStep[];
}

/** Gives the steps that start Jobbergate on loopback, and the two addresses a client needs. */
export function jobbergateStack(): Stack {
  const databaseReady = `tcp://127.0.0.1:${port('database')}`;
  const baseUrl = `${origin('api')}/jobbergate`;
  const steps: ProcessStep[] = [
    { name: 'prepare', command: program('prepare.ts') },
    { name: 'database', command: program('serve-database.ts'), ready: databaseReady, readyTimeout: 30_000 },
    // Identity and storage start beside the API: they count as ready as soon as the database is, and `warm-up` waits for both.
    {
      name: 'identity',
      command: ['sh', join(keycloakFolder(), 'bin', 'kc.sh'), 'start', '--optimized'],
      env: keycloakEnvironment(join(runFolder(), 'realm')),
      ready: databaseReady,
    },
    {
      name: 'storage',
      command: [pythonProgram(), '-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port('storage'))],
      env: withoutProxy,
      ready: databaseReady,
    },
    {
      name: 'api',
      command: [
        'env',
        ...foreignApiSettings.map((name) => `--unset=${name}`),
        pythonProgram(),
        '-m',
        'uvicorn',
        'jobbergate_api.main:app',
        '--host',
        '127.0.0.1',
        '--port',
        String(port('api')),
        '--no-access-log',
        '--timeout-graceful-shutdown',
        '5',
      ],
      // The API reads a file `.env` where it starts: the run folder has none.
      cwd: runFolder(),
      env: apiEnvironment(),
      ready: `${baseUrl}/health`,
      readyTimeout: 60_000,
    },
    { name: 'warm-up', command: program('warm-up.ts'), env: withoutProxy },
  ];
  return { baseUrl, issuer: issuerUrl(), steps };
}

function program(name: string): readonly [string, ...string[]] {
  return [process.execPath, sourceFile(name)];
}
