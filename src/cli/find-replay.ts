/** Finds what a replay is to send again, in the report of the run that found it. */
import { readFile } from 'node:fs/promises';
import { isObject } from '../lib/json.ts';

/** A scenario, and the seed that its run had; undefined where no report knows it. */
export interface Replayed {
  readonly scenario: string;
  readonly seed: number | undefined;
}

/** The scenario behind an id: that of a finding, cause, case or scenario of the report in the file, else the id itself. */
export async function findReplay(id: string, file: string | undefined): Promise<Replayed> {
  const report = file === undefined ? undefined : await readReport(file);
  const findings = isObject(report) && Array.isArray(report['findings']) ? (report['findings'] as readonly unknown[]) : [];
  for (const finding of findings) {
    if (!isObject(finding) || typeof finding['scenario'] !== 'string') continue;
    if (['id', 'cause', 'caseId', 'scenario', 'exchange'].some((key) => finding[key] === id))
      return { scenario: finding['scenario'], seed: isObject(report) ? Number(report['seed']) : undefined };
  }
  return { scenario: id, seed: undefined };
}

/** What the file holds; undefined where there is none, or no JSON. */
async function readReport(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as unknown;
  } catch {
    return undefined;
  }
}
