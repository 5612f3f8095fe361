/**
 * Peers side by side on the truth table: each crafted answer is served on loopback and judged by every peer that can be installed.
 * Installs them into the user's cache; prints a table in Markdown and, on stderr, what each missed or accused.
 * Usage: node bench/truth-table.ts [--details] [PEER…]. Needs npm and Python 3.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import type { JsonObject } from '../src/lib/json.ts';
import type { Dialect } from '../src/spec/contract.ts';
import { dialects, readTruthTable, truthDocument, type TruthAnswer } from '../tests/support/truth-table.ts';
import { judgeTruth } from '../tests/support/judge-truth.ts';
import type { Peer } from './truth-table/peer.ts';
import { prism } from './truth-table/prism.ts';
import { chai, schemathesis } from './truth-table/programs.ts';
import { respect } from './truth-table/respect.ts';

const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'specproof', 'truth-table');
const packages = {
  '@stoplight/prism-cli': '5.16.0',
  '@redocly/cli': '2.77.0',
  'chai-openapi-response-validator': '0.14.2',
  axios: '1.13.2',
  chai: '4.5.0',
};
const python = 'schemathesis==4.32.5';

const peers: Readonly<Record<string, Peer>> = {
  'Schemathesis 4.32.5': schemathesis,
  'Prism 5.16.0': prism,
  'Redocly Respect 2.77.0': respect,
  'chai-openapi-response-validator 0.14.2': chai,
};

function install(): void {
  mkdirSync(cache, { recursive: true });
  const run = (command: string, ...args: readonly string[]): void =>
    void execFileSync(command, args, { cwd: cache, stdio: ['ignore', 'ignore', 'inherit'] });
  writeFileSync(join(cache, 'package.json'), JSON.stringify({ private: true, dependencies: packages }));
  if (!existsSync(join(cache, 'node_modules', '.bin', 'prism'))) run('npm', 'install', '--ignore-scripts', '--no-audit', '--no-fund');
  if (existsSync(join(cache, 'venv', 'bin', 'schemathesis'))) return;
  run('python3', '-m', 'venv', join(cache, 'venv'));
  run(join(cache, 'venv', 'bin', 'pip'), 'install', '--quiet', python);
}

/** Those that Node's own server can send: no content may follow 204 and 304. */
const canBeSent = ({ status, body }: TruthAnswer): boolean => body.length === 0 || (status !== 204 && status !== 304);

const rows = readTruthTable();
const { values, positionals } = parseArgs({ options: { details: { type: 'boolean', default: false } }, allowPositionals: true });
install();

let served: readonly TruthAnswer[] = [];
const server = createServer((request, response) => {
  const answer = served[Number(request.headers['x-answer'])];
  // an answer shorter than announced must not keep its client waiting
  response.shouldKeepAlive = false;
  if (answer === undefined) response.writeHead(404).end();
  else response.writeHead(answer.status, answer.headers.flat()).end(answer.body);
});
await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

const cells = new Map<string, string[]>([['specproof', []], ...Object.keys(peers).map((name): [string, string[]] => [name, []])]);
for (const dialect of dialects) {
  const own = rows.filter((row) => row.dialects.includes(dialect));
  const asked = own.flatMap((row) => row.answers.filter(canBeSent).map((answer) => ({ row, answer })));
  served = asked.map(({ answer }) => answer);
  const file = join(cache, `table-${dialect}.json`);
  writeFileSync(file, JSON.stringify(located(truthDocument(own, dialect), dialect)));
  const count = (name: string, words: readonly (string | undefined)[]): string => {
    const must = asked.filter(({ answer }) => answer.says !== 'keeps' && answer.says !== 'open');
    const may = asked.filter(({ answer }) => answer.says === 'keeps');
    const word = (entry: (typeof asked)[number]): string | undefined => words[asked.indexOf(entry)];
    const missed = must.filter((entry) => word(entry) === undefined);
    const accused = may.filter((entry) => word(entry) !== undefined);
    if (values.details) {
      for (const { row, answer } of missed)
        console.error(`${dialect} ${name} misses ${row.promise}: ${Buffer.from(answer.body).toString().slice(0, 80)}`);
      for (const entry of accused)
        console.error(
          `${dialect} ${name} accuses ${entry.row.promise}: ${Buffer.from(entry.answer.body).toString().slice(0, 80)} — ${word(entry)?.slice(0, 160)}`,
        );
    }
    return `${must.length - missed.length} of ${must.length}, ${accused.length} of ${may.length}`;
  };
  const said = judgeTruth(own, dialect);
  cells.get('specproof')?.push(
    count(
      'specproof',
      asked.map(({ row, answer }) => said(row, answer).find((word) => word !== 'keeps' && word !== 'open')),
    ),
  );
  for (const [name, peer] of Object.entries(peers)) {
    if (positionals.length > 0 && !positionals.some((part) => name.toLowerCase().includes(part))) continue;
    const documents = Object.fromEntries(own.map((row) => [row.path, located(truthDocument([row], dialect), dialect)]));
    const question = { dialect, file, origin, documents, paths: asked.map(({ row }) => row.path), cache };
    const cell = await peer(question).then(
      (words) => count(name, words),
      (error: unknown) => `refused: ${error instanceof Error ? error.message : String(error)}`.slice(0, 120),
    );
    cells.get(name)?.push(cell);
    console.error(`${dialect} ${name}: ${cell}`);
  }
}
server.close();

console.log(`| | ${dialects.map((dialect) => `OpenAPI ${dialect}`).join(' | ')} |\n| --- | ${dialects.map(() => '---').join(' | ')} |`);
for (const [name, row] of cells) if (row.length > 0) console.log(`| ${name} | ${row.join(' | ')} |`);

/** The document with its address, as each version has it. */
function located(document: JsonObject, dialect: Dialect): JsonObject {
  return dialect === '2.0' ? { ...document, host: new URL(origin).host, schemes: ['http'] } : { ...document, servers: [{ url: origin }] };
}
