/** The report as results of Allure, by the optional package `allure-js-commons`: a file for each test of the JUnit report. @see https://allurereport.org/docs/how-it-works/ */
import type * as Model from 'allure-js-commons';
import type * as Reporter from 'allure-js-commons/sdk/reporter';
import { HarnessError } from '../errors.ts';
import { fileErrorReason } from '../lib/file-error.ts';
import { loadOptional } from '../lib/load-optional.ts';
import { makeFolder } from '../lib/make-folder.ts';
import type { Report } from '../report/report.ts';
import { testSuites } from '../report/test-cases.ts';
import { apiName } from '../lib/api-name.ts';

type AllureLibrary = Pick<typeof Model, 'LabelName' | 'Stage' | 'Status'> & Pick<typeof Reporter, 'FileSystemWriter' | 'ReporterRuntime'>;

/**
 * Allure's own library.
 * @throws HarnessError `E_OPTIONAL`
 */
export async function loadAllure(): Promise<AllureLibrary> {
  return loadOptional('allure-js-commons', 'an Allure report needs', async () => ({
    ...(await import('allure-js-commons')),
    ...(await import('allure-js-commons/sdk/reporter')),
  }));
}

/**
 * Adds the results to the folder, beside what other runs wrote there, as Allure's adapters do.
 * @throws HarnessError `E_OPTIONAL`, `E_WRITE`
 */
export async function writeAllure(report: Report, folder: string): Promise<void> {
  const { FileSystemWriter, LabelName, ReporterRuntime, Stage, Status } = await loadAllure();
  const statuses = { passed: Status.PASSED, failure: Status.FAILED, error: Status.BROKEN, skipped: Status.SKIPPED };
  const { api, target, tool, seed, startedAt: start } = report;
  const environmentInfo = { api: apiName(api), target: target.baseUrl, seed, [tool.name]: tool.version };
  const runtime = new ReporterRuntime({ writer: new FileSystemWriter({ resultsDir: folder }), environmentInfo });
  // Allure takes results of one name for tries of one test and shows the last.
  const told = new Map<string, number>();
  try {
    await makeFolder(folder);
    runtime.writeEnvironmentInfo();
    for (const suite of testSuites(report)) {
      const stop = start + Math.round((suite.seconds * 1000) / suite.cases.length);
      for (const { name, classname, outcome, type, message, text } of suite.cases) {
        const nth = (told.get(`${suite.name} ${name}`) ?? 0) + 1;
        told.set(`${suite.name} ${name}`, nth);
        const fullName = `${suite.name} ${name}${nth === 1 ? '' : ` (${nth})`}`;
        const test = runtime.startTest({
          name,
          fullName,
          start,
          stage: Stage.FINISHED,
          status: statuses[outcome],
          statusDetails: outcome === 'passed' ? {} : { message, trace: text },
          labels: [
            { name: LabelName.FRAMEWORK, value: tool.name },
            { name: LabelName.PARENT_SUITE, value: classname.split('.')[0] ?? classname },
            { name: LabelName.SUITE, value: suite.name },
            ...(type === '' ? [] : [{ name: LabelName.TAG, value: type }]),
          ],
        });
        runtime.stopTest(test, { stop });
        runtime.writeTest(test);
      }
    }
  } catch (error) {
    throw new HarnessError('E_WRITE', `cannot write Allure's results to ${folder}: ${fileErrorReason(error)}`, {
      cause: error,
    });
  }
}
