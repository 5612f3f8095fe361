/** Which operations a run does without, since nothing could be asked after them. */
import { plainName, pathSegments } from '../lib/names.ts';
import type { Operation } from './contract.ts';
import { isSafe } from './is-safe.ts';

/** Last names of paths, what the operations there end, and which of them do. */
const endings: readonly (readonly [names: ReadonlySet<string>, what: string, does: (operation: Operation) => boolean])[] = [
  [new Set(['shutdown', 'poweroff', 'reboot']), 'the API', () => true],
  [new Set(['logout', 'logoff', 'signout']), 'the session of whoever calls it', () => true],
  [
    new Set(['password', 'changepassword', 'passwordchange', 'setpassword', 'updatepassword']),
    'the password of whoever calls it',
    (operation) => !isSafe(operation),
  ],
  [
    new Set(
      ['token', 'tokens', 'key', 'apikey', 'apitoken'].flatMap((name) =>
        ['reset', 'rotate', 'regenerate', 'revoke'].map((verb) => verb + name),
      ),
    ),
    'the token of whoever calls it',
    (operation) => !isSafe(operation) && isAboutCaller(operation),
  ],
  [new Set(['maintenance', 'maintenancemode']), 'what the API answers to everybody', (operation) => !isSafe(operation)],
  [new Set(['me', 'self']), 'the account of whoever calls it', ({ method }) => method === 'DELETE'],
];

/** Whether an operation is about who calls it, by the name before its last: `/current-user/reset-token`, not `/invite/reset-token`. */
function isAboutCaller({ path }: Operation): boolean {
  const before = plainName(pathSegments(path).at(-2) ?? '');
  return /^(?:me|self|my|(?:current|my)?(?:user|account)|profile|auth)$/.test(before);
}

/** What the operation ends by the last name of its path, as `POST /admin/shutdown` does; undefined for one below a thing (`/machines/{id}/shutdown`), which ends that thing. */
export function endedBy(operation: Operation): string | undefined {
  if (operation.path.includes('{')) return undefined;
  const last = plainName(pathSegments(operation.path).at(-1) ?? '');
  return endings.find(([names, , does]) => names.has(last) && does(operation))?.[1];
}
