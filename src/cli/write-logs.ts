/** Writes what the target printed beside the reports of a run that did not pass. */
import { dirname, join, relative } from 'node:path';
import { createRedactor } from '../requests/redact.ts';
import { writeWhole } from '../spec/lock.ts';
import type { ReportedEnvironment } from './create-report.ts';
import type { Io } from './io.ts';

/**
 * The files written, one for each part of the target; none without reports, whose folder they go to, or where no part is ours.
 * @throws HarnessError `E_WRITE`
 */
export async function writeLogs({ target, plan, people }: ReportedEnvironment, io: Io): Promise<readonly string[]> {
  const [report] = Object.values(plan.settings.reports ?? {});
  // The report that a replay looks back at stays, and so does what is beside it.
  if (report === undefined || plan.settings.replay !== undefined) return [];
  const { text } = createRedactor(people.secrets);
  const written: string[] = [];
  for (const [name, lines] of target.logs?.() ?? []) {
    const file = join(dirname(report), 'logs', `${name}.log`);
    await writeWhole(file, lines.map((line) => `${text(line)}\n`).join(''));
    written.push(relative(io.cwd, file));
  }
  return written;
}
