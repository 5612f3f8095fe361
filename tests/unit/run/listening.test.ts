import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import type { Scenario } from '../../../src/cases/case.ts';
import { makeCase } from '../../../src/cases/planning.ts';
import { createTransport } from '../../../src/requests/send.ts';
import type { SuiteEvent } from '../../../src/run/events.ts';
import { runScenarios } from '../../../src/run/generated-suite.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { generatedOptions } from '../../support/generated-options.ts';

const responses = { 204: { description: '' } };
const contract = createContract({
  openapi: '3.1.0',
  info: { title: 'Falls', version: '1' },
  paths: { '/falls': { post: { responses } }, '/things': { get: { responses } } },
});

test('a run ends where nobody listens any more, and tells what was asked last', async () => {
  const server = createServer((request, response) => {
    response.writeHead(204, { Connection: 'close' }).end();
    if (request.method === 'POST') server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const limits = { connections: 4, headersTimeout: 2000, bodyTimeout: 2000, totalTimeout: 5000, maxBodyBytes: 1e6 };
  const transport = createTransport({ ...limits, rate: undefined, secrets: () => [] });
  const asked = (index: number): Scenario => ({
    id: `s${index}`,
    phase: 'examples',
    title: `${index}`,
    about: [],
    size: 100,
    quiet: false,
    *start() {
      for (const operation of contract.operations.flatMap((one) => Array.from({ length: one.method === 'POST' ? 1 : 100 }, () => one)))
        yield { kind: 'case', case: makeCase({ phase: 'examples', title: 'a case', request: { operation, parameters: [] } }) };
    },
  });
  const found: SuiteEvent[] = [];
  const scenarios = [0, 1, 2].map((index) => asked(index));
  for await (const event of runScenarios(generatedOptions({ contract, baseUrl, transport, scenarios, concurrency: 3 }))) found.push(event);
  await transport.close();
  expect(found.filter((event) => event.kind === 'exchange' && event.exchange.fault?.kind === 'refused').length).toBeLessThan(20);
  expect(found.findLast((event) => event.kind === 'skipped')).toEqual({
    kind: 'skipped',
    title: 'further cases',
    gone: true,
    reason: 'nobody listens there any more; asked last while somebody did: POST /falls',
    failure: true,
  });
});
