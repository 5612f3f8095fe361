/** The catch table by class: every switch of the yardsticks alone, each with the phases that suffice to see it; then false alarms over many seeds. Arguments: a yardstick's name, a number of seeds. Takes minutes. */
import { plannedPhases } from '../src/cases/plan-scenarios.ts';
import { createCatcher, findIn, yardsticks, type Catch, type Yardstick } from '../tests/support/yardsticks.ts';

const [wanted, seeds = '1'] = process.argv.slice(2);

async function table(yardstick: Yardstick): Promise<void> {
  const start = performance.now();
  const find = createCatcher(yardstick, 1);
  const rows = new Map<string, Map<Catch, string[]>>();
  for (const mark of yardstick.marks) {
    const { how } = await find(mark);
    const row = rows.get(mark.class) ?? new Map<Catch, string[]>();
    row.set(how, [...(row.get(how) ?? []), mark.id]);
    rows.set(mark.class, row);
  }
  console.log(`${yardstick.name}: class | certain | likely | missed`);
  for (const [kind, row] of rows) {
    const rest = [...(row.get('missed') ?? []), ...(row.get('unsure') ?? [])];
    console.log(`${kind} | ${row.get('certain')?.length ?? 0} | ${row.get('likely')?.join(', ') ?? ''} | ${rest.join(', ')}`);
  }
  console.log(`${yardstick.marks.length} switches in ${((performance.now() - start) / 1000).toFixed(0)} s`);
}

async function alarms(yardstick: Yardstick): Promise<void> {
  let found = 0;
  let exchanges = 0;
  for (let index = 0; index < Number(seeds); index++) {
    const seed = 1 + index * 7717;
    const { findings, counts } = await findIn(yardstick, [], plannedPhases, seed);
    for (const { confidence, check, operation, message } of findings)
      console.log(`seed ${seed}: ${confidence} ${check} ${operation} ${message}`);
    found += findings.length;
    exchanges += counts.exchanges;
  }
  console.log(`the unbroken ${yardstick.name}, ${seeds} seeds, all phases: ${exchanges} exchanges, ${found} findings`);
}

for (const yardstick of yardsticks.filter(({ name }) => wanted === undefined || wanted === name || wanted === 'all')) {
  await table(yardstick);
  await alarms(yardstick);
}
