import { expect, test } from 'vitest';
import { chooseChecks } from '../../../src/run/choose-checks.ts';
import { checks } from '../../../src/verdicts/registry.ts';

test('all judge by default, else the wanted ones but those that are left out', () => {
  expect(chooseChecks({})).toBeUndefined();
  expect(chooseChecks({ checks: ['status-declared', 'body-parses'] })).toEqual(new Set(['status-declared', 'body-parses']));
  expect(chooseChecks({ checks: ['status-declared', 'body-parses'], skipChecks: ['body-parses'] })).toEqual(new Set(['status-declared']));
  const all = checks.map(({ id }) => id);
  expect([...(chooseChecks({ skipChecks: ['safe-repeatable'] }) ?? [])]).toEqual(all.filter((id) => id !== 'safe-repeatable'));
});

test.each([
  [{ checks: ['status-declard'] }, '--checks knows no check "status-declard", did you mean status-declared?'],
  [{ skipChecks: ['status-declard'] }, '--skip-check knows no check "status-declard", did you mean status-declared?'],
])('a check that there is not is said: %o', (settings, want) => {
  expect(() => chooseChecks(settings)).toThrow(want);
});
