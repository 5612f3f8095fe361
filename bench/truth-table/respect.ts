/** Redocly Respect: a workflow for each answer, with the checks that it makes by itself. */
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { JsonObject } from '../../src/lib/json.ts';
import { merge, type Peer, type Question } from './peer.ts';

/** Answers of one run. */
const atOnce = 60;
/** Milliseconds until a run is taken to be lost; one of sixty answers takes 5,000 on a busy machine. */
const patience = 60_000;

export const respect: Peer = async (question) => {
  if (question.dialect === '2.0') throw new Error('it finds no server in a document of 2.0');
  const whole = JSON.parse(await readFile(question.file, 'utf8')) as JsonObject;
  const numbers = question.paths.keys().toArray();
  const sections = new Map<number, string>();
  for (let first = 0; first < numbers.length; first += atOnce) {
    const together = numbers.slice(first, first + atOnce);
    for (const [number, section] of await ask(question, whole, together)) sections.set(number, section);
    // one that it does not come back from, or that ends its connections, spoils the others
    for (const number of together.filter((one) => sections.get(one)?.includes('failed network request') !== false)) {
      sections.delete(number);
      for (const [, section] of await ask(question, whole, [number])) sections.set(number, section);
    }
  }
  const lost = numbers.filter((number) => !sections.has(number));
  if (lost.length > 0) console.error(`${question.dialect} Respect did not come back from ${lost.length} answers: counted as nothing said`);
  return numbers.map((number) => {
    const section = sections.get(number);
    return section?.includes('✗') === true ? section.replaceAll(/[\s─]+/g, ' ').slice(0, 300) : undefined;
  });
};

/** What it prints about each of these answers; nothing where it does not come back. */
async function ask(
  { cache, dialect, documents, paths }: Question,
  whole: JsonObject,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  const document = `respect-${dialect}.json`;
  const file = `respect-${dialect}.arazzo.json`;
  const arazzo = {
    arazzo: '1.0.1',
    info: { title: 'Truth table', version: '1' },
    sourceDescriptions: [{ name: 'table', type: 'openapi', url: document }],
    workflows: numbers.map((number) => workflow(paths[number] ?? '', number)),
  };
  const asked = new Set(numbers.map((number) => paths[number]));
  const own = Object.entries(documents).flatMap(([path, part]) => (asked.has(path) ? [part] : []));
  await writeFile(join(cache, document), JSON.stringify(merge(whole, own)));
  await writeFile(join(cache, file), JSON.stringify(arazzo));
  const [, ...told] = (await run(cache, file)).split(/Running workflow \S+ \/ answer(?=\d)/);
  return new Map(told.map((section) => [Number.parseInt(section, 10), section]));
}

const workflow = (path: string, number: number): JsonObject => ({
  workflowId: `answer${number}`,
  steps: [
    {
      stepId: 'ask',
      operationPath: `{$sourceDescriptions.table.url}#/paths/${path.replaceAll('/', '~1')}/get`,
      parameters: [{ in: 'header', name: 'x-answer', value: String(number) }],
    },
  ],
});

/** What it prints: what it writes as JSON is lost where an answer is not to its liking. Nothing where it does not come back. */
function run(cache: string, file: string): Promise<string> {
  const cli = join(cache, 'node_modules', '.bin', 'redocly');
  const limits = { maxBuffer: 1 << 28, timeout: patience, killSignal: 'SIGKILL' } as const;
  return new Promise((done) => {
    execFile(process.execPath, [cli, 'respect', file], { cwd: cache, ...limits }, (error, out, err) =>
      done(error?.killed === true ? '' : stripVTControlCharacters(out + err)),
    );
  });
}
