import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeFolder, runMain } from '../../support/run-main.ts';
import { notesDocument } from '../../support/apis/notes.ts';

const entry = (url: string, text: string | undefined, status = 200): object => ({
  startedDateTime: '2026-11-25T10:00:00Z',
  time: 5,
  request: { method: 'GET', url, headers: [], bodySize: 0 },
  response: {
    status,
    headers: [{ name: 'content-type', value: 'application/json' }],
    content: { size: text?.length ?? 900, text },
    bodySize: -1,
  },
  timings: {},
});
const har = (...entries: readonly object[]): string => JSON.stringify({ log: { version: '1.2', entries } });
const base = 'http://api.test/v1';

let folder: Awaited<ReturnType<typeof makeFolder>>;
beforeAll(async () => {
  folder = await makeFolder({
    'notes.json': JSON.stringify(notesDocument),
    'good.har': har(
      entry(`${base}/notes`, '{"items":[]}'),
      entry(`${base}/notes/1`, undefined),
      entry('http://cdn.test/logo.png', 'x'),
      entry('http://api.test/v2/notes', 'x'),
      entry('http://cdn.test/font', 'x'),
      entry(`${base}/notes`, undefined, 0),
      entry(`${base}/elsewhere`, '{}'),
    ),
    'bad.har': har(entry(`${base}/notes`, '{"items":[{"id":1}]}')),
    'other.har': har(entry('http://cdn.test/logo.png', 'x')),
    'broken.har': '{"log":',
  });
});
afterAll(() => folder.dispose());

const judge = (file: string, ...more: readonly string[]): ReturnType<typeof runMain> =>
  runMain(['judge', file, '--document', 'notes.json', ...more], { cwd: folder.path });

describe('specproof judge', () => {
  it('judges what lies below the base URL, and tells of the rest', async () => {
    const { code, stdout } = await judge('good.har', '--base-url', base, '--format', 'json', '--report', 'har=again.har');
    const report = JSON.parse(stdout) as Readonly<Record<string, unknown>>;
    expect(code).toBe(0);
    expect(report).toMatchObject({
      target: { kind: 'recording', baseUrl: base },
      counts: { exchanges: 3 },
      skipped: [
        { title: 'GET http://api.test/v1/notes', reason: 'the recording holds no answer', count: 1 },
        { title: 'requests to http://api.test', reason: `they are not below ${base}`, count: 1 },
        { title: 'requests to http://cdn.test', reason: `they are not below ${base}`, count: 2 },
      ],
      cannotJudge: [
        { check: 'body-matches-schema', reason: 'the recording does not hold the whole body' },
        { check: 'path-known', reason: 'the document has no path like /elsewhere' },
      ],
    });
    const again = JSON.parse(await readFile(`${folder.path}/again.har`, 'utf8')) as {
      readonly log: { readonly entries: readonly unknown[] };
    };
    expect(again.log.entries).toHaveLength(3);
  });

  it('finds what was broken', async () => {
    const { code, stdout } = await judge('bad.har', '--base-url', base);
    expect(code).toBe(1);
    expect(stdout).toContain('body-matches-schema');
  });

  it.each([
    ['other.har', [`--base-url=${base}`], 3, /nothing was judged/],
    ['broken.har', [`--base-url=${base}`], 2, /broken\.har: is not JSON/],
    ['none.har', [`--base-url=${base}`], 2, /none\.har cannot be read/],
    ['good.har', [], 2, /names no absolute server/],
    ['good.har', ['--target', 'embedded'], 2, /unknown option/],
    ['good.har', [`--base-url=${base}`, '--checks', 'status-declare'], 2, /did you mean status-declared/],
  ])('of %s with %j gives %i', async (file, more, want, said) => {
    const { code, stdout, stderr } = await judge(file, ...more);
    expect([code, `${stdout}${stderr}`]).toEqual([want, expect.stringMatching(said)]);
  });
});
