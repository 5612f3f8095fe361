/** What a command of the command line is. */
import type { OptionName } from '../run/options.ts';
import type { Settings } from '../run/settings.ts';
import type { Io } from './io.ts';

/** A flag of one command alone. */
export interface OwnFlag {
  /** As commander takes it. */
  readonly flag: string;
  readonly help: string;
  readonly repeatable?: boolean;
}

/** What the user typed, parsed. */
export interface Invocation {
  readonly arguments: readonly (string | undefined)[];
  /** Flags from the table of settings. */
  readonly settings: Settings;
  /** The command's own flags, by their camel-case name. */
  readonly flags: Readonly<Record<string, unknown>>;
  readonly io: Io;
}

/** Does the work and gives the exit code. Throws HarnessError for what the user can mend. */
export type Execute = (invocation: Invocation) => Promise<number>;

/** An entry of the table of commands. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** As commander takes them, with their help: `[document]`. */
  readonly arguments?: readonly (readonly [name: string, help: string])[];
  readonly settings: readonly OptionName[];
  readonly flags?: readonly OwnFlag[];
  readonly examples?: readonly string[];
  /** Loads the command's module; nothing of it is needed for the help. */
  readonly load: () => Promise<Execute>;
}

/** The name in an argument as commander takes it: `document` of `[document]`. */
export function argumentName(argument: string): string {
  return argument.replaceAll(/[<>[\].]/g, '');
}
