import { expect, onTestFinished, test } from 'vitest';
import { makeFolder, runMain } from '../../support/run-main.ts';
import { document, serveThings } from '../sources/vitest/thing-api.ts';

test('what others recorded is judged with the suites, and covers what they do not', async () => {
  const { origin } = await serveThings();
  const content = { size: 2, mimeType: 'application/json', text: '{}' };
  const entry = {
    startedDateTime: '2026-11-25T10:00:00Z',
    time: 5,
    request: { method: 'POST', url: `${origin}/things`, headers: [], bodySize: 0 },
    response: { status: 418, headers: [{ name: 'content-type', value: 'application/json' }], content, bodySize: -1 },
    timings: {},
  };
  const { path: cwd, dispose } = await makeFolder({
    'things.json': JSON.stringify(document),
    'traffic.har': JSON.stringify({ log: { version: '1.2', entries: [entry] } }),
  });
  onTestFinished(dispose);
  const smoke = async (...more: readonly string[]): Promise<Record<string, unknown>[]> => {
    const args = [
      'smoke',
      'things.json',
      '--base-url',
      origin,
      '--only',
      'generated',
      '--phases',
      'examples',
      '--format',
      'ndjson',
      '--quiet',
    ];
    const { stdout } = await runMain([...args, ...more], { cwd });
    return stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  };
  const reached = (lines: readonly Record<string, unknown>[]): number => {
    const { coverage } = lines.at(-1) as { readonly coverage: { readonly reached: number } };
    return coverage.reached;
  };
  const alone = await smoke();
  const together = await smoke('--recording', 'traffic.har');
  expect(reached(together)).toBe(reached(alone) + 1);
  expect(together).toContainEqual(
    expect.objectContaining({ check: 'status-declared', operation: 'POST /things', sources: ['har'], suites: ['har'] }),
  );
});
