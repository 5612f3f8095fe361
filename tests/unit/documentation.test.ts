import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../../src/cli/program.ts';
import { pages, shownCommands } from '../support/documentation.ts';
import { repository } from '../support/run-specproof.ts';

/** The words of each call of specproof in a line of shell; quotes are taken off. */
function callsIn(text: string): readonly (readonly string[])[] {
  const words = /"(?:[^"\\]|\\.)*"|'[^']*'|\$\([^)]*\)|#.*$|[|&;<>()]|[^\s"'|&;<>()]+/g;
  const calls: string[][] = [];
  let call: string[] | undefined;
  for (const [word] of text.replaceAll(/"\$\((.*?)\)"/g, '; $1 ;').matchAll(words)) {
    if (/^[|&;<>()#]/.test(word)) call = undefined;
    else if (call !== undefined) call.push(word.replaceAll(/^["']|["']$/g, ''));
    else if (word === 'specproof') calls.push((call = []));
  }
  return calls;
}

/** Parses the words as the command line does, and runs nothing. */
async function parse(words: readonly string[]): Promise<string> {
  const nowhere = { write: () => undefined };
  const program = createProgram({ stdout: nowhere, stderr: nowhere, env: {}, cwd: repository }, () => undefined);
  let parsed = '';
  for (const command of program.commands) command.action(() => void (parsed = command.name()));
  await program.parseAsync(words, { from: 'user' }).catch((error: unknown) => {
    const { code } = error as { readonly code?: string };
    if (code !== 'commander.helpDisplayed') throw error;
    parsed = 'help';
  });
  return parsed;
}

const shown = pages.flatMap(shownCommands);

describe('the documentation', () => {
  it('shows commands', () => {
    expect(shown.length).toBeGreaterThan(40);
  });

  it.each(shown.flatMap(({ page, line, text }) => callsIn(text).map((words) => ({ place: `${page}:${line}`, words }))))(
    'shows a call that the command line takes at $place: specproof $words',
    async ({ words }) => {
      expect(await parse(words)).not.toBe('');
    },
  );

  it.each(pages)('leads nowhere that does not exist from %s', (page) => {
    const links = [...readFileSync(join(repository, page), 'utf8').matchAll(/\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g)].map(
      ([, to = '']) => to,
    );
    expect(links.filter((to) => !existsSync(join(repository, dirname(page), to)))).toEqual([]);
  });
});
