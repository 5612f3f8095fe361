import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, 'standalone');
const program = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');

async function runVitest(env: Readonly<Record<string, string>>): Promise<{ readonly exit: number | null; readonly said: string }> {
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST') && name !== 'NODE_ENV'));
  const child = spawn(process.execPath, [program, 'run', '--root', root], { env: { ...clean, ...env, NO_COLOR: '1' } });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const exit = await new Promise<number | null>((resolve) => void child.on('close', resolve));
  return { exit, said: stripVTControlCharacters(said) };
}

describe('contract tests run by vitest itself', () => {
  it('find the configured target through the global setup, and pass', async () => {
    const { exit, said } = await runVitest({});
    expect(said).toMatch(/Tests +2 passed/);
    expect(exit).toBe(0);
  });

  it('fail with the promise, what came and how to see it, where a promise is broken', async () => {
    const { exit, said } = await runVitest({ SPECPROOF_FAULTS: 'wrong-status' });
    expect(exit).toBe(1);
    expect(said).toMatch(/Tests +2 failed/);
    expect(said).toContain('GET /notes does not meet its contract');
    expect(said).toMatch(/status-declared: .*\n +where +response\.status\n +promised +200, 401 +.*notes\.json:9\n +came /);
    expect(said).toMatch(/try +curl -i .*"\$BASE\/notes"/);
  });
});
