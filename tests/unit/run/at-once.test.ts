import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Case, Scenario } from '../../../src/cases/case.ts';
import { makeCase } from '../../../src/cases/planning.ts';
import { createTransport, type Transport } from '../../../src/requests/send.ts';
import type { SuiteEvent } from '../../../src/run/events.ts';
import { runScenarios } from '../../../src/run/generated-suite.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { generatedOptions } from '../../support/generated-options.ts';

const contract = createContract({
  openapi: '3.1.0',
  info: { title: 't', version: '1' },
  paths: {
    '/things': { post: { responses: { 201: { description: '' } } } },
    '/things/{id}': { delete: { responses: { 204: { description: '' } } } },
  },
});

let server: Server;
let transport: Transport;
let methods: string[];

beforeEach(async () => {
  methods = [];
  const held: ServerResponse[] = [];
  // nobody is answered before three have come
  server = createServer((request, response) => {
    methods.push(request.method ?? '');
    held.push(response);
    if (methods.length >= 3) for (const waiting of held.splice(0)) waiting.writeHead(waiting.req.method === 'DELETE' ? 204 : 201).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const limits = { headersTimeout: 5000, bodyTimeout: 5000, totalTimeout: 5000, maxBodyBytes: 1e6, rate: undefined };
  transport = createTransport({ ...limits, connections: 4, secrets: () => [] });
});

afterEach(async () => {
  await transport.close();
  server.close();
});

function planned(id?: number): Case {
  const [post, remove] = contract.operations;
  const operation = id === undefined ? post : remove;
  if (!operation) throw new TypeError('the document above has the operation');
  const parameters = id === undefined ? [] : [{ name: 'id', in: 'path' as const, value: id }];
  return makeCase({ phase: 'stateful', title: 'a case', request: { operation, parameters } });
}

const three: Scenario = {
  id: 's1',
  phase: 'stateful',
  title: 'three at once and one more',
  about: [],
  size: 4,
  quiet: false,
  *start() {
    const cases = [planned(), planned(), planned()];
    yield { kind: 'at-once', cases };
    for (const [index, one] of cases.entries()) {
      const answer = yield { kind: 'case', case: one };
      if (answer?.status !== 201) continue;
      yield { kind: 'created', created: { operation: one.request.operation, label: `thing ${index}`, removal: planned(index) } };
    }
    yield { kind: 'case', case: planned() };
  },
};

async function events(maxCases: number | undefined): Promise<SuiteEvent[]> {
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const options = generatedOptions({ contract, baseUrl, transport, scenarios: [three], maxCases, repeat: false });
  const found: SuiteEvent[] = [];
  for await (const event of runScenarios(options)) found.push(event);
  return found;
}

test('all are under way before the first is answered, and each is told', async () => {
  const found = await events(undefined);
  expect(methods).toEqual(['POST', 'POST', 'POST', 'POST', 'DELETE', 'DELETE', 'DELETE']);
  expect(found.filter(({ kind }) => kind === 'exchange')).toHaveLength(7);
});

test('what they made is removed though no further case may be sent', async () => {
  await events(2);
  expect(methods).toEqual(['POST', 'POST', 'POST', 'DELETE', 'DELETE', 'DELETE']);
});

test('none is sent where none may be', async () => {
  await events(0);
  expect(methods).toEqual([]);
});
