import { describe, expect, it } from 'vitest';
import type { Confidence } from '../../../src/cases/case.ts';
import type { RunEvent } from '../../../src/run/events.ts';
import { exitCode } from '../../../src/report/exit-code.ts';
import { judgement, listOrders, reportOf, undeclared, verdict } from './sample-run.ts';

const kept = verdict(listOrders, {}, [judgement('status-declared', 'pass')]);
const finding = (confidence: Confidence): RunEvent => verdict(listOrders, { status: 401 }, [undeclared(401, listOrders, { confidence })]);
const fault = verdict(listOrders, { fault: { kind: 'refused', message: 'connection refused' } }, []);
const skipped = (failure: boolean): RunEvent => ({ kind: 'skipped', suite: 'newman', title: 'newman', reason: 'not installed', failure });
const drift: RunEvent = {
  kind: 'judgement',
  suite: 'contract',
  judgement: judgement('document-matches-lock', 'pass'),
  operation: undefined,
  title: 'lock',
};
const failedTest: RunEvent = {
  kind: 'judgement',
  suite: 'tests',
  judgement: judgement('test-passes', 'fail'),
  operation: undefined,
  title: 'a test',
};
const excuse = {
  entry: 1,
  check: 'status-declared',
  operations: ['*'],
  topic: undefined,
  targets: undefined,
  reason: 'known',
  expires: '2026-12-31',
};

describe('exitCode', () => {
  const cases: { name: string; given: RunEvent[]; failOn?: Confidence; excused?: boolean; want: number }[] = [
    { name: '0 when every judged promise is kept', given: [kept], want: 0 },
    { name: '1 for a certain finding', given: [kept, finding('certain')], want: 1 },
    { name: '0 for a certain finding that is a known deviation', given: [kept, finding('certain')], excused: true, want: 0 },
    { name: '0 for a likely finding', given: [kept, finding('likely')], want: 0 },
    { name: '1 for a likely finding with --fail-on likely', given: [kept, finding('likely')], failOn: 'likely', want: 1 },
    { name: '0 for an unsure finding with --fail-on likely', given: [kept, finding('unsure')], failOn: 'likely', want: 0 },
    { name: '1 for an unsure finding with --fail-on unsure', given: [kept, finding('unsure')], failOn: 'unsure', want: 1 },
    { name: '1 when a suite that was asked for did not run', given: [kept, skipped(true)], want: 1 },
    { name: '0 when something was skipped on purpose', given: [kept, skipped(false)], want: 0 },
    { name: '1 when nothing came of a suite', given: [kept, { kind: 'plan', suite: 'newman', total: 0 }], want: 1 },
    {
      name: '0 when some answers cannot be judged',
      given: [kept, verdict(listOrders, {}, [judgement('body-parses', 'cannot-judge')])],
      want: 0,
    },
    { name: '3 when nothing was judged', given: [], want: 3 },
    {
      name: '3 when every judgement is not applicable or cannot be made',
      given: [verdict(listOrders, {}, [judgement('a', 'cannot-judge'), judgement('b', 'not-applicable')])],
      want: 3,
    },
    { name: '3 when only faults came', given: [fault, fault], want: 3 },
    { name: '3 when only faults came though the lock agrees', given: [drift, fault], want: 3 },
    { name: '3 when the tests fail because nothing answers', given: [fault, failedTest], want: 3 },
    { name: '3 when no suite judged anything but the document', given: [drift, { kind: 'plan', suite: 'generated', total: 0 }], want: 3 },
    { name: '0 when only the document was to be judged', given: [drift], want: 0 },
    { name: '1 when a connection is refused by an API that answers otherwise', given: [kept, fault], want: 1 },
    {
      name: '130 when interrupted, whatever was found',
      given: [kept, finding('certain'), { kind: 'end', interrupted: true, seconds: 1 }],
      want: 130,
    },
  ];
  it('is that of the error that ended the run, whatever was found', () => {
    const interrupted = reportOf([kept, finding('certain'), { kind: 'end', interrupted: true, seconds: 1 }]);
    expect(exitCode({ ...interrupted, error: { message: 'no runner', exit: 2 } })).toBe(2);
  });

  it.each(cases)('is $name', ({ given, failOn = 'certain', excused = false, want }) => {
    expect(exitCode(reportOf(given, { failOn, deviations: excused ? [excuse] : [] }))).toBe(want);
  });
});
