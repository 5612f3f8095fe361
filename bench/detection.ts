/**
 * How soon everything is found: the time until the last new finding, ours beside Schemathesis's, on the observatory with every tenth switch on.
 * One run each, one after the other, ours of the built program (npm run build). Usage: node bench/detection.ts [COMMAND_OF_SCHEMATHESIS], which is best
 * installed in a virtual environment of its own.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFaultyApi, type FaultyApi } from '../tests/support/faulty-api/start.ts';
import { switches } from '../tests/support/faulty-api/switches.ts';
import { installedLauncher } from './installed.ts';

interface Timing {
  readonly requests: number;
  /** What was found, each once, by the second in which it was told. */
  readonly found: ReadonlyMap<string, number>;
  /** Seconds, start of the program and its end included. */
  readonly seconds: number;
}

const [schemathesis = 'schemathesis'] = process.argv.slice(2);
// an answer that never ends would stop the other tool for good
const on = switches.filter((one, index) => index % 10 === 0 && one.class !== 'transport').map(({ id }) => id);
const folder = await mkdtemp(join(tmpdir(), 'specproof-detection-'));

/** Runs a tool on an API of its own, and gives the time when each line of its stderr came. */
async function timed(
  run: (api: FaultyApi) => readonly [string, ...string[]],
): Promise<{ lines: Map<string, number>; start: number; seconds: number }> {
  const api = await startFaultyApi({ switches: on });
  const start = Date.now();
  const [command, ...args] = run(api);
  const child = spawn(command, args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  const lines = new Map<string, number>();
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    for (const line of text.split('\n')) if (!lines.has(line)) lines.set(line, (Date.now() - start) / 1000);
  });
  await new Promise((resolve, reject) => child.on('close', resolve).on('error', reject));
  await api.close();
  return { lines, start, seconds: (Date.now() - start) / 1000 };
}

async function ours(): Promise<Timing> {
  const report = join(folder, 'run.json');
  const bin = await installedLauncher();
  const { lines, seconds } = await timed(({ documentUrl, baseUrl, tokens }) => {
    const { main, reader, stranger } = tokens;
    const identities = Object.entries({ main, reader, stranger }).flatMap(([name, token]) => ['--identity', `${name}=${token}`]);
    const roles = ['--reader', 'reader', '--stranger', 'stranger'];
    const others = ['--base-url', baseUrl, '--seed', '1', '--no-color', '--report', `json=${report}`, ...identities, ...roles];
    return [process.execPath, bin, 'run', documentUrl, ...others];
  });
  const { counts } = JSON.parse(await readFile(report, 'utf8')) as { readonly counts: { readonly exchanges: number } };
  return { requests: counts.exchanges, found: new Map([...lines].filter(([line]) => /^\s+[✗!?] /.test(line))), seconds };
}

interface Scenario {
  readonly timestamp: number;
  readonly recorder: {
    readonly label: string;
    readonly checks: Readonly<
      Record<
        string,
        readonly {
          readonly name: string;
          readonly status: string;
          readonly failure_info?: { readonly failure: { readonly message: string } };
        }[]
      >
    >;
  };
}

async function theirs(): Promise<Timing> {
  const report = join(folder, 'events.ndjson');
  const { start, seconds } = await timed(({ documentUrl, baseUrl, tokens }) => [
    ...([schemathesis, 'run', documentUrl, '--url', baseUrl, '-H', `Authorization: Bearer ${tokens.main}`] as const),
    '--checks',
    'all',
    '--seed',
    '1',
    '--no-color',
    '--report',
    'ndjson',
    '--report-ndjson-path',
    report,
  ]);
  const found = new Map<string, number>();
  let requests = 0;
  for (const line of (await readFile(report, 'utf8')).trimEnd().split('\n')) {
    const { ScenarioFinished: scenario } = JSON.parse(line) as { readonly ScenarioFinished?: Scenario };
    for (const checks of Object.values(scenario?.recorder.checks ?? {})) {
      requests += 1;
      for (const { name, status, failure_info: info } of checks) {
        const key = `${scenario?.recorder.label} ${name} ${info?.failure.message.split('\n', 1)[0]}`;
        if (status === 'failure' && scenario && !found.has(key)) found.set(key, scenario.timestamp - start / 1000);
      }
    }
  }
  return { requests, found, seconds };
}

console.log(`${on.length} switches on\ntool | requests | findings | last new finding | whole run`);
const last: number[] = [];
for (const [name, run] of [
  ['specproof', ours],
  ['schemathesis', theirs],
] as const) {
  const { requests, found, seconds } = await run();
  last.push(Math.max(0, ...found.values()));
  console.log(`${name} | ${requests} | ${found.size} | ${last.at(-1)?.toFixed(1)} s | ${seconds.toFixed(1)} s`);
}
console.log(`ratio of the times until the last new finding: ${((last[0] ?? 0) / (last[1] ?? 1)).toFixed(3)}`);
await rm(folder, { recursive: true });
