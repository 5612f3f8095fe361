/** Keeps the tokens of `specproof login` between commands: one file a login, readable by its user alone. Prints nothing. */
import { createHash, randomUUID } from 'node:crypto';
import { chmod, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import envPaths from 'env-paths';
import { HarnessError } from '../errors.ts';
import { isObject } from '../lib/json.ts';
import { makeFolder } from '../lib/make-folder.ts';
import type { LoginOptions } from './identity-options.ts';
import type { Tokens } from './tokens.ts';

export interface TokenStore {
  /** Where the tokens of this login are, or would be. */
  readonly file: string;
  /** The tokens; undefined where there are none. Throws HarnessError E_IDENTITY for a file that holds something else. */
  readonly load: () => Promise<Tokens | undefined>;
  /** Replaces the tokens in one step. Throws HarnessError E_WRITE. */
  readonly save: (tokens: Tokens) => Promise<void>;
  /** Whether there was something to remove. */
  readonly remove: () => Promise<boolean>;
  /** Does the work while no other process does such work on this login: a rotated refresh token is good for one use. */
  readonly alone: <T>(work: () => Promise<T>) => Promise<T>;
}

/** Milliseconds after which a lock is that of a process that died. */
const abandoned = 60_000;

/** The folder of all logins: `SPECPROOF_TOKENS`, else the platform's own place for a program's data. */
function tokenFolder(env: Readonly<Record<string, string | undefined>>): string {
  return env['SPECPROOF_TOKENS'] || join(envPaths('specproof', { suffix: '' }).data, 'tokens');
}

/** The store of one login: told apart by issuer, client, audience, scope and user. */
export function createTokenStore(identity: string, options: LoginOptions, env: Readonly<Record<string, string | undefined>>): TokenStore {
  const folder = tokenFolder(env);
  const { issuer = '', tokenEndpoint = '', clientId, audience = '', scope = '', user = '' } = options;
  const key = createHash('sha256')
    .update(JSON.stringify([issuer, tokenEndpoint, clientId, audience, scope, user]))
    .digest('hex')
    .slice(0, 32);
  const file = join(folder, `${key}.json`);
  const makeOwnFolder = async (): Promise<void> => {
    await makeFolder(folder, 0o700);
    await chmod(folder, 0o700);
  };
  return {
    file,
    load: async () => parseTokens(await readText(file), file, identity),
    save: async (tokens) => {
      const aside = join(folder, `.${randomUUID()}`);
      try {
        await makeOwnFolder();
        await writeFile(aside, JSON.stringify(tokens), { mode: 0o600, flag: 'wx' });
        await rename(aside, file);
      } catch (error) {
        await rm(aside, { force: true });
        throw unwritable(file, error);
      }
    },
    remove: async () => {
      const known = (await readText(file)) !== undefined;
      await rm(file, { force: true });
      return known;
    },
    alone: async (work) => {
      const lock = `${file}.lock`;
      await makeOwnFolder().catch((error: unknown) => {
        throw unwritable(folder, error);
      });
      await takeLock(lock);
      try {
        return await work();
      } finally {
        await rm(lock, { force: true });
      }
    },
  };
}

async function takeLock(lock: string): Promise<void> {
  for (;;) {
    try {
      await (await open(lock, 'wx', 0o600)).close();
      return;
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw unwritable(lock, error);
    }
    const made = await stat(lock).catch(() => undefined);
    if (made !== undefined && Date.now() - made.mtimeMs > abandoned) await rm(lock, { force: true });
    else await delay(50);
  }
}

async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new HarnessError('E_IDENTITY', `${file} cannot be read: ${codeOf(error)}`);
  }
}

function parseTokens(text: string | undefined, file: string, identity: string): Tokens | undefined {
  if (text === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (isObject(value) && typeof value['access'] === 'string' && typeof value['expiresAt'] === 'number') {
    const { access, refresh, expiresAt } = value;
    return { access, expiresAt, ...(typeof refresh === 'string' && { refresh }) };
  }
  throw new HarnessError('E_IDENTITY', `identity ${identity}: ${file} does not hold the tokens of a login`, {
    hint: `specproof login ${identity} writes it anew`,
  });
}

function unwritable(file: string, error: unknown): HarnessError {
  return new HarnessError('E_WRITE', `${file} cannot be written: ${codeOf(error)}`, {
    hint: 'check the folder and its permissions; SPECPROOF_TOKENS names another one',
  });
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : String(error);
}
