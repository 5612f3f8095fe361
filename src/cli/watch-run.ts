/** `run --watch`: runs again what a changed test, collection or document touches, until the user stops it. */
import { existsSync, watch } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isHarnessError } from '../errors.ts';
import { shortList } from '../report/text-layout.ts';
import type { Rerun } from '../run/create-suites.ts';
import { documentOf, openContract } from '../run/environment.ts';
import type { RunSuiteName } from '../run/events.ts';
import { filesOf } from '../run/newman-suite.ts';
import { planEnvironment, type EnvironmentPlan } from '../run/plan-environment.ts';
import { suiteNames } from '../run/settings.ts';
import { changedOperations } from '../spec/changed-operations.ts';
import type { Contract } from '../spec/contract.ts';
import { isWebUrl } from '../spec/fetch-text.ts';
import { lockFiles } from '../spec/lock.ts';
import type { Invocation } from './command.ts';
import { runSuites } from './run-suites.ts';

/** Milliseconds in which an editor has written all that it writes at once. */
const settling = 300;

/** Told whenever nothing runs. */
const waiting = '\n  waiting for a change; Ctrl-C ends\n';

/** Runs, and runs again; gives the exit code of the last run. */
export async function watchRuns(invocation: Invocation): Promise<number> {
  const {
    arguments: [document],
    settings,
    io,
  } = invocation;
  const plan = await planEnvironment(document === undefined ? settings : { ...settings, document }, io.cwd, io.env);
  const asked = plan.settings.only ?? suiteNames;
  // Before the first run: what changes while it lasts counts.
  const watching = openWatch(watchedFolders(plan), io.signal);
  const sent: Rerun['sent'] = new Map();
  let contract = await readContract(plan);
  try {
    let code = await runSuites(invocation, false, { files: undefined, operations: undefined, sent });
    io.stderr.write(waiting);
    for (let changed = await watching.next(); changed !== undefined; changed = await watching.next()) {
      // beside them lies what is nobody's: logs, backups of an editor
      const files = changed.filter((file) => isOfContract(plan, file) || suitesOf(plan, [file]).length > 0);
      const whole = files.some((file) => isOfContract(plan, file));
      const touched = whole ? suiteNames : suitesOf(plan, files);
      const only = asked.filter((name) => touched.includes(name));
      if (only.length === 0) continue;
      const now = whole ? await readContract(plan) : undefined;
      const operations = contract && now && files.every((file) => isDocument(plan, file)) ? changedOperations(contract, now) : undefined;
      contract = now ?? contract;
      const names = operations === undefined ? '' : `: ${shortList([...operations], 100) || 'no operation'}`;
      io.stderr.write(`\n  changed: ${files.map((file) => relative(io.cwd, file)).join(', ')}${names}\n`);
      if (operations?.size === 0) continue;
      code = await runAgain({ ...invocation, settings: { ...settings, only } }, { files: whole ? undefined : files, operations, sent });
      io.stderr.write(waiting);
    }
    return code;
  } finally {
    watching.close();
  }
}

/** What is being written may be wrong for a moment: that is told, and ends nothing. */
async function runAgain(invocation: Invocation, rerun: Rerun): Promise<number> {
  try {
    return await runSuites(invocation, false, rerun);
  } catch (error) {
    if (!isHarnessError(error)) throw error;
    invocation.io.stderr.write(`  ${error.message}\n`);
    return error.exit;
  }
}

/** The contract as it stands; undefined while it cannot be read: the run tells why. */
async function readContract(plan: EnvironmentPlan): Promise<Contract | undefined> {
  try {
    return (await openContract(plan)).contract;
  } catch (error) {
    if (!isHarnessError(error)) throw error;
    return undefined;
  }
}

/** Whether the file says what the operations are, and nothing else. */
function isDocument(plan: EnvironmentPlan, file: string): boolean {
  const { folder } = plan;
  return file === documentOf(plan) || (folder !== undefined && documentFiles.some((name) => file === join(folder, name)));
}

const documentFiles = [...Object.values(lockFiles), 'overlay.yaml'];

/** The contract touches everything: what is planned for one operation uses others. */
function isOfContract(plan: EnvironmentPlan, file: string): boolean {
  const { folder } = plan;
  return file === documentOf(plan) || (folder !== undefined && dirname(file) === folder);
}

/** The suites whose own files are among these. A file beside the tests may be what some of them import. */
function suitesOf(plan: EnvironmentPlan, files: readonly string[]): readonly RunSuiteName[] {
  const collections = collectionFiles(plan);
  const folders = testFolders(plan);
  const isTest = (file: string): boolean => /\.[cm]?[jt]sx?$/.test(file) && folders.some((folder) => file.startsWith(folder + sep));
  return [
    ...(files.some((file) => isTest(file)) ? (['tests'] as const) : []),
    ...(files.some((file) => collections.includes(file)) ? (['newman'] as const) : []),
  ];
}

function collectionFiles({ settings }: EnvironmentPlan): readonly string[] {
  return (settings.collections ?? []).flatMap(filesOf);
}

/** As far as nothing in the glob is a pattern. */
function testFolders({ loaded }: EnvironmentPlan): readonly string[] {
  return (loaded?.config.tests ?? []).map((glob) => {
    const plain = glob.replace(/(?:^|\/)[^/]*[*?{[].*$/, '');
    return resolve(loaded?.root ?? '', plain === glob ? dirname(glob) : plain);
  });
}

/** The folders by whether what is below them counts too: beside a document and a collection there is all that a project holds. */
function watchedFolders(plan: EnvironmentPlan): ReadonlyMap<string, boolean> {
  const { folder } = plan;
  const document = documentOf(plan);
  const files = [...collectionFiles(plan), ...(document === undefined || isWebUrl(document) ? [] : [document])];
  const flat = [...files.map((file) => dirname(file)), ...(folder === undefined ? [] : [folder])];
  const all = [...flat.map((path) => [path, false] as const), ...testFolders(plan).map((path) => [path, true] as const)];
  return new Map(all.filter(([path]) => existsSync(path)));
}

interface Watch {
  /** Absolute paths of files that changed, those of one moment together; undefined once the signal is aborted. */
  readonly next: () => Promise<readonly string[] | undefined>;
  readonly close: () => void;
}

function openWatch(folders: ReadonlyMap<string, boolean>, signal: AbortSignal | undefined): Watch {
  const changed = new Set<string>();
  let wake = (): void => undefined;
  const onAbort = (): void => wake();
  signal?.addEventListener('abort', onAbort);
  const watchers = [...folders].map(([folder, recursive]) =>
    watch(folder, { recursive }, (_, name) => {
      // what is written as a whole is written beside its place first
      if (name === null || name.endsWith('.tmp')) return;
      changed.add(resolve(folder, name));
      wake();
    }),
  );
  return {
    next: async () => {
      if (changed.size === 0 && signal?.aborted !== true) {
        await new Promise<void>((woken) => {
          wake = woken;
        });
      }
      if (signal?.aborted === true) return undefined;
      await sleep(settling);
      const files = [...changed].toSorted();
      changed.clear();
      return files;
    },
    close: () => {
      signal?.removeEventListener('abort', onAbort);
      for (const watcher of watchers) watcher.close();
    },
  };
}
