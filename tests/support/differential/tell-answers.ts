/** What one target answers to the generated scenarios and to fixed flows, one request after the other: told so that two targets can be compared. */
import type { Scenario } from '../../../src/cases/case.ts';
import { planScenarios, plannedPhases } from '../../../src/cases/plan-scenarios.ts';
import type { Json } from '../../../src/lib/json.ts';
import { safeMethods } from '../../../src/lib/methods.ts';
import { answerOf } from '../../../src/requests/answer.ts';
import { headerValue } from '../../../src/requests/exchange.ts';
import { createTransport } from '../../../src/requests/send.ts';
import { openEnvironment, type OpenEnvironment } from '../../../src/run/environment.ts';
import type { Judge } from '../../../src/run/events.ts';
import { runScenarios } from '../../../src/run/generated-suite.ts';
import { planEnvironment } from '../../../src/run/plan-environment.ts';
import type { Contract } from '../../../src/spec/contract.ts';
import { judge } from '../../../src/verdicts/judge.ts';

/** One request and what came back. */
export interface Told {
  /** Phase and title of the scenario. */
  readonly scenario: string;
  readonly operation: string;
  readonly title: string;
  /** Undefined when no whole answer came. */
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly json: Json | undefined;
  /** Bytes of the body. */
  readonly length: number;
  /** Whether the judge accuses the answer. */
  readonly accused: boolean;
}

/** Everything that the target of an environment of this repository answers. Scenarios run one at a time and find nothing there, so that no difference leads to others in later ones. `only` names those that are to run. */
export async function tellAnswers(
  environment: string,
  flows: (contract: Contract) => readonly Scenario[],
  seed: number,
  only?: ReadonlySet<string>,
): Promise<Told[]> {
  const plan = await planEnvironment({ environment }, process.cwd(), process.env);
  const open = await openEnvironment(plan, { attach: true });
  const limit = 60_000;
  const transport = createTransport({
    connections: 4,
    headersTimeout: limit,
    bodyTimeout: limit,
    totalTimeout: limit,
    maxBodyBytes: 64 * 1024 * 1024,
    rate: undefined,
    secrets: open.people.secrets,
  });
  try {
    const { people, contract, target } = open;
    const judged: Judge = ({ exchange, case: planned }) =>
      judge(contract, exchange, { baseUrl: target.baseUrl, ...(planned && { case: planned }) });
    const scenarios = [
      ...flows(contract),
      ...planScenarios(contract, {
        // what the random phase sends follows from what was refused
        phases: new Set(plannedPhases.filter((phase) => phase !== 'random')),
        seed,
        safeOnly: false,
        readers: people.readers,
        peers: people.peers,
        strangers: people.strangers,
        authenticated: true,
      }),
    ];
    await removeEverything(open);
    const told: Told[] = [];
    for (const scenario of scenarios) {
      const name = `${scenario.phase}: ${scenario.title}`;
      if (only?.has(name) === false) continue;
      const events = runScenarios({
        ...people,
        contract,
        baseUrl: target.baseUrl,
        transport,
        scenarios: [scenario],
        concurrency: 1,
        maxCases: undefined,
        judge: judged,
        repeat: false,
        signal: new AbortController().signal,
      });
      let changed = false;
      for await (const event of events) {
        if (event.kind !== 'exchange' || event.case === undefined) continue;
        const { status, json, bytes } = answerOf(event.exchange);
        const fields = event.exchange.response?.headers ?? [];
        const { title, request } = event.case;
        changed ||= !safeMethods.has(event.exchange.request.method);
        told.push({
          scenario: name,
          operation: request.operation.id,
          title,
          status,
          headers: Object.fromEntries(fields.map(([field]) => [field.toLowerCase(), headerValue(fields, field) ?? ''])),
          json,
          length: bytes.length,
          accused: judged(event).judgements.some(({ outcome }) => outcome === 'fail'),
        });
      }
      if (changed) await removeEverything(open);
    }
    return told;
  } finally {
    await transport.close();
    await open.dispose();
  }
}

/** Collections, what empties them last first, with the parameters that make them show all. */
const collections = [
  ['/job-submissions', 'id', 'include_archived=true'],
  ['/job-scripts', 'id', 'include_archived=true'],
  ['/job-script-templates', 'id', 'include_archived=true&include_null_identifier=true'],
  ['/clusters/status', 'client_id', ''],
] as const;

/** Deletes, as the main identity, whatever scenarios left behind. */
async function removeEverything({ target, people }: OpenEnvironment): Promise<void> {
  const token = (await people.identities.get(people.main ?? '')?.credential())?.secret ?? '';
  const headers = { authorization: `Bearer ${token}` };
  for (const [path, key, query] of collections) {
    const response = await fetch(`${target.baseUrl}${path}?size=100&${query}`, { headers });
    const { items } = (await response.json()) as { items: readonly Readonly<Record<string, unknown>>[] };
    for (const item of items) {
      const url = `${target.baseUrl}${path}/${encodeURIComponent(String(item[key]))}`;
      const { status } = await fetch(url, { method: 'DELETE', headers });
      if (status >= 300) throw new Error(`DELETE ${url} was answered with ${status}`);
    }
  }
}
