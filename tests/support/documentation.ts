/** The commands that the documentation shows. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './run-specproof.ts';

/** One command of a page. */
export interface ShownCommand {
  /** Path of the page in the repository. */
  readonly page: string;
  /** One-based. */
  readonly line: number;
  readonly text: string;
  /** What a comment `# exits N` beside it says; 0 without. */
  readonly exits: number;
}

const folders = ['docs', 'docs/guides', 'stacks/jobbergate'];

/** README and every page, but what is generated. */
export const pages: readonly string[] = [
  'README.md',
  'CONTRIBUTING.md',
  ...folders.flatMap((folder) =>
    readdirSync(join(repository, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => `${folder}/${name}`),
  ),
];

/** The files that the page shows whole, by the name in the comment that is their first line. */
export function shownFiles(page: string): Readonly<Record<string, string>> {
  const blocks = readFileSync(join(repository, page), 'utf8').matchAll(/^```ts\n\/\/ (\S+)\n(.*?)^```$/gms);
  return Object.fromEntries([...blocks].map(([, name = '', text = '']) => [name, text]));
}

/** The commands in the blocks of the page that are marked `sh`, in their order; one that goes on after a backslash is one. */
export function shownCommands(page: string): readonly ShownCommand[] {
  const lines = readFileSync(join(repository, page), 'utf8').split('\n');
  const commands: ShownCommand[] = [];
  let within = false;
  let begun: { readonly line: number; readonly text: string } | undefined;
  for (const [index, line] of lines.entries()) {
    if (/^\s*```/.test(line)) {
      within = /^\s*```sh$/.test(line);
      continue;
    }
    if (!within || line.trim() === '') continue;
    const { line: first, text } = begun ?? { line: index + 1, text: '' };
    const whole = text + line.trim();
    begun = whole.endsWith('\\') ? { line: first, text: whole.slice(0, -1) } : undefined;
    if (begun === undefined) commands.push({ page, line: first, text: whole, exits: Number(/# exits (\d+)/.exec(whole)?.[1] ?? 0) });
  }
  return commands;
}
