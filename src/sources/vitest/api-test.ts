/** The test function with the fixture `api`: a typed client of the API that the run, or the global setup, provides. */
import { inject, test, type TestAPI } from 'vitest';
import { createClient } from './create-client.ts';
import type { ApiClient } from './client-types.ts';
import { logExchange, type ExchangeMeta } from './exchange-log.ts';
import { openApi, type OpenApi } from './open-api.ts';
import type { ProvidedApi } from './provided.ts';
import { createReplay, type Replay } from './replay.ts';

/** What suites may need of the target beyond its contract. */
export type Need = 'real';

/** The fixtures of `apiTest`. */
export interface ApiFixtures<Paths> {
  /** The client; calls are made as the main identity. */
  readonly api: ApiClient<Paths>;
  /** Sends a generated case, and all that leads to it, again: what tests that `specproof run --write-tests` wrote do. */
  readonly replay: Replay;
}

/** vitest's test function with the fixture `api`. */
export type ApiTest<Paths> = TestAPI<ApiFixtures<Paths>>;

/** The part of a test's context that a client needs. */
interface RunningTest {
  readonly task: { readonly fullTestName: string; readonly meta: ExchangeMeta };
  readonly skip: (note: string) => never;
}

/** A test function whose tests have a typed client of the API: `const test = apiTest<paths>();`. */
export function apiTest<Paths>(): ApiTest<Paths> {
  return test.extend<ApiFixtures<Paths>>({
    api: async ({ task, skip }, use) => {
      await use(clientOf<Paths>(theApi(), { task, skip }));
    },
    replay: async ({ signal, skip }, use) => {
      const open = theApi();
      if (open.provided.mode === 'run') skip('the generated suite of this run sends it');
      await use(createReplay(open, signal));
    },
  });
}

/**
 * The same test function for tests that need more of the target than its contract says: they are skipped, with the
 * reason, where it cannot give it. `real` is any API but the stand-in.
 */
export function needs<Fixtures extends object>(base: TestAPI<Fixtures>, need: Need, reason = ''): TestAPI<Fixtures> {
  const extended = base.extend<{ readonly specproofNeeds: undefined }>({
    specproofNeeds: [
      async ({ skip }, use) => {
        if (!gives(theApi().provided, need)) skip(`needs the ${need} API${reason === '' ? '' : `: ${reason}`}`);
        await use(undefined);
      },
      { auto: true },
    ],
  });
  return extended as TestAPI<Fixtures>;
}

function gives(provided: ProvidedApi, need: Need): boolean {
  return need === 'real' && provided.target !== 'embedded';
}

function clientOf<Paths>(open: OpenApi, running: RunningTest): ApiClient<Paths> {
  const { provided, contract, transport, identities, accuse, withhold } = open;
  return createClient<Paths>({
    contract,
    baseUrl: provided.baseUrl,
    transport,
    identities,
    identity: provided.main,
    headers: provided.headers ?? [],
    maxResponseTime: provided.maxResponseTime,
    strict: provided.strict,
    settle: provided.settle,
    title: () => running.task.fullTestName,
    record: (exchange) => {
      if (provided.mode === 'run') logExchange(running.task.meta, exchange);
    },
    accuse,
    admit: (request) => {
      const reason = withhold?.(request);
      if (reason !== undefined) running.skip(reason);
    },
  });
}

let opened: OpenApi | undefined;

/** The API of this worker. Throws Error where neither a run nor the global setup provides one. */
export function theApi(): OpenApi {
  if (opened) return opened;
  const provided = inject('specproof') as ProvidedApi | undefined;
  if (provided === undefined)
    throw new Error(
      "no API is provided: put `globalSetup: 'specproof/vitest/global-setup'` into this vitest project's configuration, or use `specproof run`",
    );
  opened = openApi(provided);
  return opened;
}
