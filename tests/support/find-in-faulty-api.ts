import { createIdentity } from '../../src/auth/create-identity.ts';
import type { Phase } from '../../src/cases/case.ts';
import { planScenarios } from '../../src/cases/plan-scenarios.ts';
import { createReportBuilder } from '../../src/report/build-report.ts';
import type { Report } from '../../src/report/report.ts';
import { createTransport } from '../../src/requests/send.ts';
import { runScenarios } from '../../src/run/generated-suite.ts';
import { run } from '../../src/run/pipeline.ts';
import { createContract } from '../../src/spec/create-contract.ts';
import { document } from './faulty-api/document.ts';
import { startFaultyApi } from './faulty-api/start.ts';

/** What the generated suite finds in the observatory with the given switches on. */
export async function findInFaultyApi(switches: readonly string[], phases: Iterable<Phase>, seed: number): Promise<Report> {
  const api = await startFaultyApi({ switches, seed });
  const contract = createContract(document);
  const { main, other, reader, stranger } = api.tokens;
  const identities = new Map(
    Object.entries({ main, other, reader, stranger }).map(([name, token]) => [name, createIdentity(name, { kind: 'static', token })]),
  );
  const secrets = (): string[] => [...identities.values()].flatMap((identity) => identity.secrets());
  const transport = createTransport({
    connections: 8,
    headersTimeout: 1500,
    bodyTimeout: 1500,
    totalTimeout: 2000,
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
  const scenarios = planScenarios(contract, { ...options, phases: new Set(phases), seed });
  const { signal } = new AbortController();
  const { baseUrl } = api;
  const builder = createReportBuilder({
    contract,
    baseUrl,
    targetKind: 'live',
    seed,
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
