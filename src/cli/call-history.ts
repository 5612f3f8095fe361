/** The calls that somebody typed at a terminal, in a file of his alone: to see them, and to send one again. Holds no credential. */
import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import envPaths from 'env-paths';
import { HarnessError } from '../errors.ts';
import { makeFolder } from '../lib/make-folder.ts';
import { createRedactor } from '../requests/redact.ts';
import { quote } from '../requests/shell-quote.ts';
import type { Settings } from '../run/settings.ts';
import type { Invocation } from './command.ts';
import type { Io } from './io.ts';
import { textList } from './parse-flags.ts';

/** What of an invocation is kept. */
export interface PastCall {
  /** Where it was typed. */
  readonly folder: string;
  readonly arguments: readonly string[];
  readonly settings: Pick<Settings, (typeof keptSettings)[number]>;
  readonly flags: Invocation['flags'];
}

const keptSettings = ['environment', 'document', 'target', 'baseUrl', 'main', 'headers'] as const;
const keptFlags = ['request', 'query', 'path', 'data', 'dataRaw', 'json', 'form', 'get', 'head', 'example'] as const;
const mostCalls = 500;
const sensitive = /authorization|cookie|token|secret|api[-_]?key|password/i;

/** The file: `SPECPROOF_HISTORY`, else in the platform's own place for a program's state. */
export function historyFile(env: Io['env']): string {
  return env['SPECPROOF_HISTORY'] || join(envPaths('specproof', { suffix: '' }).log, 'calls.ndjson');
}

/** Keeps the call, unless it was no person's or holds a secret. A history that cannot be written is nobody's trouble. */
export async function keepCall({ arguments: words, settings, flags, io }: Invocation, secrets: readonly string[]): Promise<void> {
  if (io.stderr.isTTY !== true) return;
  const headers = settings.headers?.filter(([name]) => !sensitive.test(name));
  const past: PastCall = {
    folder: io.cwd,
    arguments: words.flatMap((word) => word ?? []),
    settings: { ...pick(settings, keptSettings), ...(headers !== undefined && { headers }) },
    flags: pick(flags, keptFlags),
  };
  const line = JSON.stringify(past);
  if (createRedactor(() => secrets).text(line) !== line || sensitive.test(JSON.stringify([words, past.flags]))) return;
  const file = historyFile(io.env);
  try {
    await makeFolder(dirname(file), 0o700);
    const lines = await readLines(file);
    if (lines.length < mostCalls) await appendFile(file, `${line}\n`, { mode: 0o600 });
    else await writeFile(file, [...lines.slice(1 - mostCalls), line, ''].join('\n'), { mode: 0o600 });
  } catch {
    // A call is not worth less for being forgotten.
  }
}

/** The calls that were typed in the folder, the last one first. */
export async function readCalls(io: Io): Promise<readonly PastCall[]> {
  const lines = await readLines(historyFile(io.env));
  return lines
    .flatMap((line) => parseCall(line) ?? [])
    .filter(({ folder }) => folder === io.cwd)
    .toReversed();
}

/** Removes the file. */
export async function forgetCalls(io: Io): Promise<void> {
  await rm(historyFile(io.env), { force: true });
}

/**
 * The call to send again: what is given now wins over what was given then.
 * @throws HarnessError `E_USAGE` where there is none of that number
 */
export async function againCall(invocation: Invocation): Promise<Invocation> {
  const { again } = invocation.flags;
  const calls = await readCalls(invocation.io);
  const number = again === true ? 1 : Number(again);
  const past = calls[number - 1];
  if (past === undefined) {
    const what = calls.length === 0 ? 'no call was typed in this folder yet' : `there is no call ${String(again)} in the history`;
    throw new HarnessError('E_USAGE', `--again: ${what}`, { hint: 'specproof history lists them' });
  }
  return {
    ...invocation,
    arguments: past.arguments,
    settings: { ...past.settings, ...invocation.settings },
    flags: { ...past.flags, ...invocation.flags },
  };
}

/** The call as a command line. */
export function commandOf({ arguments: words, settings, flags }: PastCall): string {
  const { environment, document, target, baseUrl, main, headers = [] } = settings;
  const given: readonly (readonly [string, unknown])[] = [
    ['-X', flags['request']],
    ['-q', flags['query']],
    ['-p', flags['path']],
    ['-d', flags['data']],
    ['--data-raw', flags['dataRaw']],
    ['--json', flags['json']],
    ['-F', flags['form']],
    ['-H', headers.map(([name, value]) => `${name}: ${value}`)],
    ['--env', environment],
    ['--document', document],
    ['--target', target],
    ['--base-url', baseUrl],
    ['--main', main],
  ];
  const options = given.flatMap(([flag, value]) => (typeof value === 'string' ? [value] : textList(value)).flatMap((text) => [flag, text]));
  const toggles = (['get', 'head', 'example'] as const).flatMap((name) => (flags[name] === true ? [`--${name}`] : []));
  return ['specproof', 'call', ...words, ...options, ...toggles].map((word) => quote(word, [])).join(' ');
}

function pick<Name extends string>(from: Readonly<Partial<Record<Name, unknown>>>, names: readonly Name[]): Record<string, unknown> {
  return Object.fromEntries(names.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]]])));
}

async function readLines(file: string): Promise<readonly string[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.split('\n').filter((line) => line !== '');
}

/** Written by us alone, but perhaps by another version. */
function parseCall(line: string): PastCall | undefined {
  try {
    const past = JSON.parse(line) as Partial<PastCall>;
    const { folder, arguments: words, settings, flags } = past;
    return folder === undefined || words === undefined || !settings || !flags ? undefined : { folder, arguments: words, settings, flags };
  } catch {
    return undefined;
  }
}
