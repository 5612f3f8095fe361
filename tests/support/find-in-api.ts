import { createIdentity } from '../../src/auth/create-identity.ts';
import type { Phase, Scenario } from '../../src/cases/case.ts';
import { planScenarios } from '../../src/cases/plan-scenarios.ts';
import { createReportBuilder } from '../../src/report/build-report.ts';
import type { Report } from '../../src/report/report.ts';
import { createTransport } from '../../src/requests/send.ts';
import { runScenarios } from '../../src/run/generated-suite.ts';
import { run } from '../../src/run/pipeline.ts';
import type { Contract } from '../../src/spec/contract.ts';
import type { TestApi } from './test-api.ts';

export interface Looking {
  /** The scenarios to send, of those that are planned. */
  readonly choose?: (scenarios: readonly Scenario[]) => readonly Scenario[];
  /** Milliseconds until an answer must be there: long, for the machine may be busy. */
  readonly patience?: number;
}

/** What the generated suite finds in a running API of ours, with all or the chosen scenarios; closes the API. */
export async function findInApi(
  api: TestApi,
  contract: Contract,
  phases: Iterable<Phase>,
  seed: number,
  { choose = (all) => all, patience = 10_000 }: Looking = {},
): Promise<Report> {
  const { main, other, reader, stranger } = api.tokens;
  const identities = new Map(
    Object.entries({ main, other, reader, stranger }).map(([name, token]) => [name, createIdentity(name, { kind: 'static', token })]),
  );
  const secrets = (): string[] => [...identities.values()].flatMap((identity) => identity.secrets());
  const transport = createTransport({
    connections: 8,
    headersTimeout: patience,
    bodyTimeout: patience,
    totalTimeout: patience,
    maxBodyBytes: 1e7,
    rate: undefined,
    secrets,
  });
  const options = {
    readers: ['reader'],
    peers: ['other'],
    strangers: ['stranger'],
    authenticated: true,
    safeOnly: false,
    maxCases: undefined,
  };
  const scenarios = choose(planScenarios(contract, { ...options, phases: new Set(phases), seed }));
  const { signal } = new AbortController();
  const { baseUrl } = api;
  const builder = createReportBuilder({
    contract,
    baseUrl,
    targetKind: 'live',
    seed,
    rerun: '',
    identities: [...identities.keys()],
    version: '0',
    deviations: [],
    today: '2026-11-23',
    startedAt: 0,
    failOn: 'certain',
  });
  const sender = {
    contract,
    baseUrl,
    transport,
    identities,
    main: 'main',
    headers: [],
    scenarios,
    concurrency: 4,
    maxCases: undefined,
    repeat: true,
    signal,
  };
  const events = run({
    contract,
    baseUrl,
    signal,
    suites: [{ name: 'generated', start: (_, judge) => runScenarios({ ...sender, judge }) }],
  });
  for await (const event of events) builder.add(event);
  await transport.close();
  await api.close();
  return builder.report();
}
