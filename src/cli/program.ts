/** Builds the parser of the command line from the tables of commands and settings. Runs nothing by itself. */
import { Argument, Command as Parser, Option as Flag } from 'commander';
import { HarnessError } from '../errors.ts';
import { options, type OptionName } from '../run/options.ts';
import type { Settings } from '../run/settings.ts';
import type { Command } from './command.ts';
import { commands } from './command-table.ts';
import { howRead } from './how-read.ts';
import type { Io } from './io.ts';
import { specproofVersion } from './version.ts';

/** A parser that calls `done` with the exit code of the command it was given. It throws CommanderError for help and wrong usage, HarnessError for wrong values. */
export function createProgram(io: Io, done: (code: number) => void): Parser {
  const program = new Parser('specproof')
    .description('Proves that an HTTP API keeps the promises of its OpenAPI document.')
    .version(specproofVersion, '-V, --version')
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      // Errors are told by main in one form.
      writeErr: () => undefined,
      getOutHelpWidth: () => io.stdout.columns ?? 100,
    })
    .helpCommand(false)
    .showSuggestionAfterError()
    .exitOverride()
    .addHelpText(
      'after',
      '\nExit codes: 0 all kept, 1 findings, 2 usage or configuration, 3 nothing reachable or judged, 70 bug, 130 interrupted.',
    );
  for (const command of commands) addCommand(program, command, io, done);
  return program;
}

function addCommand(program: Parser, command: Command, io: Io, done: (code: number) => void): void {
  const parser = program.command(command.name).description(command.summary);
  for (const [name, help] of command.arguments ?? []) parser.addArgument(new Argument(name, help));
  const names = new Map<string, OptionName>();
  for (const name of command.settings) {
    const { flag, help, repeatable } = options[name];
    names.set(addFlag(parser, flag, help, repeatable), name);
  }
  for (const { flag, help, repeatable } of command.flags ?? []) addFlag(parser, flag, help, repeatable);
  const { examples } = command;
  if (examples !== undefined) parser.addHelpText('after', `\nExamples:\n${examples.map((example) => `  ${example}`).join('\n')}`);
  parser.action(async (...parameters: readonly unknown[]) => {
    const given: Record<string, unknown> = parser.opts();
    const words = parameters
      .slice(0, command.arguments?.length ?? 0)
      .flat()
      .map((word) => (typeof word === 'string' ? word : undefined));
    const settings = readSettings(given, names);
    if (settings.quiet !== true) for (const [attribute, name] of names) tellHowRead(name, given[attribute], io);
    const execute = await command.load();
    done(await execute({ arguments: words, settings, flags: given, io }));
  });
}

/** Adds the flag and gives the name under which its value is found. */
function addFlag(parser: Parser, flag: string, help: string, repeatable = false): string {
  const option = new Flag(flag, help);
  if (repeatable) option.argParser((value: string, former: readonly string[] | undefined) => [...(former ?? []), value]);
  parser.addOption(option);
  return option.attributeName();
}

function tellHowRead(name: OptionName, given: unknown, io: Io): void {
  const how = howRead(name, given);
  if (how !== undefined) io.stderr.write(`  ${how}\n`);
}

/** @throws HarnessError `E_USAGE` naming flag and value */
function readSettings(given: Readonly<Record<string, unknown>>, names: ReadonlyMap<string, OptionName>): Settings {
  const entries: [string, unknown][] = [];
  for (const [attribute, name] of names) {
    const value = given[attribute];
    // `--no-color` makes its value true where it is not given.
    if (value === undefined || (name === 'color' && value === true)) continue;
    const { flag, parse } = options[name];
    const parsed = parse(value);
    if ('problem' in parsed) throw new HarnessError('E_USAGE', `${/--[\w-]+/.exec(flag)?.[0] ?? flag} ${parsed.problem}`);
    entries.push([name, parsed.value]);
  }
  const { user, ...settings }: Settings = Object.fromEntries(entries);
  return user === undefined ? settings : { ...settings, headers: [user, ...(settings.headers ?? [])] };
}
