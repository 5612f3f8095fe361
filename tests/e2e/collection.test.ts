import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import newman from 'newman';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { lockedContract } from '../../src/run/open-contract.ts';
import { embeddedTarget } from '../../src/targets/embedded/embedded-target.ts';
import { makeFolder } from '../support/run-main.ts';
import { repository, runSpecproof } from '../support/run-specproof.ts';

const specs = join(repository, 'specs/jobbergate');
const file = 'collections/jobbergate.postman_collection.json';
let folder: Awaited<ReturnType<typeof makeFolder>>;

beforeAll(async () => {
  const config = {
    api: 'jobbergate',
    folder: specs,
    environments: { local: { target: { kind: 'embedded' } } },
    collections: [{ file }, { file: 'again.json', folders: ['Job Scripts'], data: 'rows.csv', after: [file] }],
  };
  folder = await makeFolder({ 'specproof.config.json': JSON.stringify(config), 'rows.csv': 'name\none\ntwo\n' });
  expect(await runSpecproof(['collection'], { cwd: folder.path })).toMatchObject({ code: 0, stderr: '' });
  await writeFile(join(folder.path, 'again.json'), await readFile(join(folder.path, file)));
});
afterAll(() => folder.dispose());

describe('a collection that specproof wrote', () => {
  it('is not overwritten, and lacks nothing', async () => {
    expect(await runSpecproof(['collection'], { cwd: folder.path })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(`${file} is there already\n  specproof collection --sync ${file}`) as string,
    });
    expect(await runSpecproof(['collection', '--sync', file], { cwd: folder.path })).toMatchObject({
      code: 0,
      stdout: `${file} has a request for each operation\n`,
    });
  });

  it('runs green on the stand-in, judged, a folder of another one for each row after it, and tells what it covers', async () => {
    const { code, stdout, stderr } = await runSpecproof(['run', '--only', 'newman'], { cwd: folder.path });
    // 50 requests, and 2 rows of the 10 about job scripts, one of which needs what another folder makes
    expect(stdout, stderr).toMatch(/newman +\S+ +68 of 70 +no finding · 50 of 50 operations/);
    expect(stdout).toContain('2 not run: nothing gives {{jobScriptTemplateId}} in its URL a value');
    expect(code).toBe(0);
  });

  it('is run by its path, with folder and data, in place of those that are configured', async () => {
    const given = 'again.json,folder=Job Scripts,data=rows.csv';
    const { code, stdout, stderr } = await runSpecproof(['run', '--only', 'newman', '--collection', given], { cwd: folder.path });
    expect(stdout, stderr).toMatch(/newman +\S+ +18 of 20 +no finding · 9 of 50 operations/);
    expect(code).toBe(0);
  });

  it('runs green under newman itself', async () => {
    const { contract, document } = await lockedContract(specs, repository);
    const client = { secret: 'letmein' };
    const target = await embeddedTarget(contract, { kind: 'embedded', clients: { team: client } }, { document });
    onTestFinished(target.dispose);
    const found = (await (await fetch(`${target.issuer}/.well-known/openid-configuration`)).json()) as { readonly token_endpoint: string };
    const given = await fetch(found.token_endpoint, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa('team:letmein')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    const { access_token: token } = (await given.json()) as { readonly access_token: string };
    const summary = await new Promise<newman.NewmanRunSummary>((resolve, reject) => {
      const envVar = [
        { key: 'baseUrl', value: target.baseUrl },
        { key: 'token', value: token },
      ];
      newman.run({ collection: join(folder.path, file), envVar, reporters: [] }, (error, result) =>
        error ? reject(error) : resolve(result),
      );
    });
    expect(summary.run.failures.map(({ source, error }) => `${source?.name}: ${error.message}`)).toEqual([]);
    expect(summary.run.stats.assertions.total).toBeGreaterThan(60);
  });
});
