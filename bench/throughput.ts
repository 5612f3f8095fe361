/** The whole pipeline beside undici request + JSON.parse on the same server. */
import { Agent, request } from 'undici';
import { createContract } from '../src/spec/create-contract.ts';
import { listDocument, runPipeline, startListServer, token } from './list-api.ts';
import { measure, median, printTable, speed, type Cost } from './measure.ts';

const headers = { accept: 'application/json, */*;q=0.1', authorization: `Bearer ${token}` };

async function bare(url: string, connections: number, exchanges: number): Promise<void> {
  const dispatcher = new Agent({ connections, pipelining: 1 });
  const worker = async (): Promise<void> => {
    for (let sent = 0; sent < exchanges / connections; sent++) {
      const { body } = await request(url, { dispatcher, headers });
      JSON.parse(await body.text());
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  await dispatcher.close();
}

const shown = (costs: readonly Cost[], by: keyof Cost): string => median(costs.map((cost) => cost[by])).toFixed(0);

const server = await startListServer();
const rows: string[][] = [];
for (const { size, path, units, rounds } of [
  { size: '2 KB', path: '/job-scripts', units: 2000, rounds: 15 },
  { size: '200 KB', path: '/job-scripts/600', units: 100, rounds: 11 },
]) {
  const contract = createContract(listDocument([path]));
  for (const connections of [1, 10]) {
    const run = { contract, baseUrl: server.baseUrl, connections, exchanges: units };
    const costs = await measure(
      {
        bare: () => bare(server.baseUrl + path, connections, units),
        whole: async () => void (await runPipeline(run)),
      },
      { rounds, units },
    );
    const { whole, bare: floor } = costs;
    const times = (['wall', 'cpu'] as const).flatMap((by) => [shown(floor, by), shown(whole, by), speed(whole, floor, by).toFixed(2)]);
    rows.push([size, String(connections), ...times]);
  }
}
server.stop();
printTable(['body', 'connections', 'bare, µs', 'whole, µs', 'speed', 'bare, µs CPU', 'whole, µs CPU', 'speed by CPU'], rows);
