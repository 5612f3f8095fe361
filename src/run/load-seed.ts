/** Loads the recording that a stand-in starts with: of a browser, a proxy, or a former run. */
import { resolve } from 'node:path';
import { loadHar } from '../sources/har/read-har.ts';
import { headerValue } from '../requests/exchange.ts';
import type { Contract } from '../spec/contract.ts';
import type { EmbeddedTargetOptions } from '../targets/embedded/options.ts';
import type { SeenAnswer } from '../targets/embedded/restore.ts';
import type { EnvironmentPlan } from './plan-environment.ts';

/** Absolute path of the recording that a configured stand-in starts with, if any. */
export function seedFile({ loaded, cwd }: EnvironmentPlan, { seed }: EmbeddedTargetOptions): string | undefined {
  return seed === undefined ? undefined : resolve(loaded?.root ?? cwd, seed);
}

/**
 * The answers in a file, in its order.
 * @throws HarnessError `E_HAR`
 */
export async function loadSeed(file: string, contract: Contract): Promise<readonly SeenAnswer[]> {
  const { exchanges } = await loadHar(file, contract);
  return exchanges.flatMap(({ request, response }) =>
    response === undefined
      ? []
      : [
          {
            method: request.method,
            url: request.url,
            status: response.status,
            type: headerValue(response.headers, 'content-type'),
            body: response.body,
          },
        ],
  );
}
