/** What vitest reports of tests, as suite events. Pure. */
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { TestCase, TestModule, TestSuite } from 'vitest/node';
import { HarnessError, type ErrorCode } from '../../errors.ts';
import type { SuiteEvent } from '../../run/events.ts';
import type { Judgement, Outcome } from '../../verdicts/verdict.ts';
import { noAnswer } from './create-client.ts';
import { loggedExchanges } from './exchange-log.ts';

/** Check id of the tests themselves. */
export const testCheck = 'test-passes';

/** The parts of vitest's errors that we read. */
interface ReportedError {
  readonly name?: string | undefined;
  readonly message?: string | undefined;
  readonly code?: unknown;
  readonly hint?: unknown;
  readonly stacks?: readonly { readonly file: string; readonly line: number }[] | undefined;
}

/** A finished test: its exchanges, its judgement, and that it is done or was skipped. */
export function testEvents(test: TestCase, root: string): SuiteEvent[] {
  const title = test.fullName;
  const exchanges = loggedExchanges(test.meta()).map((exchange): SuiteEvent => ({ kind: 'exchange', exchange }));
  const result = test.result();
  switch (result.state) {
    case 'passed':
      return [...exchanges, judged(title, judgement(title, 'pass', '', undefined)), { kind: 'done', title }];
    case 'failed': {
      const { specproofWithheld: withheld } = test.meta();
      if (withheld !== undefined) return [...exchanges, { kind: 'skipped', title, reason: withheld, failure: false }];
      const failures = result.errors.map((error) => judged(title, failure(title, error, test.module.moduleId, root)));
      return [...exchanges, ...failures, { kind: 'done', title }];
    }
    case 'skipped':
      return [...exchanges, { kind: 'skipped', title, reason: result.note ?? skipReason(test), failure: false }];
    case 'pending':
      return [...exchanges, { kind: 'skipped', title, reason: 'the run ended before it', failure: true }];
    default:
      return result satisfies never;
  }
}

/** Errors that are nobody's finding: the run cannot go on with them. */
const environmentErrors: readonly ErrorCode[] = ['E_IDENTITY', 'E_SECRET', 'E_TARGET'];

/** The error of the environment that a test met, where it met one. It comes from a worker as plain data. */
export function environmentError(test: TestCase): HarnessError | undefined {
  const errors: readonly ReportedError[] = test.result().errors ?? [];
  for (const { name, code: reported, message, hint } of errors) {
    const code = environmentErrors.find((candidate) => candidate === reported);
    if (name === 'HarnessError' && code !== undefined)
      return new HarnessError(code, message ?? code, typeof hint === 'string' ? { hint } : {});
  }
  return undefined;
}

/** What went wrong around the tests of a file: it could not be loaded, or a hook failed. */
export function moduleEvents(module: TestModule, root: string): SuiteEvent[] {
  const title = relative(root, module.moduleId);
  const exchanges = loggedExchanges(module.meta()).map((exchange): SuiteEvent => ({ kind: 'exchange', exchange }));
  const suites: readonly (TestSuite | TestModule)[] = [module, ...module.children.allSuites()];
  const errors = suites.flatMap((suite) => suite.errors());
  return [...exchanges, ...errors.map((error) => judged(title, failure(title, error, module.moduleId, root)))];
}

/** Errors that no test caught. */
export function errorEvents(errors: readonly ReportedError[], root: string): SuiteEvent[] {
  return errors.map((error) => judged('outside the tests', failure('outside the tests', error, '', root)));
}

function failure(title: string, error: ReportedError, file: string, root: string): Judgement {
  const frame = error.stacks?.find((stack) => stack.file === file) ?? error.stacks?.[0];
  const where = frame ? `${relative(root, frame.file)}:${frame.line}` : file === '' ? undefined : relative(root, file);
  const reason = stripVTControlCharacters(error.message ?? error.name ?? 'unknown error').split('\n')[0] ?? '';
  // The fault itself is judged in its exchange: the test could not find out what it wanted to know.
  return judgement(title, error.name === noAnswer ? 'cannot-judge' : 'fail', reason, where);
}

function judgement(title: string, outcome: Outcome, reason: string, where: string | undefined): Judgement {
  return { check: testCheck, outcome, reason, confidence: 'certain', where, promise: undefined, came: undefined, topic: title };
}

function judged(title: string, judgement: Judgement): SuiteEvent {
  return { kind: 'judgement', judgement, operation: undefined, title };
}

function skipReason({ options }: TestCase): string {
  if (options.mode === 'todo') return 'it is still to be written (todo)';
  return options.mode === 'skip' ? 'it is skipped in its file' : 'another test is marked as the only one to run';
}
