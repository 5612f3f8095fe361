/** `specproof completion`: the script that makes a shell complete specproof, and what that script asks for. */
import { script } from '@bomb.sh/tab';
import { choice } from '../../run/parse-setting.ts';
import type { Execute } from '../command.ts';
import { completionTree, shells } from '../completion.ts';
import { unwrap } from '../parse-flags.ts';

/** The library's words to the shell: files are no answer, they are one, and no space comes after the word either. */
const noFiles = ':4';
const files = ':0';
const noSpace = ':6';

/** Prints the script; or, where the script asks with `complete`, what the last of the words may be: files, where nothing is known. */
export const completion: Execute = async ({ arguments: [shell, ...words], io }) => {
  const typed = words.flatMap((word) => word ?? []);
  if (shell === 'complete') {
    const tree = await completionTree(typed, io);
    const offered = printed(() => tree.parse(typed));
    const goesOn = /=(?:\t.*)?$/m.test(offered);
    if (offered === `${noFiles}\n`) io.stdout.write(`${files}\n`);
    else io.stdout.write(goesOn ? offered.replace(`\n${noFiles}\n`, `\n${noSpace}\n`) : offered);
    return 0;
  }
  const known = unwrap('completion', choice('shell', shells)(shell));
  const made = printed(() => script(known, 'specproof', 'specproof completion'));
  // a shell may read it twice: with its start-up file, and when that is read again
  io.stdout.write(known === 'bash' ? made.replaceAll(/^readonly /gm, '') : made);
  // bash looks for files by itself only where it is told so
  if (known === 'bash') io.stdout.write('complete -o default -F __specproof_complete specproof\n');
  return 0;
};

/** What the library prints: it knows no stream but the console's. */
function printed(print: () => void): string {
  const lines: string[] = [];
  const { log } = console;
  console.log = (line: string) => void lines.push(`${line}\n`);
  try {
    print();
  } finally {
    console.log = log;
  }
  return lines.join('');
}
