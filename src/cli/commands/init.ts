/** `specproof init`: from any URL of an API to a project that tests it, and its first verdict. */
import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { HarnessError } from '../../errors.ts';
import { documentAccess } from '../../run/document-access.ts';
import { fetchedContract } from '../../run/open-contract.ts';
import { configNames } from '../../run/load-config.ts';
import { planEnvironment } from '../../run/plan-environment.ts';
import { writeCollection, writeEnvironment } from '../../sources/postman/write-collection.ts';
import type { Contract } from '../../spec/contract.ts';
import { discoverDocument } from '../../spec/discover-document.ts';
import { isWebUrl } from '../../spec/fetch-text.ts';
import { lockFiles, writeWhole } from '../../spec/lock.ts';
import { pullDocument } from '../../spec/pull-document.ts';
import type { Execute } from '../command.ts';
import { isUnattended, type Io } from '../io.ts';
import { openPrompts, type Ask } from '../init/ask.ts';
import { chooseProject } from '../init/choose-project.ts';
import { findBaseUrl } from '../../run/find-base-url.ts';
import { firstRun, isInstalled, type FirstRun } from '../init/first-run.ts';
import { manifestText, projectFiles, type Project } from '../init/project-files.ts';
import { apiName } from '../../lib/api-name.ts';

/** Writes what is not there yet, runs, and gives the run's exit code. */
export const init: Execute = async (invocation) => {
  const {
    arguments: [given],
    settings,
    flags,
    io,
  } = invocation;
  const folder = resolve(io.cwd, typeof flags['out'] === 'string' ? flags['out'] : '.');
  const ask = await openAsk(flags['yes'] === true, io);
  const source = given ?? (await ask?.text('URL of the API, of its document or of its swagger page', 'http://localhost:8000/docs'));
  if (source === undefined) throw new HarnessError('E_USAGE', 'nothing says where the API is', { hint: 'specproof init URL' });
  const plan = await planEnvironment({ ...settings, document: source }, io.cwd, io.env);
  const { location } = await discoverDocument(plan.named ?? source, documentAccess(plan));
  const { contract } = await fetchedContract(location, plan, undefined);
  io.stderr.write(`  found ${apiName(contract)}: ${contract.operations.length} operations, ${contract.location}\n`);
  const tell = (line: string): void => void io.stderr.write(`  ${line}\n`);
  const server = settings.baseUrl ?? (await findBaseUrl(contract, { source, location, fetch: plan.network.fetch, tell }));
  const project = await chooseProject(invocation, { contract, location, folder, server, ask });
  const missing = await writeProject(project, contract, { folder, force: flags['force'] === true, io });
  const specs = join(folder, 'specs', project.name);
  if (existsSync(join(specs, lockFiles.lock))) tellLeft(specs, io);
  else {
    // A lock names no path of this machine alone.
    const from = isWebUrl(location) ? location : relative(io.cwd, location);
    const pulled = await pullDocument({ ...documentAccess(plan), source: from, folder: specs, prose: 'keep', now: new Date() });
    for (const file of pulled.files) io.stdout.write(`  wrote ${relative(io.cwd, file)}\n`);
  }
  const { code, credential }: FirstRun =
    flags['run'] === false
      ? { code: 0 }
      : await firstRun(project, { contract, folder, document: join(specs, lockFiles.document), ask }, invocation);
  const steps = [missing, credential, 'npx specproof run'].filter((step) => step !== undefined);
  if (steps.length > 1) io.stdout.write(`\nNext:\n${steps.map((step) => `  ${step}\n`).join('')}`);
  return code;
};

/** Somebody to ask, where both ends are a terminal. */
async function openAsk(yes: boolean, { stdin, stderr, env }: Io): Promise<Ask | undefined> {
  const there = stdin instanceof Readable && isTerminal(stdin) && stderr instanceof Writable && isTerminal(stderr);
  return yes || !there || isUnattended(env) ? undefined : openPrompts(stdin, stderr);
}

const isTerminal = (stream: object): boolean => 'isTTY' in stream && stream.isTTY === true;

interface Place {
  readonly folder: string;
  readonly force: boolean;
  readonly io: Io;
}

/** Gives the command that installs what tests and CI need, where something is missing. */
async function writeProject(project: Project, contract: Contract, { folder, force, io }: Place): Promise<string | undefined> {
  const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;
  const collection = `collections/${project.name}`;
  const kind = project.identity?.kind;
  const auth = kind === undefined ? undefined : kind === 'basic' ? 'basic' : kind === 'api-key' ? 'apikey' : 'bearer';
  const files = new Map([
    ...projectFiles(project, contract),
    [`${collection}.postman_collection.json`, json(writeCollection(contract, auth))],
    [`${collection}.postman_environment.json`, json(writeEnvironment(contract, project.baseUrl, auth))],
  ]);
  // Somebody's manifest is never replaced.
  const isNew = !existsSync(join(folder, 'package.json'));
  if (isNew) files.set('package.json', manifestText(project));
  const config = configNames.find((name) => existsSync(join(folder, name)));
  for (const [name, text] of files) {
    const file = join(folder, config !== undefined && configNames.includes(name) && !force ? config : name);
    if (existsSync(file) && !force) tellLeft(file, io);
    else {
      await writeWhole(file, text);
      io.stdout.write(`  wrote ${relative(io.cwd, file)}\n`);
    }
  }
  const missing = ['specproof', 'newman', 'vite', 'vitest'].filter((name) => !isInstalled(join(folder, 'package.json'), name));
  if (missing.length === 0) return undefined;
  return `npm install${isNew ? '' : ` --save-dev ${missing.join(' ').replace('newman', 'newman@6')}`}`;
}

function tellLeft(file: string, io: Io): void {
  io.stdout.write(`  left alone ${relative(io.cwd, file)}: it is there already\n`);
}
