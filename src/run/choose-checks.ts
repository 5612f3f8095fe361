/** Which checks judge a run. */
import { HarnessError } from '../errors.ts';
import { nearest } from '../lib/nearest.ts';
import { checks } from '../verdicts/registry.ts';
import type { Settings } from './settings.ts';

/** Ids of the checks that the settings want; undefined for all. Throws HarnessError E_USAGE for a check that there is not. */
export function chooseChecks({ checks: wanted, skipChecks }: Pick<Settings, 'checks' | 'skipChecks'>): ReadonlySet<string> | undefined {
  const known = checks.map(({ id }) => id);
  assertKnown('--checks', wanted ?? [], known);
  assertKnown('--skip-check', skipChecks ?? [], known);
  if (wanted === undefined && skipChecks === undefined) return undefined;
  return new Set(wanted ?? known).difference(new Set(skipChecks));
}

function assertKnown(flag: string, ids: readonly string[], known: readonly string[]): void {
  const stray = ids.find((id) => !known.includes(id));
  if (stray === undefined) return;
  const meant = nearest(stray, known);
  throw new HarnessError(
    'E_USAGE',
    `${flag} knows no check "${stray}"${meant === undefined ? '' : `, did you mean ${meant}?`}; there are ${known.join(', ')}`,
  );
}
