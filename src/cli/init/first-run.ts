/** The first run of a new project: soon, with what is at hand. */
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import type { RunSuiteName } from '../../run/events.ts';
import type { Settings } from '../../run/settings.ts';
import type { Contract } from '../../spec/contract.ts';
import type { Invocation } from '../command.ts';
import { runSuites } from '../run-suites.ts';
import type { Ask } from './ask.ts';
import { givenCredential } from './identity-kinds.ts';
import type { Project } from './project-files.ts';

/** The first run's generated cases, and milliseconds in which they begin: a first verdict is wanted soon, also of an API that is large or takes its time. */
const firstLimits = ({ operations }: Contract): Settings => ({ maxCases: Math.max(300, 3 * operations.length), maxTime: 60_000 });

interface Place {
  readonly contract: Contract;
  /** Of the project. */
  readonly folder: string;
  /** Path of the locked document. */
  readonly document: string;
  readonly ask: Ask | undefined;
}

/** How the first run ended. */
export interface FirstRun {
  readonly code: number;
  /** Command that gives the next run the credential that this one lacked, or was only lent. */
  readonly credential?: string;
}

/** Runs what can run here and now, without a credential where none is at hand. */
export async function firstRun(project: Project, place: Place, { settings, io }: Invocation): Promise<FirstRun> {
  const { contract, folder, ask, document } = place;
  const { identities: _, baseUrl: __, headers = [], ...others } = settings;
  const run = (how: Settings, env: Readonly<Record<string, string>> = {}): Promise<number> => {
    const wanted = { ...others, ...firstLimits(contract), ...how };
    const inFolder = { ...io, env: { ...io.env, ...env }, cwd: folder };
    return runSuites({ arguments: [undefined], settings: wanted, flags: {}, io: inFolder }, false);
  };
  const whole = { only: installedSuites(folder) };
  const { identity, variable } = project;
  io.stdout.write('\n');
  if (identity === undefined) return { code: await run({ ...whole, headers }) };
  const secret = variable === undefined ? undefined : await findSecret(variable, place, { settings, io });
  const exporting = `export ${variable}=…`;
  if (variable !== undefined && secret !== undefined) {
    const code = await run({ ...whole, headers: headers.filter((field) => field !== secret.field) }, { [variable]: secret.text });
    return io.env[variable] === undefined ? { code, credential: exporting } : { code };
  }
  if (variable === undefined && ask !== undefined) {
    const { login } = await import('../commands/login.ts');
    const code = await login({ arguments: [undefined], settings: others, flags: {}, io: { ...io, cwd: folder } });
    return { code: code === 0 ? await run({ ...whole, headers }) : code };
  }
  const [what, credential] = variable === undefined ? ['nobody is logged in', 'specproof login'] : [`no ${variable}`, exporting];
  io.stdout.write(`  ${what}: this run goes without a credential, and sees what anyone may see\n`);
  const bare = { only: ['generated'], headers, document: relative(folder, document), baseUrl: project.baseUrl } as const;
  return { code: await run(bare), credential };
}

/** What the variable is to hold: from the environment, a flag or whoever can be asked; undefined where none of them says. */
async function findSecret(
  variable: string,
  { contract, ask }: Place,
  { settings: { identities = {}, headers = [] }, io }: Pick<Invocation, 'settings' | 'io'>,
): Promise<{ readonly text: string; readonly field?: (typeof headers)[number] } | undefined> {
  const known = io.env[variable] ?? Object.values(identities).find((given) => typeof given === 'string');
  if (known !== undefined) return { text: known };
  const given = givenCredential(headers, contract);
  if (given !== undefined) return { text: given.secret, field: given.field };
  const typed = await ask?.secret(`${variable} (for now, written nowhere; empty: go without)`);
  return typed === undefined ? undefined : { text: typed };
}

/** Suites whose packages are there. */
function installedSuites(folder: string): readonly RunSuiteName[] {
  const manifest = join(folder, 'package.json');
  const runsTests = isInstalled(manifest, 'specproof') && isInstalled(manifest, 'vitest');
  return [
    'contract',
    'generated',
    ...(runsTests ? (['tests'] as const) : []),
    ...(isInstalled(import.meta.filename, 'newman') ? (['newman'] as const) : []),
  ];
}

/** Whether what stands in the file could import the package. */
export function isInstalled(file: string, name: string): boolean {
  try {
    createRequire(file).resolve(`${name}/package.json`);
    return true;
  } catch {
    return false;
  }
}
