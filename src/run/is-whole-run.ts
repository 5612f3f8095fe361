/** Whether a run asks all that it can ask. */
import { suiteNames, type Settings } from './settings.ts';

/** False where settings leave out suites, phases, operations or cases: what such a run does not see may still be there. */
export function isWholeRun({ only, phases, operations, maxCases, maxTime, replay }: Settings): boolean {
  const narrowed = [phases, operations, maxCases, maxTime, replay].some((setting) => setting !== undefined);
  return !narrowed && (only === undefined || suiteNames.every((name) => only.includes(name)));
}
