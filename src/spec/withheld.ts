/** Which operations a run does without, since nothing could be asked after them. */
import { plainName, pathSegments } from '../lib/names.ts';
import type { Operation } from './contract.ts';

/** Last names of paths, and what the operations there end. */
const endings: readonly (readonly [names: ReadonlySet<string>, what: string])[] = [
  [new Set(['shutdown', 'poweroff', 'reboot']), 'the API'],
  [new Set(['logout', 'logoff', 'signout']), 'the session of whoever calls it'],
];

/** What the operation ends by the last name of its path, as `POST /admin/shutdown` does; undefined for one below a thing (`/machines/{id}/shutdown`), which ends that thing. */
export function endedBy({ path }: Operation): string | undefined {
  const last = plainName(pathSegments(path).at(-1) ?? '');
  return path.includes('{') ? undefined : endings.find(([names]) => names.has(last))?.[1];
}
