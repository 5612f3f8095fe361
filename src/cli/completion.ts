/** Completions of a command line, from the tables of commands and settings, the configuration and the locked document. The shells' side is @bomb.sh/tab's. */
import { RootCommand, type Command as Completed } from '@bomb.sh/tab';
import { Option as Flag } from 'commander';
import { isHarnessError } from '../errors.ts';
import { isObject, type JsonObject } from '../lib/json.ts';
import { loadConfig } from '../run/load-config.ts';
import { lockedContract } from '../run/open-contract.ts';
import { options } from '../run/options.ts';
import { planEnvironment } from '../run/plan-environment.ts';
import type { Operation } from '../spec/contract.ts';
import { checks } from '../verdicts/registry.ts';
import { commands } from './command-table.ts';
import { argumentName, type Command } from './command.ts';
import type { Io } from './io.ts';
import { printKinds } from './print-call.ts';

/** Shells that completion knows. */
export const shells: readonly string[] = ['bash', 'zsh', 'fish', 'powershell'];

/** What a word may be, and what that means. */
type Offer = readonly (readonly [word: string, meaning: string])[];

/** Flags whose value names an operation. */
const operationFlags: ReadonlySet<string> = new Set(['--operation', '--skip-operation']);

/** Flags whose value names a check. */
const checkFlags: ReadonlySet<string> = new Set(['--checks', '--skip-check']);

/** What the folder knows that no table does. */
interface Surroundings {
  readonly environments: readonly string[];
  readonly operations: readonly Operation[];
}

/** The tree of commands that completes words typed in a folder. */
export async function completionTree(words: readonly string[], io: Io): Promise<RootCommand> {
  const [name] = words;
  const surroundings = await look(name === 'call' || words.some((word) => operationFlags.has(word)), io);
  const root = new RootCommand();
  for (const command of commands) {
    const completed = root.command(command.name, command.summary);
    if (command.name === name) complete(completed, command, words.slice(1), surroundings);
  }
  return root;
}

function complete(completed: Completed, command: Command, words: readonly string[], surroundings: Surroundings): void {
  const flags = [
    ...command.settings.map((setting) => options[setting]),
    ...(command.flags ?? []).map((own) => ({ ...own, parse: undefined })),
  ];
  for (const { flag, help, parse } of flags) {
    const { long, short, required, optional } = new Flag(flag, help);
    const name = long?.slice(2) ?? '';
    const alias = short?.slice(1);
    const offer = continuing(words.at(-1) ?? '', [...flagValues(name, surroundings), ...choices(parse?.schema)], parse?.schema);
    if (required || optional) completed.option(name, help, offering(offer), alias);
    else completed.option(name, help, alias);
  }
  for (const [index, [argument]] of (command.arguments ?? []).entries())
    completed.argument(
      argumentName(argument),
      offering(argumentValues(command.name, index, words, surroundings)),
      argument.includes('...'),
    );
}

const offering =
  (offer: Offer) =>
  (add: (word: string, meaning: string) => void): void => {
    for (const [word, meaning] of offer) add(word, meaning);
  };

function flagValues(name: string, { environments, operations }: Surroundings): Offer {
  const flag = `--${name}`;
  if (operationFlags.has(flag)) return [...operationIds(operations), ...new Map(operations.map(({ path }) => [path, '']))];
  if (checkFlags.has(flag)) return checks.map(({ id, title }) => [id, title]);
  const values: Readonly<Record<string, readonly string[]>> = { env: environments, as: printKinds };
  return (values[name] ?? []).map((value) => [value, '']);
}

/** What may come next in the word typed: of a list that has begun, what it lacks. */
function continuing(typed: string, offer: Offer, schema: JsonObject | undefined): Offer {
  const begun = schema?.['type'] === 'array' ? typed.slice(0, typed.lastIndexOf(',') + 1) : '';
  if (begun === '') return offer;
  const given = begun.split(',');
  return offer.filter(([word]) => !given.includes(word)).map(([word, meaning]) => [begun + word, meaning]);
}

/** The names that a setting, or each entry of a list, is one of; of an object its keys, to each of which a value belongs. */
function choices(schema: JsonObject | undefined): Offer {
  const { enum: names, items, properties } = schema ?? {};
  if (isObject(items)) return choices(items);
  if (isObject(properties)) return Object.keys(properties).map((key) => [`${key}=`, '']);
  return Array.isArray(names) ? names.filter((name) => typeof name === 'string').map((name) => [name, '']) : [];
}

function operationIds(operations: readonly Operation[]): Offer {
  return operations.flatMap(({ id, operationId }) => (operationId === undefined ? [] : [[operationId, id] as const]));
}

function argumentValues(command: string, index: number, words: readonly string[], { operations }: Surroundings): Offer {
  if (command === 'completion') return index === 0 ? shells.map((shell) => [shell, '']) : [];
  if (command !== 'call') return [];
  if (index === 0) {
    const methods = [...new Set(operations.map(({ method }) => method))];
    return [...methods.map((method) => [method, ''] as const), ...operationIds(operations)];
  }
  const method = words[0]?.toUpperCase();
  return operations.filter((operation) => operation.method === method).map(({ path, operationId = '' }) => [path, operationId]);
}

/** A completion that fails is none: nobody asked for more. */
async function look(operations: boolean, { cwd, env }: Io): Promise<Surroundings> {
  try {
    const config = await loadConfig(cwd);
    const environments = Object.keys(config?.config.environments ?? {});
    if (!operations) return { environments, operations: [] };
    const { folder } = await planEnvironment({}, cwd, env);
    return { environments, operations: folder === undefined ? [] : (await lockedContract(folder, cwd)).contract.operations };
  } catch (error) {
    if (isHarnessError(error)) return { environments: [], operations: [] };
    throw error;
  }
}
