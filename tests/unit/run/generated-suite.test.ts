import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Case, Created, Scenario } from '../../../src/cases/case.ts';
import { makeCase } from '../../../src/cases/planning.ts';
import { createTransport, type Transport } from '../../../src/requests/send.ts';
import type { SuiteEvent } from '../../../src/run/events.ts';
import { run } from '../../../src/run/pipeline.ts';
import { runScenarios, type GeneratedOptions } from '../../../src/run/generated-suite.ts';
import type { Operation } from '../../../src/spec/contract.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { generatedOptions } from '../../support/generated-options.ts';

const done = { responses: { 204: { description: '' } } };
const contract = createContract({
  openapi: '3.1.0',
  info: { title: 't', version: '1' },
  paths: { '/things': { post: { responses: { 201: { description: '' } } } }, '/things/{id}': { delete: done } },
});
const [post, remove] = contract.operations;

let server: Server;
let transport: Transport;
let requests: string[];
let removalStatus: number;
/** What creations answer, in order; 201 beyond. */
let creationStatuses: number[];

beforeEach(async () => {
  requests = [];
  removalStatus = 204;
  creationStatuses = [];
  server = createServer((request, response) => {
    requests.push(`${request.method ?? ''} ${request.url ?? ''}`);
    response.writeHead(request.method === 'DELETE' ? removalStatus : (creationStatuses.shift() ?? 201)).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  transport = createTransport({
    connections: 4,
    headersTimeout: 2000,
    bodyTimeout: 2000,
    totalTimeout: 5000,
    maxBodyBytes: 1e6,
    rate: undefined,
    secrets: () => [],
  });
});

afterEach(async () => {
  await transport.close();
  server.close();
});

function planned(operation: Operation | undefined, id?: number): Case {
  if (!operation) throw new TypeError('the document above has the operation');
  return makeCase({
    phase: 'stateful',
    title: 'a case',
    request: { operation, parameters: id === undefined ? [] : [{ name: 'id', in: 'path', value: id }] },
  });
}

function creation(id: number): Created {
  if (!post) throw new TypeError('the document above has the operation');
  return { operation: post, label: `thing ${id}`, removal: planned(remove, id) };
}

const twoThings: Scenario = {
  id: 's1',
  phase: 'stateful',
  title: 'two things',
  about: [],
  size: 3,
  quiet: false,
  *start() {
    for (const id of [1, 2]) {
      const answer = yield { kind: 'case', case: planned(post) };
      expect(answer?.status).toBe(201);
      yield { kind: 'created', created: creation(id) };
    }
  },
};

function options(more: Partial<GeneratedOptions> = {}): GeneratedOptions {
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return generatedOptions({ contract, baseUrl, transport, scenarios: [twoThings], ...more });
}

async function events(given: GeneratedOptions): Promise<SuiteEvent[]> {
  const found: SuiteEvent[] = [];
  for await (const event of runScenarios(given)) found.push(event);
  return found;
}

test('removes what was created, youngest first', async () => {
  const found = await events(options());
  expect(requests).toEqual(['POST /things', 'POST /things', 'DELETE /things/2', 'DELETE /things/1']);
  expect(found.map(({ kind }) => kind)).toEqual(['exchange', 'exchange', 'exchange', 'exchange', 'done', 'planned']);
});

test('the first scenario is over before the others are planned', async () => {
  const sent: number[] = [];
  function* planned(): Generator<Scenario> {
    yield twoThings;
    sent.push(requests.length);
    yield { ...twoThings, id: 'another' };
    sent.push(requests.length);
  }
  const found = await events(options({ scenarios: planned() }));
  expect(sent).toEqual([4, 4]);
  expect(requests).toHaveLength(8);
  expect(found.filter((event) => event.kind === 'planned')).toEqual([{ kind: 'planned', total: 2 }]);
});

test('lists what could not be removed', async () => {
  removalStatus = 403;
  const left = (await events(options())).filter((event) => event.kind === 'left-behind');
  expect(left.map(({ label, reason }) => `${label}: ${reason}`)).toEqual([
    'thing 2: DELETE /things/{id} answered 403',
    'thing 1: DELETE /things/{id} answered 403',
  ]);
});

test('cleans up when the consumer stops early', async () => {
  for await (const event of runScenarios(options())) if (event.kind === 'exchange') break;
  const posts = requests.filter((request) => request.startsWith('POST'));
  // what was on the way when the consumer left is removed too
  expect(requests).toEqual([...posts, ...posts.map((_, index) => `DELETE /things/${posts.length - index}`)]);
  expect(posts.length).toBeGreaterThan(0);
});

test('cleans up after an interruption, and sends nothing else', async () => {
  const controller = new AbortController();
  for await (const event of runScenarios(options({ signal: controller.signal })))
    if (event.kind === 'exchange' && requests.length === 2) controller.abort();
  expect(requests.slice(2)).toEqual(['DELETE /things/2', 'DELETE /things/1']);
});

test('stops at the most cases allowed, plans no further scenario, and says so', async () => {
  const found = await events(options({ scenarios: [twoThings, { ...twoThings, start: () => expect.fail('planned') }], maxCases: 1 }));
  expect(requests).toEqual(['POST /things', 'DELETE /things/1']);
  expect(found.at(-1)).toMatchObject({ kind: 'skipped', reason: '--max-cases 1 is reached' });
});

test('begins no case when the time is over, says so, and removes what was made', async () => {
  let now = 0;
  const slow: Scenario = {
    ...twoThings,
    *start() {
      yield { kind: 'case', case: planned(post) };
      yield { kind: 'created', created: creation(1) };
      now = 60;
      yield { kind: 'case', case: planned(post) };
    },
  };
  const found = await events(options({ scenarios: [slow, twoThings], maxTime: 50, clock: () => now }));
  expect(requests.slice(0, 2)).toEqual(['POST /things', 'DELETE /things/1']);
  expect(requests).toHaveLength(2);
  expect(found.at(-1)).toMatchObject({ kind: 'skipped', title: 'further cases', reason: '--max-time 0.05s is over' });
});

test.each([
  { what: 'after the others', quiet: false, maxCases: undefined, want: 'pause pause POST DELETE POST DELETE' },
  { what: 'at once where it wants quiet', quiet: true, maxCases: undefined, want: 'pause POST DELETE pause POST DELETE' },
  { what: 'to remove what it made where no case is left', quiet: false, maxCases: 1, want: 'pause pause POST DELETE DELETE' },
])('a scenario that pauses goes on $what', async ({ quiet, maxCases, want }) => {
  const pausing = {
    ...twoThings,
    quiet,
    *start(): ReturnType<Scenario['start']> {
      yield { kind: 'created', created: creation(1) };
      requests.push('pause');
      yield { kind: 'pause' };
      yield { kind: 'case', case: planned(post) };
    },
  };
  await events(options({ scenarios: [{ ...pausing, *start() {} }, pausing, pausing], concurrency: 1, maxCases }));
  expect(requests.map((request) => request.split(' ')[0]).join(' ')).toBe(want);
});

describe('the order', () => {
  const order: string[] = [];
  beforeEach(() => void order.splice(0));
  const scenario = (title: string, others: Partial<Scenario> = {}): Scenario => ({
    ...twoThings,
    title,
    ...others,
    *start() {
      order.push(`${title} begins`);
      yield { kind: 'case', case: planned(post) };
      order.push(`${title} ends`);
    },
  });
  const scenarios = [
    scenario('first'),
    scenario('a'),
    scenario('b'),
    scenario('quiet', { quiet: true }),
    scenario('ordinary', { phase: 'examples' }),
  ];

  test('the first scenario and quiet ones run alone, before the others', async () => {
    await events(options({ scenarios }));
    expect(order.slice(0, 4)).toEqual(['first begins', 'first ends', 'quiet begins', 'quiet ends']);
    expect(order.slice(4, 6)).toEqual(['a begins', 'b begins']);
  });

  test.each([{ maxCases: 100 }, { maxTime: 60_000 }])('ordinary requests go before them where there is %o', async (limit) => {
    await events(options({ scenarios, ...limit }));
    expect(order.slice(0, 6)).toEqual(['first begins', 'first ends', 'ordinary begins', 'ordinary ends', 'quiet begins', 'quiet ends']);
  });
});

describe('a certain finding that showed once is asked for again, alone', () => {
  const crashing: Scenario = {
    ...twoThings,
    *start() {
      for (const id of [1, 2]) {
        const answer = yield { kind: 'case', case: { ...planned(post), id: `create ${id}` } };
        if (answer?.status === 201) yield { kind: 'created', created: creation(id) };
      }
    },
  };
  const flakyOf = async (statuses: number[], more: Partial<GeneratedOptions> = {}): Promise<unknown[]> => {
    creationStatuses = statuses;
    const found = await events(options({ scenarios: [crashing], ...more }));
    return found.flatMap((event) => (event.kind === 'flaky' ? [`${event.check} ${event.operation}: ${event.again}`] : []));
  };

  test('and is flaky when it does not come', async () => {
    expect(await flakyOf([201, 500, 201, 201])).toEqual(['no-server-error POST /things: 201']);
    // the repeat ends where the finding was, and removes what it made
    expect(requests).toEqual([
      'POST /things',
      'POST /things',
      'DELETE /things/1',
      'POST /things',
      'POST /things',
      'DELETE /things/2',
      'DELETE /things/1',
    ]);
  });

  test('and stays when it comes', async () => {
    expect(await flakyOf([201, 500, 201, 500])).toEqual([]);
    expect(requests.filter((request) => request.startsWith('POST'))).toHaveLength(4);
  });

  test('and stays when the repeat takes another way', async () => {
    expect(await flakyOf([201, 500, 409, 201])).toEqual([]);
    expect(requests.filter((request) => request.startsWith('POST'))).toHaveLength(3);
  });

  test('and stays when the repeat meets what the first one could not remove', async () => {
    expect(await flakyOf([201, 500, 201, 409])).toEqual([]);
  });

  test('unless it showed twice, or nothing is to be repeated', async () => {
    await flakyOf([500, 500]);
    expect(requests.filter((request) => request.startsWith('POST'))).toHaveLength(2);
    requests = [];
    await flakyOf([201, 500], { repeat: false });
    expect(requests.filter((request) => request.startsWith('POST'))).toHaveLength(2);
  });
});

test('the pipeline judges every exchange and ends with the time it took', async () => {
  const given = options();
  const found = [];
  const { signal } = new AbortController();
  for await (const event of run({
    contract,
    baseUrl: given.baseUrl,
    signal,
    suites: [{ name: 'generated', start: (_, judge) => runScenarios({ ...given, judge }) }],
  }))
    found.push(event);
  const verdicts = found.filter((event) => event.kind === 'verdict');
  expect(verdicts).toHaveLength(4);
  expect(verdicts.map(({ verdict }) => verdict.judgements.find(({ check }) => check === 'status-declared')?.outcome)).toEqual([
    'pass',
    'pass',
    'pass',
    'pass',
  ]);
  expect(found.at(-1)).toMatchObject({ kind: 'end', interrupted: false });
});
