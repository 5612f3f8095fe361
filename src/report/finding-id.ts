/** Ids of findings and causes: what people copy from a report, the same in every run. */
import { shortHash } from '../lib/short-hash.ts';

/** The id of a finding: what one check says of one topic in one operation. Eight hex digits. */
export function findingId(check: string, operation: string, topic: string): string {
  return shortHash(check, operation, topic);
}

/** The id of a cause: what one check says of one topic, in whatever operations. Eight hex digits. */
export function causeId(check: string, topic: string): string {
  return shortHash(check, topic);
}
