/** How strict the judge is about what a document does not say. */

export const strictLevels = ['off', 'warn', 'fail'] as const;

/** `warn` finds without failing the run. */
export type StrictLevel = (typeof strictLevels)[number];

/** Levels by operation (`GET /things`), and under `*` for all others. */
export type Strictness = Readonly<Record<string, StrictLevel>>;

/** The level for an operation; `off` where nothing is said. */
export function strictnessOf(strict: Strictness | undefined, operation: string): StrictLevel {
  return strict?.[operation] ?? strict?.['*'] ?? 'off';
}
