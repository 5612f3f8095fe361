/** Redocly Respect: a workflow for each answer, with the checks that it makes by itself. */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { stripVTControlCharacters } from 'node:util';
import { basename, join } from 'node:path';
import type { Peer } from './peer.ts';

/** Workflows of one run: an answer that ends its connections must not spoil all others. */
const workflowsAtOnce = 60;

export const respect: Peer = async ({ cache, dialect, file, paths }) => {
  if (dialect === '2.0') throw new Error('it finds no server in a document of 2.0');
  const workflows = paths.map((path, number) => ({
    workflowId: `answer${number}`,
    steps: [
      {
        stepId: 'ask',
        operationPath: `{$sourceDescriptions.table.url}#/paths/${path.replaceAll('/', '~1')}/get`,
        parameters: [{ in: 'header', name: 'x-answer', value: String(number) }],
      },
    ],
  }));
  const sections = new Map<number, string>();
  for (let first = 0; first < workflows.length; first += workflowsAtOnce) {
    const arazzo = {
      arazzo: '1.0.1',
      info: { title: 'Truth table', version: '1' },
      sourceDescriptions: [{ name: 'table', type: 'openapi', url: basename(file) }],
      workflows: workflows.slice(first, first + workflowsAtOnce),
    };
    const written = join(cache, `table-${dialect}.arazzo.json`);
    await writeFile(written, JSON.stringify(arazzo));
    const [, ...told] = (await run(cache, written)).split(/Running workflow \S+ \/ answer(?=\d)/);
    for (const section of told) sections.set(Number.parseInt(section, 10), section);
  }
  return paths.map((_, number) => {
    const section = sections.get(number) ?? '✗ it made no check';
    return section.includes('✗') ? section.replaceAll(/\s+/g, ' ').slice(0, 300) : undefined;
  });
};

/** What it prints: what it writes as JSON is lost where an answer is not to its liking. */
function run(cache: string, file: string): Promise<string> {
  const cli = join(cache, 'node_modules', '.bin', 'redocly');
  return new Promise((done) => {
    execFile(process.execPath, [cli, 'respect', file], { cwd: cache, maxBuffer: 1 << 28 }, (_, out, err) =>
      done(stripVTControlCharacters(out + err)),
    );
  });
}
