/** JSON values as texts. */
import type { Json } from '../../../src/lib/json.ts';

/** A string as it is, anything else as JSON, nothing as the empty text. */
export function plain(value: Json | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
