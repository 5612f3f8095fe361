/** Reads what a configuration only names: environment variables, and files by paths that may hold some. */
import { resolve } from 'node:path';
import { HarnessError } from '../errors.ts';
import { expandPath } from '../lib/expand-path.ts';
import type { Secret } from './identity-options.ts';

/** Variables of the environment by name. */
export type Env = Readonly<Record<string, string | undefined>>;

/** The secret. Throws HarnessError E_SECRET for a variable that is not set. */
export function readSecret(identity: string, secret: Secret, env: Env): string {
  return 'variable' in secret ? readVariable(identity, secret.variable, env) : secret.testValue;
}

/** Without the line end that a file read into a variable leaves. Throws HarnessError E_SECRET. */
export function readVariable(identity: string, variable: string, env: Env): string {
  const value = env[variable]?.trim() ?? '';
  if (value === '') {
    throw new HarnessError('E_SECRET', `identity ${identity}: environment variable ${variable} is not set`, { hint: `export ${variable}` });
  }
  return value;
}

/** The path, absolute. Throws HarnessError E_SECRET for a variable in it that is not set. */
export function resolvePath(identity: string, text: string, env: Env): string {
  const { path, unset } = expandPath(text, env);
  const [missing] = unset;
  if (missing === undefined) return resolve(path);
  throw new HarnessError('E_SECRET', `identity ${identity}: environment variable ${missing} is not set, which the path ${text} needs`, {
    hint: `export ${missing}, or write \${${missing}:-otherwise} in the path`,
  });
}
