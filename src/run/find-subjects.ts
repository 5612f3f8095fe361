/** Who is asked about in the matrix of access, and what their tokens say that they may. */
import { grantsOf } from '../auth/grants.ts';
import type { Subject } from '../cases/access/expected.ts';
import { isHarnessError } from '../errors.ts';
import type { Contract } from '../spec/contract.ts';
import type { OpenIdentities } from './open-identities.ts';

export interface FoundSubjects {
  /** The main identity first; none where there are fewer than two. */
  readonly subjects: readonly Subject[];
  /** Those without whom the matrix is drawn, since no credentials can be had for them. */
  readonly absent: readonly { readonly name: string; readonly reason: string }[];
}

/**
 * Everybody who has a name and credentials. Grants are only told where some token has one that the document speaks of:
 * elsewhere rights do not travel in tokens, and their lack means nothing.
 */
export async function findSubjects({ identities, main }: OpenIdentities, contract: Contract): Promise<FoundSubjects> {
  if (main === undefined || identities.size < 2) return { subjects: [], absent: [] };
  const names = [main, ...[...identities.keys()].filter((name) => name !== main)];
  const absent: { name: string; reason: string }[] = [];
  const subjects: Subject[] = [];
  for (const name of names) {
    try {
      const secret = (await identities.get(name)?.credential())?.secret ?? '';
      subjects.push({ name, grants: grantsOf(secret) });
    } catch (error) {
      if (!isHarnessError(error)) throw error;
      absent.push({ name, reason: error.message });
    }
  }
  const stated = new Set(contract.operations.flatMap(({ security }) => security.flat().flatMap(({ scopes }) => scopes)));
  const tell = subjects.some(({ grants }) => [...(grants ?? [])].some((grant) => stated.has(grant)));
  return { subjects: tell ? subjects : subjects.map(({ name }) => ({ name, grants: undefined })), absent };
}
