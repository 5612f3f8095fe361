/** The API of the list server: its document, its process, and the whole pipeline of `specproof run` over it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createIdentities } from '../src/auth/create-identity.ts';
import type { Conversation, Scenario } from '../src/cases/case.ts';
import { planScenarios } from '../src/cases/plan-scenarios.ts';
import { consumeRun } from '../src/cli/consume-run.ts';
import { createProgress, type Progress } from '../src/cli/progress.ts';
import { joinLists } from '../src/lib/join-lists.ts';
import type { JsonObject } from '../src/lib/json.ts';
import { createReportBuilder } from '../src/report/build-report.ts';
import type { Report } from '../src/report/report.ts';
import { createTransport } from '../src/requests/send.ts';
import { runScenarios } from '../src/run/generated-suite.ts';
import { run } from '../src/run/pipeline.ts';
import type { Contract } from '../src/spec/contract.ts';

/** A credential that a run must strike wherever it shows: what a run with an identity does for every exchange. */
export const token = 'bench-token-3f8a5c0de1b24f6d97a5e0c1';

const text = { type: 'string' };
const time = { type: 'string', format: 'date-time' };
const item = {
  type: 'object',
  required: ['id', 'name', 'owner_email', 'created_at', 'updated_at', 'is_archived'],
  properties: {
    id: { type: 'integer' },
    name: text,
    owner_email: { type: 'string', format: 'email' },
    created_at: time,
    updated_at: time,
    is_archived: { type: 'boolean' },
    description: text,
    tags: { type: 'array', items: text },
  },
};
const page = {
  type: 'object',
  required: ['items', 'total'],
  properties: {
    items: { type: 'array', items: item },
    total: { type: 'integer' },
    page: { type: 'integer' },
    size: { type: 'integer' },
    pages: { type: 'integer' },
  },
};

/** The document with an operation for each path, all of which answer a page of items; `schema` instead of that page's. */
export function listDocument(paths: readonly string[], schema: JsonObject = page, parameters: readonly JsonObject[] = []): JsonObject {
  const get = {
    parameters,
    security: [{ token: [] }],
    responses: { 200: { description: '', content: { 'application/json': { schema } } } },
  };
  return {
    openapi: '3.1.0',
    info: { title: 'bench', version: '1' },
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    paths: Object.fromEntries(paths.map((path) => [path, { get }])),
  };
}

export interface ListServer {
  readonly baseUrl: string;
  readonly stop: () => void;
}

/** The server in a process of its own. */
export async function startListServer(): Promise<ListServer> {
  const server = spawn(process.execPath, [new URL('list-server.ts', import.meta.url).pathname], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const [chunk] = (await once(server.stdout ?? server, 'data')) as [Buffer];
  return { baseUrl: `http://127.0.0.1:${chunk.toString().trim()}`, stop: () => server.disconnect() };
}

export interface ListRun {
  readonly contract: Contract;
  readonly baseUrl: string;
  readonly connections: number;
  /** In all; the operations take turns. */
  readonly exchanges: number;
  /** Is told the report so far, every so many exchanges. */
  readonly each?: { readonly every: number; readonly tell: (report: () => Report) => void };
}

/** What `specproof run` does with the scenarios of its phase `examples`, sent over and over: plans, builds, sends as an identity, strikes, judges, collects. */
export async function runPipeline({ contract, baseUrl, connections, exchanges, each }: ListRun): Promise<Report> {
  const identities = createIdentities(new Map([['main', { kind: 'static', token }]]));
  const secrets = joinLists([...identities.values()].map(({ secrets: own }) => own));
  const limits = { connections, headersTimeout: 5000, bodyTimeout: 5000, totalTimeout: 10_000, maxBodyBytes: 1e7, rate: undefined };
  const transport = createTransport({ ...limits, secrets });
  const { signal } = new AbortController();
  const builder = createReportBuilder({
    contract,
    baseUrl,
    targetKind: 'live',
    seed: 1,
    rerun: '',
    identities: ['main'],
    version: '0',
    deviations: [],
    today: '2026-11-23',
    startedAt: 0,
    failOn: 'certain',
  });
  const options = {
    contract,
    baseUrl,
    transport,
    identities,
    main: 'main',
    headers: [],
    scenarios: repeated(contract, exchanges),
    concurrency: connections,
    maxCases: exchanges,
    repeat: false,
    signal,
  };
  const events = run({
    contract,
    baseUrl,
    signal,
    suites: [{ name: 'generated', start: (_, judge) => runScenarios({ ...options, judge }) }],
  });
  const progress = createProgress({ write: () => undefined }, { color: false, quiet: false });
  let seen = 0;
  const watched: Progress = {
    ...progress,
    update: (event, findings) => {
      progress.update(event, findings);
      if (event.kind === 'verdict' && each && ++seen % each.every === 0) each.tell(builder.report);
    },
  };
  await consumeRun(events, { builder, progress: watched, failOn: 'certain', bail: false, signal, stop: () => undefined });
  await transport.close();
  const report = builder.report();
  if (report.counts.exchanges !== exchanges || report.counts.faults > 0) throw new Error('not every exchange was judged');
  return report;
}

/** Exchanges in a scenario: a scenario is remembered while it lasts. */
const length = 20;

/** Scenarios that go through the operations' own ones, each from another start. */
function repeated(contract: Contract, exchanges: number): Scenario[] {
  const own = planScenarios(contract, {
    phases: new Set(['examples']),
    seed: 1,
    safeOnly: true,
    readers: [],
    peers: [],
    strangers: [],
    authenticated: true,
  });
  // one function for all: the engine keeps 250 bytes of every generator function that was ever called
  function* talk(index: number): Conversation {
    for (let turn = index * length; turn < (index + 1) * length; turn++) {
      const scenario = own[turn % own.length];
      if (scenario) yield* scenario.start();
    }
  }
  return Array.from({ length: Math.ceil(exchanges / length) }, (_, index) => ({
    id: `s${index}`,
    phase: 'examples',
    title: 'the lists',
    about: [],
    size: length,
    quiet: false,
    start: () => talk(index),
  }));
}
