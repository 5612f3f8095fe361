/** Starts the report of an open environment. */
import { createReportBuilder, type ReportBuilder } from '../report/build-report.ts';
import type { CoverageGate } from '../report/coverage-gate.ts';
import type { OpenEnvironment } from '../run/environment.ts';
import type { OpenIdentities } from '../run/open-identities.ts';
import type { Target } from '../targets/target.ts';
import { rerunCommand } from './rerun-command.ts';
import { specproofVersion } from './version.ts';

/** What of an environment a report tells. */
export interface ReportedEnvironment extends Pick<OpenEnvironment, 'contract' | 'plan' | 'deviations' | 'accessLock'> {
  readonly target: Pick<Target, 'baseUrl' | 'died' | 'logs'> & { readonly kind: string };
  readonly people: Pick<OpenIdentities, 'main' | 'secrets'> & { readonly identities: ReadonlyMap<string, unknown> };
}

/** A builder that knows the environment; deviations are judged on today's date. */
export function createReport(
  { contract, target, plan, people, deviations }: ReportedEnvironment,
  { seed, whole, minCoverage }: { readonly seed: number; readonly whole: boolean; readonly minCoverage?: CoverageGate | undefined },
): ReportBuilder {
  const startedAt = Date.now();
  return createReportBuilder({
    contract,
    baseUrl: target.baseUrl,
    targetKind: target.kind,
    ...(plan.name !== undefined && { environment: plan.name }),
    seed,
    rerun: rerunCommand(plan, contract.location),
    identities: [...new Set([...(people.main === undefined ? [] : [people.main]), ...people.identities.keys()])],
    version: specproofVersion,
    deviations,
    startedAt,
    today: new Date(startedAt).toISOString().slice(0, 10),
    failOn: plan.settings.failOn ?? 'certain',
    partial: !whole,
    minCoverage,
  });
}
