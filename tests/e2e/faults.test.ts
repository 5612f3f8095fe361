import { describe, expect, it } from 'vitest';
import { linesOf, runSpecproof } from '../support/run-specproof.ts';

/** What a run on a stand-in with a fault must say. The same run without one is green: see main-job. */
const table = [
  { fault: 'changed-document', flags: ['--only', 'contract'], code: 1, checks: ['document-matches-lock'] },
  { fault: 'broken-body', flags: ['--only', 'generated', '--phases', 'examples'], code: 1, checks: ['body-matches-schema'] },
  { fault: 'wrong-status', flags: ['--only', 'generated', '--phases', 'examples'], code: 1, checks: ['status-declared'] },
  { fault: 'server-error', flags: ['--only', 'generated', '--phases', 'examples'], code: 1, checks: ['no-server-error'] },
  { fault: 'cut-short', flags: ['--only', 'generated', '--phases', 'examples'], code: 1, checks: ['answer-received'] },
  {
    fault: 'endless-body',
    flags: ['--only', 'generated', '--phases', 'examples', '--timeout', '300ms', '--concurrency', '16'],
    code: 1,
    checks: ['answer-received'],
  },
  { fault: 'ignore-auth', flags: ['--only', 'generated', '--phases', 'access'], code: 1, checks: ['unauthenticated-refused'] },
  {
    fault: 'slow',
    flags: ['--only', 'generated', '--phases', 'examples', '--max-response-time', '1s', '--max-cases', '12'],
    code: 1,
    checks: ['response-time'],
  },
] as const;

describe('the main job goes red when the stand-in has the fault', () => {
  it.each(table)('$fault', async ({ fault, flags, code, checks }) => {
    const outcome = await runSpecproof(['run', '--format', 'ndjson', '--quiet', '--report', 'json=reports/fault.json', ...flags], {
      env: { SPECPROOF_FAULTS: fault },
    });
    const certain = linesOf(outcome.stdout, 'finding').filter(({ confidence, known }) => confidence === 'certain' && known === false);
    expect(outcome.code, outcome.stderr).toBe(code);
    for (const check of checks) expect(certain.map((finding) => finding['check'])).toContain(check);
  });

  it.each(['provider-down', 'provider-refuses'])('%s ends in an environment error', async (fault) => {
    const outcome = await runSpecproof(['run', '--quiet'], { env: { SPECPROOF_FAULTS: fault } });
    expect(outcome.code).toBe(3);
    expect(outcome.stderr).toMatch(/^specproof: .*identity admin/m);
  });
});
