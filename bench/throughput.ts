/** Whole pipeline (plan, build, send, record, judge) beside undici request + JSON.parse on the same server, interleaved, medians of five rounds. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'undici';
import type { Scenario } from '../src/cases/case.ts';
import { makeCase } from '../src/cases/planning.ts';
import { createReportBuilder } from '../src/report/build-report.ts';
import { createTransport } from '../src/requests/send.ts';
import { runScenarios } from '../src/run/generated-suite.ts';
import { run } from '../src/run/pipeline.ts';
import { createContract } from '../src/spec/create-contract.ts';

const rounds = 5;
const perRound = 4000;

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
const contract = createContract({
  openapi: '3.1.0',
  info: { title: 'bench', version: '1' },
  paths: { '/job-scripts': { get: { responses: { 200: { description: '', content: { 'application/json': { schema: page } } } } } } },
});

const [operation] = contract.operations;
if (!operation) throw new TypeError('the document above has an operation');
const planned = makeCase({ phase: 'examples', title: 'the list', request: { operation, parameters: [] } });

function scenarios(count: number, cases: number): Scenario[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `s${index}`,
    phase: 'examples',
    title: 'the list',
    size: cases,
    quiet: false,
    *start() {
      for (let sent = 0; sent < cases; sent++) yield { kind: 'case', case: planned };
    },
  }));
}

async function ours(baseUrl: string, connections: number): Promise<number> {
  const transport = createTransport({
    connections,
    headersTimeout: 5000,
    bodyTimeout: 5000,
    totalTimeout: 10_000,
    maxBodyBytes: 1e7,
    rate: undefined,
    secrets: () => [],
  });
  const { signal } = new AbortController();
  const builder = createReportBuilder({
    contract,
    baseUrl,
    targetKind: 'live',
    seed: 1,
    identities: [],
    version: '0',
    deviations: [],
    today: '2026-11-23',
    startedAt: 0,
    failOn: 'certain',
  });
  const start = performance.now();
  const options = {
    contract,
    baseUrl,
    transport,
    identities: new Map(),
    main: undefined,
    headers: [],
    scenarios: scenarios(connections, perRound / connections),
    concurrency: connections,
    maxCases: undefined,
    repeat: false,
    signal,
  };
  for await (const event of run({
    contract,
    baseUrl,
    signal,
    suites: [{ name: 'generated', start: (_, judge) => runScenarios({ ...options, judge }) }],
  }))
    builder.add(event);
  const took = performance.now() - start;
  if (builder.report().counts.exchanges !== perRound) throw new Error('not every exchange was judged');
  await transport.close();
  return took;
}

async function bare(baseUrl: string, connections: number): Promise<number> {
  const dispatcher = new Agent({ connections, pipelining: 1 });
  const start = performance.now();
  const worker = async (): Promise<void> => {
    for (let sent = 0; sent < perRound / connections; sent++) {
      const { body } = await request(`${baseUrl}/job-scripts`, { dispatcher, headers: { accept: 'application/json' } });
      JSON.parse(await body.text());
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  const took = performance.now() - start;
  await dispatcher.close();
  return took;
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const server = spawn(process.execPath, [new URL('list-server.ts', import.meta.url).pathname], {
  stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
});
const [chunk] = (await once(server.stdout ?? server, 'data')) as [Buffer];
const baseUrl = `http://127.0.0.1:${chunk.toString().trim()}`;
console.log('connections | undici request + JSON.parse, µs | whole pipeline, µs | ratio of speeds (1 = as fast)');
for (const connections of [1, 10]) {
  const times = { bare: [] as number[], ours: [] as number[], ratio: [] as number[] };
  for (let round = -1; round < rounds; round++) {
    const b = await bare(baseUrl, connections);
    const o = await ours(baseUrl, connections);
    if (round < 0) continue;
    times.bare.push((b / perRound) * 1000);
    times.ours.push((o / perRound) * 1000);
    times.ratio.push(b / o);
  }
  console.log(`${connections} | ${median(times.bare).toFixed(0)} | ${median(times.ours).toFixed(0)} | ${median(times.ratio).toFixed(2)}`);
}
server.disconnect();
