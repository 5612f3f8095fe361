import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { TestResult } from 'allure-js-commons';
import { writeAllure } from '../../../src/cli/write-allure.ts';
import { makeFolder } from '../../support/run-main.ts';
import { getOrder, judgement, listOrders, reportOf, undeclared, verdict } from '../report/sample-run.ts';

const folder = await makeFolder({ file: '' });
afterAll(folder.dispose);

it('writes what Allure reads: a result for each test, repeated names told apart', async () => {
  const report = reportOf([
    verdict(listOrders, { status: 401 }, [undeclared(401, listOrders)]),
    verdict(getOrder, {}, [judgement('status-declared', 'pass')]),
    { kind: 'skipped', suite: 'newman', title: 'a', reason: 'not installed', failure: true },
    { kind: 'skipped', suite: 'newman', title: 'a', reason: 'no data', failure: true },
  ]);
  await writeAllure(report, join(folder.path, 'allure'));
  const files = await readdir(join(folder.path, 'allure'));
  const results = await Promise.all(
    files
      .filter((name) => name.endsWith('-result.json'))
      .map(async (name) => JSON.parse(await readFile(join(folder.path, 'allure', name), 'utf8')) as TestResult),
  );
  expect(
    results.map(({ name, status, stage }) => ({ name, status, stage })).sort((a, b) => (a.name ?? '').localeCompare(b.name ?? '')),
  ).toEqual([
    { name: 'a', status: 'broken', stage: 'finished' },
    { name: 'a', status: 'broken', stage: 'finished' },
    { name: 'status-declared GET /orders', status: 'failed', stage: 'finished' },
    { name: 'status-declared GET /orders/{id}', status: 'passed', stage: 'finished' },
  ]);
  expect(new Set(results.map(({ historyId }) => historyId)).size).toBe(results.length);
  const failed = results.find(({ status }) => String(status) === 'failed');
  expect(failed?.statusDetails).toMatchObject({
    message: expect.stringContaining('401 is answered but not declared') as string,
    trace: expect.stringContaining('promised:') as string,
  });
  expect(failed?.labels).toContainEqual({ name: 'parentSuite', value: 'generated' });
  expect(await readFile(join(folder.path, 'allure/environment.properties'), 'utf8')).toContain(report.target.baseUrl);
});

it('says which folder it cannot write', async () => {
  await expect(writeAllure(reportOf([]), join(folder.path, 'file'))).rejects.toMatchObject({ code: 'E_WRITE' });
});
