/** `specproof completion`: the script that makes a shell complete specproof, and what that script asks for. */
import { script } from '@bomb.sh/tab';
import { choice } from '../../run/parse-setting.ts';
import type { Execute } from '../command.ts';
import { completionTree, shells } from '../completion.ts';
import { unwrap } from '../parse-flags.ts';

/** Prints the script; or, where the script asks with `complete`, what the last of the words may be. The library prints by itself. */
export const completion: Execute = async ({ arguments: [shell, ...words], io }) => {
  const typed = words.flatMap((word) => word ?? []);
  if (shell === 'complete') (await completionTree(typed, io)).parse(typed);
  else script(unwrap('completion', choice('shell', shells)(shell)), 'specproof', 'specproof completion');
  return 0;
};
