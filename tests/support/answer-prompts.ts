/** Somebody at a terminal, for tests of commands that ask. */
import { PassThrough, Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { expect } from 'vitest';
import { main } from '../../src/cli/main.ts';

/** The key that goes to the next of several choices. */
export const down = '\u001B[B';

/** Types what is wanted each time a question is on the screen, and gives what was shown. */
export async function answerPrompts(
  argv: readonly string[],
  cwd: string,
  answers: readonly (readonly [question: string, typed: string])[],
  { env = {}, onPage }: { readonly env?: Readonly<Record<string, string>>; readonly onPage?: (page: string) => void } = {},
): Promise<{ readonly code: number; readonly screen: string }> {
  const keyboard = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => keyboard });
  const wanted = [...answers];
  let screen = '';
  let seen = 0;
  let page: string | undefined;
  const show = (text: string | Uint8Array): void => {
    screen += stripVTControlCharacters(text.toString());
    const shown = /open +(http\S+)\n/.exec(screen)?.[1];
    if (page === undefined && shown !== undefined) onPage?.((page = shown));
    const [question, typed = ''] = wanted[0] ?? [];
    const place = question === undefined ? -1 : screen.indexOf(question, seen);
    if (question === undefined || place < 0) return;
    seen = place + question.length;
    wanted.shift();
    for (const key of [...typed.split(new RegExp(`(${RegExp.escape(down)}|)`)), '\r']) setImmediate(() => keyboard.write(key));
  };
  const terminal = Object.assign(
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        show(chunk);
        done();
      },
    }),
    { isTTY: true, columns: 100 },
  );
  const code = await main(argv, { stdin: keyboard, stdout: terminal, stderr: terminal, env, cwd });
  expect(wanted).toEqual([]);
  return { code, screen };
}
