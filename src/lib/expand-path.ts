/** Paths as people write them in a configuration. */
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The path with a leading `~` and with `$NAME`, `${NAME}` and `${NAME:-otherwise}` filled in, and the names that are not set. */
export function expandPath(
  text: string,
  env: Readonly<Record<string, string | undefined>>,
): { readonly path: string; readonly unset: readonly string[] } {
  const unset: string[] = [];
  const filled = text.replaceAll(/\$(?:(\w+)|\{(\w+)(?::-([^}]*))?\})/g, (_all, bare?: string, braced?: string, otherwise?: string) => {
    const name = bare ?? braced ?? '';
    const value = env[name];
    if (value !== undefined && value !== '') return value;
    if (otherwise === undefined) unset.push(name);
    return otherwise ?? '';
  });
  const home = /^~(?=$|[/\\])/.test(filled);
  return { path: home ? join(env['HOME'] || homedir(), filled.slice(1)) : filled, unset };
}
