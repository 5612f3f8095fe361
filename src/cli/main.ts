/** The command line as a function: arguments and streams in, exit code out. Must not touch `process`; that is bin.ts. */
import { CommanderError } from 'commander';
import { HarnessError, isHarnessError } from '../errors.ts';
import { argumentName } from './command.ts';
import { commands } from './command-table.ts';
import { insteadOf } from './curl-flags.ts';
import type { Io } from './io.ts';
import { createProgram } from './program.ts';

/** Runs a command line (without node and script) and gives the exit code. Errors that the user can mend are told on stderr; bugs are thrown. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  let code = 0;
  const program = createProgram(io, (result) => {
    code = result;
  });
  if (argv.length === 0) {
    io.stderr.write(program.helpInformation());
    return 2;
  }
  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : tell(usageError(error, argv), io);
    if (isHarnessError(error)) return io.signal?.aborted === true ? (tell(error, io), 130) : tell(error, io);
    throw error;
  }
}

function tell(error: HarnessError, io: Io): number {
  io.stderr.write(`specproof: ${oneLine(error.message)}\n`);
  if (error.hint !== '') io.stderr.write(`  ${error.hint}\n`);
  return error.exit;
}

const oneLine = (text: string): string => text.replaceAll(/\s*[\r\n]+\s*/g, ' ');

/** The parser's complaint, in our form. */
function usageError(error: CommanderError, argv: readonly string[]): HarnessError {
  const [problem = '', suggestion] = error.message.replace(/^error: /, '').split('\n');
  const meant = suggestion === undefined ? '' : `, ${suggestion.replaceAll(/[()]/g, '').replace(/^Did/, 'did')}`;
  const [verb] = argv;
  const known = error.code !== 'commander.unknownCommand' && verb !== undefined && !verb.startsWith('-');
  const stray = /^unknown option '(-[^'=]+)/.exec(problem)?.[1] ?? '';
  const instead = (verb === 'call' ? insteadOf(stray) : undefined) ?? asArgument(verb, stray);
  if (instead !== undefined) return new HarnessError('E_USAGE', problem, { hint: instead, cause: error });
  return new HarnessError('E_USAGE', `${problem}${meant}`, { hint: `see specproof ${known ? `${verb} ` : ''}--help`, cause: error });
}

/** What to write in place of a flag that is named as an argument of the command is; undefined where none is. */
function asArgument(verb: string | undefined, flag: string): string | undefined {
  const named = commands.find(({ name }) => name === verb)?.arguments?.find(([argument]) => `--${argumentName(argument)}` === flag);
  return named && `it is given without a flag: specproof ${verb} ${named[0]}`;
}
