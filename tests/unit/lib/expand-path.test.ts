import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { expandPath } from '../../../src/lib/expand-path.ts';

const env = { HOME: '/home/me', CACHE: '/cache', EMPTY: '' };

test.each([
  { given: '~/token', path: '/home/me/token', unset: [] },
  { given: '~', path: '/home/me', unset: [] },
  { given: 'a~/b', path: 'a~/b', unset: [] },
  { given: '~other/token', path: '~other/token', unset: [] },
  { given: '$CACHE/a', path: '/cache/a', unset: [] },
  { given: '${CACHE}x/$CACHE', path: '/cachex//cache', unset: [] },
  { given: '${NONE:-~/.local}/a', path: '/home/me/.local/a', unset: [] },
  { given: '${CACHE:-~/.local}/a', path: '/cache/a', unset: [] },
  { given: '${EMPTY:-}a', path: 'a', unset: [] },
  { given: '$NONE/${EMPTY}/a', path: '//a', unset: ['NONE', 'EMPTY'] },
])('$given is $path', ({ given, path, unset }) => {
  expect(expandPath(given, env)).toEqual({ path, unset });
});

test('without HOME the user’s home is what the system says', () => {
  expect(expandPath('~/token', {}).path).toBe(join(homedir(), 'token'));
});
