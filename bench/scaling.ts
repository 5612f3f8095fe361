/** What an exchange costs as operations, findings and exchanges grow, and what a long run keeps: CPU time of this process, and its memory after a collection. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createContract } from '../src/spec/create-contract.ts';
import type { JsonObject } from '../src/lib/json.ts';
import { listDocument, runPipeline, startListServer } from './list-api.ts';
import { measure, median, printTable } from './measure.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const connections = 10;
const server = await startListServer();
const paths = (count: number): string[] => Array.from({ length: count }, (_, index) => `/job-scripts/${index}/6`);

/** A schema that every answer breaks in as many places as there are items. */
const broken: JsonObject = {
  type: 'object',
  properties: { items: { type: 'array', items: { type: 'object', properties: { name: { type: 'integer' } } } } },
};

async function operations(): Promise<void> {
  const exchanges = 4000;
  const contracts = new Map([10, 100, 1000].map((count) => [`${count} operations`, createContract(listDocument(paths(count)))]));
  const costs = await measure(
    Object.fromEntries(
      [...contracts].map(([name, contract]) => [
        name,
        async () => void (await runPipeline({ contract, baseUrl: server.baseUrl, connections, exchanges })),
      ]),
    ),
    { rounds: 5, units: exchanges },
  );
  printTable(
    ['the same answers, for', 'µs CPU an exchange'],
    Object.entries(costs).map(([name, list]) => [name, median(list.map(({ cpu }) => cpu)).toFixed(0)]),
  );
}

/** Each row is one run, cut into parts of equal length: what the parts cost shows whether it grows. */
async function growth(title: string, schema: JsonObject | undefined, exchanges: number, parts: number): Promise<void> {
  const contract = createContract(listDocument(['/job-scripts'], schema));
  const rows: (string | number)[][] = [];
  let before = process.cpuUsage();
  await runPipeline({
    contract,
    baseUrl: server.baseUrl,
    connections,
    exchanges,
    each: {
      every: exchanges / parts,
      tell: (report) => {
        const { user, system } = process.cpuUsage(before);
        collectGarbage();
        const { rss, heapUsed } = process.memoryUsage();
        const { exchanges: done, judgements } = report().counts;
        rows.push([
          done,
          judgements.fail,
          ((user + system) / (exchanges / parts)).toFixed(0),
          (heapUsed / 1e6).toFixed(0),
          (rss / 1e6).toFixed(0),
        ]);
        before = process.cpuUsage();
      },
    },
  });
  console.log(`\n${title}`);
  printTable(['exchanges', 'failed judgements', 'µs CPU an exchange', 'heap, MB', 'resident, MB'], rows);
}

await operations();
await growth('findings', broken, 20_000, 5);
await growth('memory', undefined, Number(process.env['BENCH_EXCHANGES'] ?? 1_000_000), 10);
server.stop();
