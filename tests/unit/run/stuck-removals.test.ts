import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import type { Scenario } from '../../../src/cases/case.ts';
import { makeCase } from '../../../src/cases/planning.ts';
import { createTransport } from '../../../src/requests/send.ts';
import { runScenarios } from '../../../src/run/generated-suite.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { generatedOptions } from '../../support/generated-options.ts';

const responses = { 204: { description: '' } };
const contract = createContract({
  openapi: '3.1.0',
  info: { title: 't', version: '1' },
  paths: { '/things/{id}': { delete: { responses } } },
});

test('what never answered twice is not asked to remove more, and what is left is told', async () => {
  const [remove] = contract.operations;
  if (!remove) throw new TypeError('the document has it');
  let asked = 0;
  const server = createServer(() => void (asked += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const timeouts = { headersTimeout: 500, bodyTimeout: 500, totalTimeout: 500 };
  const transport = createTransport({ connections: 4, ...timeouts, maxBodyBytes: 1e6, rate: undefined, secrets: () => [] });
  const five: Scenario = {
    id: 's1',
    phase: 'stateful',
    title: 'five things',
    about: [],
    size: 1,
    quiet: false,
    *start() {
      for (const id of [1, 2, 3, 4, 5]) {
        const request = { operation: remove, parameters: [{ name: 'id', in: 'path', value: id }] } as const;
        const removal = makeCase({ phase: 'stateful', title: 'remove', request });
        yield { kind: 'created', created: { operation: remove, label: `thing ${id}`, removal } };
      }
    },
  };
  const left: string[] = [];
  const events = runScenarios(generatedOptions({ contract, baseUrl, transport, scenarios: [five] }));
  for await (const event of events) if (event.kind === 'left-behind') left.push(event.reason);
  await transport.close();
  server.closeAllConnections();
  server.close();
  expect(asked).toBe(2);
  const never = 'the answers of DELETE /things/{id} never ended';
  const silent = 'DELETE /things/{id} answered nothing';
  expect(left).toEqual([silent, silent, never, never, never]);
});
