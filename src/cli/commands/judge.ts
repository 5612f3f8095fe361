/** `specproof judge`: the verdict on recorded traffic. Starts no target and sends no request. */
import { resolve } from 'node:path';
import { HarnessError } from '../../errors.ts';
import { openContract, readDeviations } from '../../run/environment.ts';
import type { OpenContract } from '../../run/open-contract.ts';
import { chooseTarget } from '../../run/open-target.ts';
import { chooseChecks } from '../../run/choose-checks.ts';
import { planEnvironment, type EnvironmentPlan } from '../../run/plan-environment.ts';
import { judgeRecording, recordedOrigins } from '../../sources/har/judge-recording.ts';
import { loadHar, type Recording } from '../../sources/har/read-har.ts';
import type { Execute } from '../command.ts';
import { reportRun } from '../report-run.ts';

/** Judges the file and gives the exit code of a run; 3 where nothing in it was meant for the API. */
export const judge: Execute = async ({ arguments: [file = ''], settings, io }) => {
  const plan = await planEnvironment(settings, io.cwd, io.env);
  chooseChecks(plan.settings);
  const opened = await openContract(plan);
  const recording = await loadHar(resolve(io.cwd, file), opened.contract);
  const baseUrl = recordedBaseUrl(plan, opened, recording);
  const environment = {
    ...opened,
    plan,
    deviations: await readDeviations(plan),
    accessLock: undefined,
    target: { kind: 'recording', baseUrl },
    people: { main: undefined, identities: new Map(), secrets: () => [] },
  };
  const signal = io.signal ?? new AbortController().signal;
  const start = (stop: AbortSignal): ReturnType<typeof judgeRecording> => judgeRecording(recording, opened.contract, baseUrl, stop);
  return reportRun(environment, { suites: [{ name: 'har', start }], seed: 0, io, signal });
};

/** Where the API was when it was recorded. @throws HarnessError `E_USAGE` where nothing says it */
function recordedBaseUrl(plan: EnvironmentPlan, opened: OpenContract, recording: Recording): string {
  const target = chooseTarget(plan, opened);
  if ('baseUrl' in target) return target.baseUrl.replace(/\/+$/, '');
  const origins = [...recordedOrigins(recording)].map(([origin, count]) => `${origin} (${count} ${count === 1 ? 'request' : 'requests'})`);
  throw new HarnessError('E_USAGE', 'nothing says where the API was when this was recorded', {
    hint: `say it with --base-url; the recording has ${origins.join(', ') || 'no request'}`,
  });
}
