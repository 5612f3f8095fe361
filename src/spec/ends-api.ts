/** Which operations end the API itself: after them there is nobody to ask. */
import { plainName, pathSegments } from '../lib/names.ts';
import type { Operation } from './contract.ts';

const endings = new Set(['shutdown', 'poweroff', 'reboot']);

/** Whether the operation's path says that it ends the whole API, as `POST /admin/shutdown` does; one below a thing (`/machines/{id}/shutdown`) ends that thing. */
export function endsApi({ path }: Operation): boolean {
  return !path.includes('{') && endings.has(plainName(pathSegments(path).at(-1) ?? ''));
}
