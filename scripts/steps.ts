/** Runs the project's own checks: commands side by side where they can be, each with its output kept until it is known to have failed. */
import { spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = (name: string): string => fileURLToPath(new URL(`../node_modules/.bin/${name}`, import.meta.url));
const results = 'reports/vitest.json';

/** What a step came to. */
export interface Outcome {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
}

/** Formatting, lint, types and the generated types of the lock: each counts as one. */
export function staticChecks(): Promise<Outcome[]> {
  return Promise.all([
    step('format', bin('oxfmt'), '--check', '.'),
    step('lint', bin('oxlint'), '--type-aware', '--deny-warnings', '.'),
    step('types', process.execPath, 'node_modules/typescript7/bin/tsc', '-p', '.', '--noEmit'),
    step('generated files', process.execPath, 'scripts/generated.ts', '--check'),
  ]);
}

/** The tests of the named vitest projects, counted one by one. A run that executed none has failed. */
export async function tests(...projects: readonly string[]): Promise<Outcome> {
  await rm(`${root}/${results}`, { force: true });
  const args = projects.flatMap((project) => ['--project', project]);
  const { failed } = await step(
    'vitest',
    bin('vitest'),
    'run',
    ...args,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${results}`,
  );
  const counts = await readFile(`${root}/${results}`, 'utf8').then(
    (text) =>
      JSON.parse(text) as { readonly numPassedTests: number; readonly numFailedTests: number; readonly numFailedTestSuites: number },
    () => ({ numPassedTests: 0, numFailedTests: 0, numFailedTestSuites: 1 }),
  );
  const counted = counts.numFailedTests > 0 ? counts.numFailedTests : counts.numFailedTestSuites;
  return {
    name: `tests: ${projects.join(', ')}`,
    passed: counts.numPassedTests,
    failed: Math.max(counted, failed, counts.numPassedTests === 0 ? 1 : 0),
  };
}

/** Prints the outcomes and the totals, and sets the exit code. */
export function conclude(outcomes: readonly Outcome[]): void {
  for (const { name, passed, failed } of outcomes) console.log(`${failed === 0 ? '✓' : '✗'} ${name}: ${passed} passed, ${failed} failed`);
  const sum = (key: 'passed' | 'failed'): number => outcomes.reduce((total, outcome) => total + outcome[key], 0);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
  process.exitCode = sum('failed') === 0 ? 0 : 1;
}

function step(name: string, command: string, ...args: readonly string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, FORCE_COLOR: '0' } });
    const output: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => output.push(chunk));
    const end = (ok: boolean, why: string): void => {
      if (!ok) console.log(`\n${name} failed${why}\n${Buffer.concat(output).toString()}`);
      resolve({ name, passed: ok ? 1 : 0, failed: ok ? 0 : 1 });
    };
    child.on('error', (error) => end(false, `: ${error.message}`));
    child.on('close', (code) => end(code === 0, ''));
  });
}
