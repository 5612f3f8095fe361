/** Which specproof this is. */
import { readFileSync } from 'node:fs';

/** The version that the package's manifest states. */
export function specproofVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '0.0.0';
}
