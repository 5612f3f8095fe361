/** `specproof checks`: every check with its title and the promise behind it. */
import { checks } from '../../verdicts/registry.ts';
import { createPaint } from '../../report/paint.ts';
import type { Execute } from '../command.ts';
import { usesColor } from '../io.ts';

/** Lists the checks on stdout; exit code 0. */
export const listChecks: Execute = async ({ settings, io }) => {
  if (settings.format === 'json') {
    io.stdout.write(
      `${JSON.stringify(
        checks.map(({ id, title, source }) => ({ id, title, source })),
        undefined,
        2,
      )}\n`,
    );
    return 0;
  }
  if (settings.format === 'ndjson') {
    for (const { id, title, source } of checks) io.stdout.write(`${JSON.stringify({ type: 'check', id, title, source })}\n`);
    return 0;
  }
  const paint = createPaint(usesColor(io.stdout, io.env, settings.color));
  const width = Math.max(...checks.map(({ id }) => id.length));
  for (const { id, title, source } of checks) {
    io.stdout.write(`${paint('bold', id.padEnd(width))}  ${title}\n${' '.repeat(width)}  ${paint('dim', source)}\n`);
  }
  return 0;
};
