/** Waits until a server that is coming up answers, for `--wait`. Judges nothing: what is wrong at the end is told by whoever asks next. */
import { setTimeout as sleep } from 'node:timers/promises';
import { isWebUrl } from '../spec/fetch-text.ts';
import type { TargetHooks } from './open-target.ts';
import type { EnvironmentPlan } from './plan-environment.ts';

/** Milliseconds between two tries, and for one of them. */
const pause = 250;
const patience = 5000;

/** What stands before a server answers so while that one is not there. @see https://www.rfc-editor.org/rfc/rfc9110#section-15.6.3 */
const notYet = new Set([502, 503, 504]);

/** Comes back once the document has been there and the API has answered, the time of `wait` is over, or the user wants to stop. */
export async function waitForServer(plan: EnvironmentPlan, document: string | undefined, hooks: TargetHooks): Promise<void> {
  const { wait, baseUrl } = plan.settings;
  if (wait === undefined) return;
  const target = plan.environment?.target;
  const api = baseUrl ?? (target?.kind === 'live' ? target.baseUrl : undefined);
  const until = performance.now() + wait;
  if (document !== undefined && isWebUrl(document)) await waitFor(document, (status) => status === 404 || notYet.has(status));
  if (api !== undefined) await waitFor(api, (status) => notYet.has(status));

  async function waitFor(url: string, isMissing: (status: number) => boolean): Promise<void> {
    for (let told = false; performance.now() < until && hooks.signal?.aborted !== true;) {
      const status = await statusOf(plan, url);
      if (status !== undefined && !isMissing(status)) return;
      if (!told) hooks.onProgress?.(`waiting for ${new URL(url).origin}: ${status === undefined ? 'nobody answers' : `status ${status}`}`);
      told = true;
      await sleep(pause);
    }
  }
}

/** The status that a GET of the URL is answered with; undefined where nobody answers. No credential is sent. */
async function statusOf({ network }: EnvironmentPlan, url: string): Promise<number | undefined> {
  try {
    const answer = await network.fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(patience) });
    await answer.body?.cancel();
    return answer.status;
  } catch {
    return undefined;
  }
}
