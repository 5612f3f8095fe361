/** The reviewed matrix of access, `access.yaml`: parsed here; reading the file is the caller's. */
import { HarnessError } from '../../errors.ts';
import { isObject } from '../../lib/json.ts';
import type { Access } from './expected.ts';

/** Who may call what: by operation (`METHOD /path`), then by identity. What it does not name is not reviewed. */
export type AccessLock = ReadonlyMap<string, ReadonlyMap<string, Access>>;

/**
 * The matrix of a parsed file: `{access: {operation: {identity: allowed | refused}}}`.
 * Throws HarnessError E_ACCESS_LOCK that names the place.
 */
export function parseAccessLock(document: unknown, location: string): AccessLock {
  const rows = isObject(document) ? document['access'] : undefined;
  if (!isObject(rows)) throw new HarnessError('E_ACCESS_LOCK', `${location}: must be an object called "access" of operations`);
  return new Map(
    Object.entries(rows).map(([operation, row]) => {
      if (!isObject(row)) throw new HarnessError('E_ACCESS_LOCK', `${location}: ${operation} must be an object of identities`);
      return [
        operation,
        new Map(Object.entries(row).map(([identity, access]) => [identity, parseAccess(access, `${location}: ${operation}: ${identity}`)])),
      ];
    }),
  );
}

function parseAccess(value: unknown, place: string): Access {
  if (value === 'allowed' || value === 'refused') return value;
  throw new HarnessError('E_ACCESS_LOCK', `${place} must be allowed or refused, not ${JSON.stringify(value)}`);
}
