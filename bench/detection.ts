/** What is found in the observatory (tests/support/faulty-api), switch by switch, each with the phases that suffice to see it: the catch table by class. Takes minutes. */
import type { Phase } from '../src/cases/case.ts';
import { plannedPhases } from '../src/cases/plan-scenarios.ts';
import { switches } from '../tests/support/faulty-api/switches.ts';
import { findInFaultyApi } from '../tests/support/find-in-faulty-api.ts';

const seed = 1;
const innocent = new Map<string, ReadonlySet<string>>();

async function innocentFindings(phases: readonly Phase[]): Promise<ReadonlySet<string>> {
  const key = phases.join();
  const known = innocent.get(key) ?? new Set((await findInFaultyApi([], phases, seed)).findings.map(({ id }) => id));
  innocent.set(key, known);
  return known;
}

const table = new Map<string, { certain: number; likely: number; missed: string[] }>();
const start = performance.now();
for (const { id, class: kind, phase } of switches) {
  const known = await innocentFindings(phase);
  const { findings } = await findInFaultyApi([id], phase, seed);
  const news = findings.filter((finding) => !known.has(finding.id));
  const row = table.get(kind) ?? { certain: 0, likely: 0, missed: [] };
  if (news.some(({ confidence }) => confidence === 'certain')) row.certain += 1;
  else if (news.length > 0) row.likely += 1;
  else row.missed.push(id);
  table.set(kind, row);
}
console.log('class | certain | likely | missed');
for (const [kind, { certain, likely, missed }] of table) console.log(`${kind} | ${certain} | ${likely} | ${missed.join(', ')}`);
const whole = await findInFaultyApi([], plannedPhases, seed);
console.log(
  `${switches.length} switches in ${((performance.now() - start) / 1000).toFixed(0)} s; the unbroken API, all phases: ${whole.counts.exchanges} exchanges, ${whole.findings.length} findings`,
);
