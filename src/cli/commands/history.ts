/** `specproof history`: the calls that were typed in this folder, as commands. */
import { commandOf, forgetCalls, readCalls } from '../call-history.ts';
import type { Execute } from '../command.ts';

/** Lists the calls, the last one last, by the number that `call --again` takes; or forgets them. */
export const history: Execute = async ({ flags, io }) => {
  if (flags['clear'] === true) await forgetCalls(io);
  else {
    const calls = await readCalls(io);
    for (const [index, past] of calls.entries().toArray().toReversed())
      io.stdout.write(`${String(index + 1).padStart(4)}  ${commandOf(past)}\n`);
  }
  return 0;
};
