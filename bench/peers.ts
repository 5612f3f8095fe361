/**
 * Exchanges a second beside other tools on the same server: newman with an ajv script, Schemathesis and Hurl as processes, each by what a long run takes
 * more than a short one, so that nobody's start counts. Tools that are not on the PATH (SCHEMATHESIS, HURL name others) are left out and named.
 */
import { spawnSync } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createContract } from '../src/spec/create-contract.ts';
import { listDocument, runPipeline, startListServer, token } from './list-api.ts';
import { median, printTable } from './measure.ts';

const rounds = 5;
const server = await startListServer();
const url = `${server.baseUrl}/job-scripts`;
const folder = await mkdtemp(join(tmpdir(), 'specproof-peers-'));
const document = listDocument(['/job-scripts']);
const contract = createContract(document);
/** Schemathesis makes no request twice: it needs something to vary. */
const varied = { name: 'q', in: 'query', schema: { type: 'string' } };
await writeFile(join(folder, 'openapi.json'), JSON.stringify(listDocument(['/job-scripts'], undefined, [varied])));

/** The same judgement in newman's sandbox, which brings ajv. */
const schema = JSON.stringify(contract.operations[0]?.responses[0]?.content[0]?.schema?.schema);
const script = `const Ajv = require('ajv'); const ajv = new Ajv({ logger: false, unknownFormats: 'ignore' });
pm.test('schema', () => pm.expect(ajv.validate(${schema}, pm.response.json())).to.equal(true)); pm.test('status', () => pm.response.to.have.status(200));`;
const request = { method: 'GET', url, header: [{ key: 'Authorization', value: `Bearer ${token}` }] };
const collection = {
  info: { name: 'bench', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
  item: [{ name: 'list', request, event: [{ listen: 'test', script: { type: 'text/javascript', exec: script.split('\n') } }] }],
};
await writeFile(join(folder, 'collection.json'), JSON.stringify(collection));
const entry = `GET ${url}\nAuthorization: Bearer ${token}\n\nHTTP 200\n[Asserts]\njsonpath "$.total" == 6\n`;

interface Peer {
  readonly name: string;
  /** Requests of the short and of the long run. */
  readonly sizes: readonly [number, number];
  /** Makes so many requests, one after the other. */
  readonly send: (count: number) => Promise<void> | void;
}

function start(program: string, args: readonly string[]): void {
  const { status, error, stderr } = spawnSync(program, args, { encoding: 'utf8', cwd: folder, maxBuffer: 1e9 });
  if (error ?? status !== 0) throw error ?? new Error(stderr.slice(-500));
}

const newman = createRequire(import.meta.url).resolve('newman/bin/newman.js');
const schemathesis = process.env['SCHEMATHESIS'] ?? 'schemathesis';
const hurl = process.env['HURL'] ?? 'hurl';
const peers: readonly Peer[] = [
  {
    name: 'specproof',
    sizes: [4200, 24_200],
    send: async (exchanges) => void (await runPipeline({ contract, baseUrl: server.baseUrl, connections: 1, exchanges })),
  },
  {
    name: 'newman, ajv script',
    sizes: [10, 110],
    send: (count) =>
      start(process.execPath, [newman, 'run', 'collection.json', '-n', String(count), '-r', 'json', '--reporter-json-export', 'out.json']),
  },
  {
    name: 'Schemathesis',
    sizes: [50, 250],
    send: (count) => {
      const checks = 'not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance';
      const how = [
        '-c',
        checks,
        '--phases',
        'fuzzing',
        '-m',
        'positive',
        '-w',
        '1',
        '-n',
        String(count),
        '-H',
        `Authorization: Bearer ${token}`,
      ];
      start(schemathesis, ['run', 'openapi.json', '-u', server.baseUrl, ...how]);
    },
  },
  {
    name: 'Hurl, two asserts',
    sizes: [50, 1050],
    send: async (count) => {
      await writeFile(join(folder, 'list.hurl'), entry.repeat(count));
      start(hurl, ['--test', 'list.hurl']);
    },
  },
];

async function took(peer: Peer, count: number): Promise<number> {
  const begun = performance.now();
  await peer.send(count);
  return performance.now() - begun;
}

/** Milliseconds of one request, by the difference of the two runs. */
async function marginal(peer: Peer): Promise<number> {
  const [few, many] = peer.sizes;
  const short = await took(peer, few);
  return ((await took(peer, many)) - short) / (many - few);
}

const times = new Map<string, number[]>();
for (let round = 0; round < rounds; round++) {
  for (const peer of peers) {
    try {
      const ms = await marginal(peer);
      times.set(peer.name, [...(times.get(peer.name) ?? []), ms]);
    } catch (error) {
      if (round === 0) console.log(`${peer.name}: left out, ${String(error).slice(0, 200)}`);
    }
  }
}
const own = median(times.get('specproof') ?? []);
server.stop();
printTable(
  ['tool', 'µs a request', 'specproof is faster by'],
  [...times].map(([name, list]) => [name, (median(list) * 1000).toFixed(0), `${(median(list) / own).toFixed(1)}×`]),
);
