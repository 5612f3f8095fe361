import { expect, test } from 'vitest';
import { coverageGate } from '../../../src/run/parse-coverage.ts';

test.each<[unknown, unknown]>([
  ['operation=100,status=80.5', { value: { operation: 100, status: 80.5 } }],
  [['operation=100', 'media-type=0'], { value: { operation: 100, 'media-type': 0 } }],
  [{ keyword: 50 }, { value: { keyword: 50 } }],
  ['operations=100', { problem: expect.stringContaining('one of operation, parameter, keyword, status, media-type, identity') }],
  ['status=101', { problem: expect.stringContaining('not "status=101"') }],
  ['status=', { problem: expect.stringContaining('PERCENT from 0 to 100') }],
  ['80', { problem: expect.stringContaining('not "80="') }],
])('%j is %j', (given, want) => expect(coverageGate(given)).toEqual(want));
