/** Finds and reads the configuration file. Starts nothing and reads no secret. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { credentialsOf } from '../auth/identity-options.ts';
import { HarnessError } from '../errors.ts';
import { decodeText } from '../lib/decode-text.ts';
import { isObject } from '../lib/json.ts';
import { nearest } from '../lib/nearest.ts';
import type { Config } from './config.ts';
import { configShape } from './config-shape.ts';
import { findFlaw } from './shape.ts';

/** Names that a configuration file may have, first come first taken. */
export const configNames: readonly string[] = ['ts', 'js', 'mjs', 'json'].map((extension) => `specproof.config.${extension}`);

export interface LoadedConfig {
  readonly config: Config;
  /** Absolute path of the file. */
  readonly file: string;
  /** Its folder: what paths in it are relative to. */
  readonly root: string;
}

/** The nearest configuration file, from the folder upwards; undefined where there is none. */
export function findConfig(cwd: string): string | undefined {
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    const name = configNames.find((candidate) => existsSync(join(folder, candidate)));
    if (name !== undefined) return join(folder, name);
    if (dirname(folder) === folder) return undefined;
  }
}

/**
 * The nearest configuration, or undefined where there is none.
 * @throws HarnessError `E_CONFIG` naming file, key and what is wrong
 */
export async function loadConfig(cwd: string): Promise<LoadedConfig | undefined> {
  const file = findConfig(cwd);
  if (file === undefined) return undefined;
  const value = await readValue(file, cwd);
  return { config: checkConfig(value, shownPath(file, cwd)), file, root: dirname(file) };
}

/** The value as a configuration. @throws HarnessError `E_CONFIG` naming the file and the key */
export function checkConfig(value: unknown, file: string): Config {
  const flaw = findFlaw(configShape, value);
  if (flaw !== undefined) {
    throw new HarnessError('E_CONFIG', `${file}: ${flaw.path === '' ? 'the configuration' : flaw.path} ${flaw.problem}`, {
      hint: `mend that key in ${file}`,
    });
  }
  const config = value as Config;
  assertNames(config, file);
  return config;
}

/** Names that the file refers to must be in it. */
function assertNames(config: Config, file: string): void {
  const environments = Object.keys(config.environments);
  if (environments.length === 0) throw new HarnessError('E_CONFIG', `${file}: environments has none`);
  const assertNamed = (path: string, name: string | undefined, known: readonly string[], noun: string): void => {
    if (name === undefined || known.includes(name)) return;
    const meant = nearest(name, known);
    throw new HarnessError(
      'E_CONFIG',
      `${file}: ${path} names no ${noun}: "${name}"${meant === undefined ? `; there are ${known.join(', ') || 'none'}` : `, did you mean ${meant}?`}`,
    );
  };
  assertNamed('defaultEnvironment', config.defaultEnvironment, environments, 'environment');
  const files = (config.collections ?? []).map(({ file }) => file);
  for (const [index, { after = [] }] of (config.collections ?? []).entries())
    // Only an earlier one can have run: so no two wait for each other.
    for (const file of after) assertNamed(`collections[${index}].after`, file, files.slice(0, index), 'earlier collection');
  for (const [name, environment] of Object.entries(config.environments)) {
    const identities = Object.keys(environment.identities ?? {});
    for (const [identity, options] of Object.entries(environment.identities ?? {})) {
      for (const credential of credentialsOf(options)) {
        const subject = credential.kind === 'token-exchange' ? credential.subject : undefined;
        assertNamed(`environments.${name}.identities.${identity}.subject`, subject, identities, 'identity');
      }
    }
    // the file may have them
    if (environment.authWfc !== undefined) continue;
    assertNamed(`environments.${name}.main`, environment.main, identities, 'identity');
    for (const role of ['readers', 'peers', 'strangers'] as const) {
      for (const identity of environment[role] ?? []) assertNamed(`environments.${name}.${role}`, identity, identities, 'identity');
    }
  }
}

async function readValue(file: string, cwd: string): Promise<unknown> {
  const shown = shownPath(file, cwd);
  try {
    if (file.endsWith('.json')) return JSON.parse(decodeText(await readFile(file))) as unknown;
    const module: unknown = await import(pathToFileURL(file).href);
    if (isObject(module) && 'default' in module) return module['default'];
  } catch (error) {
    throw new HarnessError('E_CONFIG', `${shown} cannot be loaded: ${reasonOf(error)}`, { hint: hintOf(error, shown), cause: error });
  }
  throw new HarnessError('E_CONFIG', `${shown} has no default export`, { hint: `write export default defineConfig({ … }) in ${shown}` });
}

function reasonOf(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error))
    .split('\n')
    .map((text) => text.trim())
    .filter((text) => text !== '');
  return line;
}

function hintOf(error: unknown, file: string): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX')
    return 'Node.js only strips types: enum, namespace and parameter properties do not work in a configuration file';
  return file.endsWith('.json') ? `mend ${file} there` : `see what node ${file} says`;
}

/** The path for messages: as short as it can be. */
function shownPath(file: string, cwd: string): string {
  const short = relative(cwd, file);
  return short === '' || short.startsWith('..') ? file : short;
}
