import { expect, test } from 'vitest';
import { strictness } from '../../../src/run/parse-strictness.ts';

test.each<[unknown, unknown]>([
  ['fail', { value: { '*': 'fail' } }],
  [['warn', 'GET /things=off'], { value: { '*': 'warn', 'GET /things': 'off' } }],
  [{ '*': 'fail', 'GET /a': 'warn' }, { value: { '*': 'fail', 'GET /a': 'warn' } }],
  ['loud', { problem: expect.stringContaining('off, warn, fail') }],
  [['GET /a'], { problem: expect.stringContaining('"GET /a"') }],
])('%j is %j', (given, want) => expect(strictness(given)).toEqual(want));
