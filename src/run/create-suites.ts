/** Chooses the suites of a run and gives each what it needs. What is asked for and cannot run is said, as a skip that fails the run. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { eachScenario, plannedPhases } from '../cases/plan-scenarios.ts';
import type { Scenario } from '../cases/case.ts';
import { HarnessError, isHarnessError } from '../errors.ts';
import type { Transport } from '../requests/send.ts';
import { lockFiles } from '../spec/lock.ts';
import { chooseOperations } from './choose-operations.ts';
import { runContractSuite } from './contract-suite.ts';
import { documentAccess } from './document-access.ts';
import type { OpenEnvironment } from './environment.ts';
import type { RunSuiteName, SuiteEvent } from './events.ts';
import { findSubjects } from './find-subjects.ts';
import { runScenarios } from './generated-suite.ts';
import { whySafeOnly, writePrefixIn } from './manners.ts';
import { newmanSuite } from './newman-suite.ts';
import type { Suite } from './pipeline.ts';
import { plannable, whyLeftOut } from './plannable-operations.ts';
import { uncompilableSchemas } from './uncompilable-schemas.ts';
import { judgeRecording } from '../sources/har/judge-recording.ts';
import { loadHar } from '../sources/har/read-har.ts';
import { provideApi } from '../sources/vitest/provide-api.ts';

export interface SuiteOptions {
  readonly transport: Transport;
  readonly seed: number;
  /** Only safe methods, whatever else was said: `smoke`. */
  readonly smoke: boolean;
  /** What the watch runs again; undefined where nobody watches. */
  readonly rerun: Rerun | undefined;
  /** Id of the only scenario to run, or of an exchange of it. */
  readonly replay: string | undefined;
}

/** What a watched run is to do with, and what it leaves for the next one. */
export interface Rerun {
  /** Files that tests and collections have to do with to be run; undefined for all of them. */
  readonly files: readonly string[] | undefined;
  /** Ids of operations that generated scenarios have to send to be run; undefined for all of them. */
  readonly operations: ReadonlySet<string> | undefined;
  /** Ids of the operations that each generated scenario has sent, by its id. */
  readonly sent: Map<string, Set<string>>;
}

type Events = AsyncGenerator<SuiteEvent, void, undefined>;

const defaultConcurrency = 4;

/** The suites, in the order in which they run. */
export function createSuites(open: OpenEnvironment, options: SuiteOptions): Suite[] {
  const asked = open.plan.settings.only;
  const makers: Readonly<Record<RunSuiteName, () => Suite['start'] | undefined>> = {
    contract: () => contractSuite(open),
    generated: () => generatedSuite(open, options),
    tests: () => unlessLacking('tests', testsSuite(open, options)),
    newman: () => unlessLacking('newman', newmanSuite(open, { smoke: options.smoke, changed: options.rerun?.files })),
  };
  const names: readonly RunSuiteName[] =
    options.replay === undefined ? (asked ?? ['contract', 'generated', 'tests', 'newman']) : ['generated'];
  const recorded = recordingsSuite(open, options);
  const own = names.flatMap((name): Suite[] => {
    const start = makers[name]();
    if (start !== undefined) return [{ name, start }];
    return asked === undefined ? [] : [{ name, start: () => skip(name, missing[name]) }];
  });
  return recorded === undefined ? own : [...own, { name: 'har', start: recorded }];
}

const missing: Readonly<Record<RunSuiteName, string>> = {
  contract: 'there is no lock to compare with, or nothing says where the served document is',
  generated: 'the document has no operation',
  tests: 'the configuration names no tests',
  newman: 'neither the configuration nor --collection names a collection',
};

// A suite is an async iterable, this one without waiting.
// oxlint-disable-next-line require-await
async function* skip(title: string, reason: string): Events {
  yield { kind: 'skipped', title, reason, failure: true };
}

/** A suite whose optional package is not installed has not run; the others go on. */
function unlessLacking(name: RunSuiteName, start: Suite['start'] | undefined): Suite['start'] | undefined {
  if (start === undefined) return undefined;
  return async function* startOrSkip(signal, judge): Events {
    try {
      yield* start(signal, judge) as Events;
    } catch (error) {
      if (!isHarnessError(error) || error.code !== 'E_OPTIONAL') throw error;
      yield* skip(name, `${error.message}: ${error.hint ?? ''}`);
    }
  };
}

function contractSuite({ plan, target }: OpenEnvironment): Suite['start'] | undefined {
  const { folder, named, settings } = plan;
  const source = target.documentUrl ?? settings.document;
  if (folder === undefined || named !== undefined || source === undefined || !existsSync(join(folder, lockFiles.lock))) return undefined;
  return () => runContractSuite({ ...documentAccess(plan), folder, source });
}

function generatedSuite(open: OpenEnvironment, options: SuiteOptions): Suite['start'] | undefined {
  const { contract, plan, target, people } = open;
  const { settings } = plan;
  const unsafe = whySafeOnly(open, options.smoke);
  const { chosen, skipped, isLeftOut } = chooseOperations(contract, settings);
  return async function* start(signal, judge): Events {
    const phases = new Set(options.replay === undefined ? (settings.phases ?? plannedPhases) : plannedPhases);
    const { subjects, absent } = phases.has('access') ? await findSubjects(people, contract) : { subjects: [], absent: [] };
    for (const { name, reason } of absent) yield { kind: 'skipped', title: `what ${name} may`, reason, failure: false };
    const plan = (without: ReadonlySet<string>): Iterable<Scenario> =>
      eachScenario(plannable(contract, { target, skipped: without }), {
        phases,
        seed: options.seed,
        safeOnly: unsafe !== undefined,
        // a replay sends again what another run chose
        chosen: options.replay === undefined ? chosen : undefined,
        writePrefix: writePrefixIn(open),
        readers: people.readers,
        peers: people.peers,
        strangers: people.strangers,
        authenticated: people.main !== undefined,
        randomCases: settings.randomCases,
        subjects,
        accessLock: settings.lockAccess === true ? undefined : open.accessLock,
      });
    const scenarios =
      options.replay === undefined ? touched(plan(skipped), options.rerun) : [scenarioToReplay(plan, skipped, options.replay)];
    const events = runScenarios({
      contract,
      baseUrl: target.baseUrl,
      transport: options.transport,
      identities: people.identities,
      main: people.main,
      isLeftOut,
      headers: people.headers,
      scenarios,
      concurrency: settings.concurrency ?? defaultConcurrency,
      maxCases: settings.maxCases,
      maxTime: settings.maxTime,
      judge,
      repeat: options.replay === undefined,
      signal,
    });
    const sent: Rerun['sent'] = options.rerun?.sent ?? new Map();
    yield* noted(events, sent);
    const reasons = new Map(contract.operations.map((one) => [one, whyLeftOut(contract, one, { target, skipped, chosen, unsafe })]));
    // a run that is interrupted ends now: a large document has thousands of schemas
    if (options.replay === undefined && !signal.aborted) {
      const reached = new Set([...sent.values()].flatMap((operations) => [...operations]));
      const asked = contract.operations.filter((operation) => reasons.get(operation) === undefined && reached.has(operation.id));
      // Promises that nobody can judge must not pass for kept ones: of what was never asked, as when a limit ended the run, none does.
      for (const { operation, place, reason } of uncompilableSchemas(contract, asked))
        yield { kind: 'skipped', title: operation, reason: `${place}: ${reason}`, failure: true };
    }
    for (const [operation, reason] of reasons)
      if (reason !== undefined) yield { kind: 'skipped', title: operation.id, reason, failure: false };
  };
}

function testsSuite(open: OpenEnvironment, options: SuiteOptions): Suite['start'] | undefined {
  const { plan } = open;
  const files = plan.loaded?.config.tests ?? [];
  if (plan.loaded === undefined || files.length === 0) return undefined;
  const { root } = plan.loaded;
  const provided = provideApi(open, { mode: 'run', smoke: options.smoke, seed: options.seed });
  return async function* start(signal): Events {
    const { runTests } = await import('../sources/vitest/run-tests.ts');
    yield* runTests({ root, files, changed: options.rerun?.files, provided, env: lentBy(plan.env), signal });
  };
}

function recordingsSuite({ contract, plan, target }: OpenEnvironment, { replay }: SuiteOptions): Suite['start'] | undefined {
  const files = plan.settings.recordings ?? [];
  if (files.length === 0 || replay !== undefined) return undefined;
  return async function* start(signal): Events {
    let planned = 0;
    for (const file of files) {
      const recording = await loadHar(file, contract);
      for await (const event of judgeRecording(recording, contract, target.baseUrl, signal)) {
        if (event.kind === 'planned') planned += event.total;
        yield event.kind === 'planned' ? { ...event, total: planned } : event;
      }
    }
  };
}

/** The scenarios that have to do with changed operations; of one that has never run nobody knows. */
function* touched(scenarios: Iterable<Scenario>, rerun: Rerun | undefined): Generator<Scenario, void, undefined> {
  const { operations, sent } = rerun ?? {};
  for (const scenario of scenarios) {
    const own = sent?.get(scenario.id);
    if (operations === undefined || own === undefined || !own.isDisjointFrom(operations)) yield scenario;
  }
}

/** The events, each exchange noted under its scenario. */
async function* noted(events: Events, sent: Rerun['sent']): Events {
  for await (const event of events) {
    if (event.kind === 'exchange' && event.scenario !== undefined && event.case !== undefined) {
      const known = sent.get(event.scenario) ?? new Set();
      sent.set(event.scenario, known.add(event.case.request.operation.id));
    }
    yield event;
  }
}

/** The scenario that a replay wants; never one that would ask for what is skipped. */
function scenarioToReplay(
  plan: (without: ReadonlySet<string>) => Iterable<Scenario>,
  skipped: ReadonlySet<string>,
  wanted: string,
): Scenario {
  const find = (scenarios: readonly Scenario[]): Scenario | undefined =>
    scenarios.find(({ id }) => id === wanted) ?? scenarios.find(({ id }) => wanted.startsWith(`${id}-`));
  const found = find([...plan(skipped)]);
  if (found !== undefined) return found;
  if (skipped.size > 0 && find([...plan(new Set())]) !== undefined)
    throw new HarnessError(
      'E_USAGE',
      `--replay: the scenario "${wanted}" asks for what --skip-operation leaves out: ${[...skipped].join(', ')}`,
      {
        hint: 'take it from skipOperations in the configuration, or from the command line, to send it all the same',
      },
    );
  throw new HarnessError('E_USAGE', `--replay knows no scenario "${wanted}"`, {
    hint: 'take the id from a report of the same document, and give the same --seed',
  });
}

/** What an environment has beyond that of the process. */
function lentBy(env: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(Object.entries(env).filter(([name, value]) => process.env[name] !== value));
}
