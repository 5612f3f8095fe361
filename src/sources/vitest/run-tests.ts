/** Runs vitest suites through vitest's own library and yields what they do as suite events. Prints nothing. */
import { glob } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Writable } from 'node:stream';
import type { Reporter, TestSpecification, Vitest } from 'vitest/node';
import type * as VitestNode from 'vitest/node';
import { HarnessError } from '../../errors.ts';
import type { SuiteEvent } from '../../run/events.ts';
import { createEventQueue, type EventQueue } from '../../lib/event-queue.ts';
import type { ProvidedApi } from './provided.ts';
import { environmentError, errorEvents, moduleEvents, testEvents } from './test-events.ts';

export interface RunTestsOptions {
  /** Folder of the vitest configuration, and what the patterns are relative to. */
  readonly root: string;
  /** Globs of test files. */
  readonly files: readonly string[];
  /** Leaves the test files that are among these, or import one of them; undefined for all. */
  readonly changed?: readonly string[] | undefined;
  readonly provided: ProvidedApi;
  /** Variables that the suites see beside those of the process: secrets that were only lent to this run. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Ends the run early. */
  readonly signal?: AbortSignal;
}

/** Setup file of the workers, as the suites' own imports of this package are found. */
const guardFile = 'specproof/vitest/guard-requests';

/** Events that may wait for the consumer before vitest's reports are held back. */
const backlog = 256;

/**
 * The events of the suites: the exchanges of each test, whether it passed, and what was skipped and why.
 *
 * Throws HarnessError E_OPTIONAL without vitest, E_TESTS where no file matches or vitest cannot start, and E_IDENTITY,
 * E_SECRET or E_TARGET where a test meets it.
 */
export async function* runTests(options: RunTestsOptions): AsyncGenerator<SuiteEvent, void, undefined> {
  const files = await filesOf(options);
  const queue = createEventQueue<SuiteEvent>();
  const restore = keepProcessState();
  let vitest: Vitest | undefined;
  let running: Promise<void> | undefined;
  let over = false;
  const endQueue = (): void => queue.end();
  options.signal?.addEventListener('abort', endQueue);
  try {
    vitest = await startVitest(options, reporterOf(options.root, queue));
    const specifications = await specificationsOf(vitest, files, options.changed);
    running = runAll(vitest, specifications, queue).finally(() => (over = true));
    if (options.signal?.aborted !== true) yield* queue.events();
  } finally {
    options.signal?.removeEventListener('abort', endQueue);
    queue.end();
    if (running && !over) await vitest?.cancelCurrentRun('keyboard-input');
    await running;
    await vitest?.close();
    restore();
  }
}

async function filesOf({ root, files }: RunTestsOptions): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const pattern of files) {
    const before = found.size;
    for await (const file of glob(pattern, { cwd: root })) found.add(resolve(root, file));
    if (found.size === before)
      throw new HarnessError('E_TESTS', `no test file matches ${pattern}`, { hint: 'mend `tests` in the configuration' });
  }
  return found;
}

async function startVitest({ root, changed, provided, env = {} }: RunTestsOptions, reporter: Reporter): Promise<Vitest> {
  const { createVitest } = await importVitest();
  const said: string[] = [];
  const silent = (): Writable => new Writable({ write: (chunk: Buffer, _, done) => (said.push(String(chunk)), done()) });
  try {
    const vitest = await createVitest(
      {
        root,
        watch: false,
        run: true,
        reporters: [reporter],
        provide: { specproof: provided },
        passWithNoTests: true,
        ...(changed !== undefined && { related: [...changed] }),
        ...(provided.rate !== undefined && { fileParallelism: false }),
      },
      {},
      { stdout: silent(), stderr: silent() },
    );
    vitest.provide('specproof', provided);
    for (const { config } of vitest.projects) config.env = { ...config.env, ...env };
    if (provided.safeOnly !== undefined) for (const { config } of vitest.projects) config.setupFiles.unshift(guardFile);
    return vitest;
  } catch (error) {
    throw new HarnessError('E_TESTS', `vitest cannot start in ${root}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

async function importVitest(): Promise<typeof VitestNode> {
  try {
    return await import('vitest/node');
  } catch (error) {
    throw new HarnessError('E_OPTIONAL', 'vitest is not installed: contract tests cannot be run', {
      hint: 'npm install --save-dev vitest vite',
      cause: error,
    });
  }
}

async function specificationsOf(
  vitest: Vitest,
  files: ReadonlySet<string>,
  changed: readonly string[] | undefined,
): Promise<TestSpecification[]> {
  const all = changed === undefined ? await vitest.globTestSpecifications() : await vitest.getRelevantTestSpecifications();
  const specifications = all.filter(({ moduleId }) => files.has(moduleId));
  if (changed !== undefined) return specifications;
  const known = new Set(specifications.map(({ moduleId }) => moduleId));
  const stray = [...files].find((file) => !known.has(file));
  if (stray === undefined) return specifications;
  throw new HarnessError('E_TESTS', `${stray} is in no project of the vitest configuration`, {
    hint: 'mend `include` in vitest.config.ts',
  });
}

async function runAll(vitest: Vitest, specifications: TestSpecification[], queue: EventQueue<SuiteEvent>): Promise<void> {
  try {
    await vitest.standalone();
    await vitest.runTestSpecifications(specifications, true);
    queue.end();
  } catch (error) {
    queue.end(
      new HarnessError('E_TESTS', `vitest broke down: ${error instanceof Error ? error.message : String(error)}`, { cause: error }),
    );
  }
}

function reporterOf(root: string, queue: EventQueue<SuiteEvent>): Reporter {
  let total = 0;
  const emit = async (events: readonly SuiteEvent[]): Promise<void> => {
    for (const event of events) queue.push(event);
    await queue.below(backlog);
  };
  return {
    onTestModuleCollected: (module) => {
      total += [...module.children.allTests()].length;
      return emit([{ kind: 'planned', total }]);
    },
    onTestCaseResult: async (test) => {
      const error = environmentError(test);
      if (error) queue.end(error);
      else await emit(testEvents(test, root));
    },
    onTestModuleEnd: (module) => emit(moduleEvents(module, root)),
    onTestRunEnd: (_, errors) => emit(errorEvents(errors, root)),
  };
}

/** vitest sets the exit code and environment variables of the process that starts it; ours are not its business. */
function keepProcessState(): () => void {
  const names = ['NODE_ENV', 'VITEST', 'TEST', 'VITEST_MODE', 'DEV', 'PROD', 'SSR', 'MODE', 'BASE_URL'];
  const before = names.map((name) => [name, process.env[name]] as const);
  const { exitCode } = process;
  return () => {
    process.exitCode = exitCode;
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
}
