/** Finds what a replay is to send again, in the report of the run that found it. */
import { readFile } from 'node:fs/promises';
import { isObject, member, type JsonObject } from '../lib/json.ts';

/** What is sent again. */
export interface Replayed {
  /** As it was asked for. */
  readonly id: string;
  readonly scenario: string;
  /** That its run had; undefined where no report knows it. */
  readonly seed: number | undefined;
  /** Ids of what was found there; none where no report knows it. */
  readonly findings: readonly string[];
}

/** By what a finding is called. */
const keys = ['id', 'cause', 'caseId', 'scenario', 'exchange'];

/** The scenario behind an id: that of a finding, cause, case or scenario of the report in the file, else the id itself. */
export async function findReplay(id: string, file: string | undefined): Promise<Replayed> {
  const report = file === undefined ? undefined : await readReport(file);
  const findings = isObject(report) && Array.isArray(report['findings']) ? (report['findings'] as readonly unknown[]) : [];
  const meant = findings.filter(
    (finding): finding is JsonObject =>
      isObject(finding) && typeof finding['scenario'] === 'string' && keys.some((key) => finding[key] === id),
  );
  const [first] = meant;
  if (first === undefined) return { id, scenario: id, seed: undefined, findings: [] };
  const { scenario } = first;
  const own = meant.filter((finding) => finding['scenario'] === scenario);
  return { id, scenario: String(scenario), seed: Number(member(report, 'seed')), findings: own.map((finding) => String(finding['id'])) };
}

/** What the file holds; undefined where there is none, or no JSON. */
async function readReport(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as unknown;
  } catch {
    return undefined;
  }
}
