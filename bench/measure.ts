/** Measures candidates in turn within one process, so that whatever else the machine does hits all of them alike. */

/** What a unit of work took, in microseconds. */
export interface Cost {
  readonly wall: number;
  /** Of this process, user and system. */
  readonly cpu: number;
}

export interface Rounds {
  /** Counted ones; one more goes before them. */
  readonly rounds: number;
  /** Units of work in one call of a candidate. */
  readonly units: number;
}

/** The costs of every candidate, a list of its rounds each; the order of the candidates turns from round to round. */
export async function measure<Name extends string>(
  candidates: Readonly<Record<Name, () => Promise<void>>>,
  { rounds, units }: Rounds,
): Promise<Readonly<Record<Name, readonly Cost[]>>> {
  const names = Object.keys(candidates) as Name[];
  const costs = Object.fromEntries(names.map((name) => [name, [] as Cost[]])) as Record<Name, Cost[]>;
  for (let round = -1; round < rounds; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const before = process.cpuUsage();
      const start = performance.now();
      await candidates[name]();
      const wall = performance.now() - start;
      const { user, system } = process.cpuUsage(before);
      if (round >= 0) costs[name].push({ wall: (wall * 1000) / units, cpu: (user + system) / units });
    }
  }
  return costs;
}

/** The middle of the values; of an even number the upper one of the two. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** How many times the first is as fast as the second, round by round; the median. */
export function speed(first: readonly Cost[], second: readonly Cost[], by: keyof Cost): number {
  return median(first.map((cost, round) => (second[round]?.[by] ?? Number.NaN) / cost[by]));
}

/** Prints a table in Markdown. */
export function printTable(head: readonly string[], rows: readonly (readonly (string | number)[])[]): void {
  for (const row of [head, head.map(() => '---'), ...rows]) console.log(`| ${row.join(' | ')} |`);
}
