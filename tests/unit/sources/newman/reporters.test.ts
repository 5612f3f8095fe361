import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { answerJson, bodyOf, eventsOf, exchangesOf, serve, skippedOf } from './collections.ts';

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'specproof-reporters-'));
  onTestFinished(() => rm(made, { recursive: true }));
  return made;
}

test("newman's own reporters write their files, by their file alone or by their options", async () => {
  const { origin } = await serve(answerJson({}));
  const at = await folder();
  const [junit, json] = [join(at, 'newman.xml'), join(at, 'newman.json')];
  const events = await eventsOf([{ name: 'Read', path: '/', test: "pm.test('answers', () => pm.response.to.be.ok)" }], {
    baseUrl: origin,
    reporters: { junit, json: { export: json } },
  });
  expect(skippedOf(events)).toEqual([]);
  expect(await readFile(junit, 'utf8')).toContain('<testcase name="answers"');
  expect(JSON.parse(await readFile(json, 'utf8'))).toMatchObject({ run: { stats: { assertions: { total: 1, failed: 0 } } } });
});

test('a reporter that wrote nothing fails the run', async () => {
  const { origin } = await serve(answerJson({}));
  const file = join(await folder(), 'x.html');
  const events = await eventsOf([{ name: 'Read', path: '/' }], { baseUrl: origin, reporters: { nobody: file } });
  expect(skippedOf(events)).toEqual([`reporter nobody: ${file} was not written: is newman-reporter-nobody installed? (failure)`]);
});

test('a file that newman cannot read, and leaves out, fails the run', async () => {
  let got = '';
  const { origin } = await serve(async (request, response) => {
    got = (await bodyOf(request)).toString();
    response.end();
  });
  const at = await folder();
  await writeFile(join(at, 'there.txt'), 'hello');
  const upload = (src: string): Parameters<typeof eventsOf>[0] => [
    { name: 'Upload', method: 'PUT', body: { mode: 'formdata', formdata: [{ key: 'file', type: 'file', src }] } },
  ];
  expect(skippedOf(await eventsOf(upload(join(at, 'there.txt')), { baseUrl: origin }))).toEqual([]);
  expect(got).toContain('hello');
  const events = await eventsOf(upload('not-there.bin'), { baseUrl: origin });
  expect(skippedOf(events)).toEqual([
    expect.stringMatching(/^Upload: sent without a file: Form param `file`, file load error: .*not-there\.bin.* \(failure\)$/),
  ]);
  expect(exchangesOf(events)).toHaveLength(1);
});
