import { describe, expect, it } from 'vitest';
import { commands } from '../../../src/cli/command-table.ts';
import { howRead } from '../../../src/cli/how-read.ts';
import { configShape, environmentShape } from '../../../src/run/config-shape.ts';
import { optionNames, options } from '../../../src/run/options.ts';
import type { Shape } from '../../../src/run/shape.ts';

/** Every key of a shape as a dotted path; `*` stands for a free name. */
function keysOf(shape: Shape, path = ''): string[] {
  const below = (name: string): string => (path === '' ? name : `${path}.${name}`);
  if (shape.kind === 'object')
    return Object.entries(shape.members).flatMap(([name, member]) => [below(name), ...keysOf(member, below(name))]);
  if (shape.kind === 'record') return keysOf(shape.of, below('*'));
  if (shape.kind === 'variant') return [...new Set(Object.values(shape.of).flatMap((member) => keysOf(member, path)))];
  if (shape.kind === 'list') return keysOf(shape.of, path);
  return [];
}

/** Keys that only a file can say, and why no flag does. */
const fileOnly: Readonly<Record<string, string>> = {
  $schema: 'for editors, in a configuration in JSON',
  api: 'names the configuration itself',
  folder: 'where the configured API is kept',
  prose: 'a decision about the lock, made once',
  environments: 'holds the environments',
  'environments.*.target': 'holds the target',
  'environments.*.tls': 'holds what flags say of TLS',
  'environments.*.target.': 'how a target is started is no matter of one command',
  'environments.*.identities.': 'how an identity gets its token is no matter of one command',
  'collections.': 'what --collection says behind its commas',
  tests: 'files that belong to the API',
};

const isFileOnly = (key: string): boolean =>
  Object.keys(fileOnly).some(
    (allowed) =>
      key === allowed ||
      (allowed.endsWith('.') ? key.startsWith(allowed) : key.startsWith(`${allowed}.`) && !key.startsWith('environments.')),
  );

describe('the table of options', () => {
  const keys = keysOf(configShape);
  const flagged = new Set(optionNames.map((name) => options[name].key));

  it.each(optionNames.map((name) => ({ name, key: options[name].key })))('$name has the configuration key $key', ({ key }) => {
    expect(keys).toContain(key);
  });

  it('has a flag for every key that is no part of a structure', () => {
    const limits = new Set(Object.keys(environmentShape.members).map((name) => `environments.*.${name}`));
    const without = keys.filter(
      (key) => !flagged.has(key) && !isFileOnly(key) && !(limits.has(key) && flagged.has(key.replace('environments.*.', ''))),
    );
    // An environment's word on a limit has the flag of the file's word; `allowWrites` the other way round.
    expect(without).toEqual(['allowWrites']);
    expect(flagged).toContain('environments.*.allowWrites');
  });

  it('gives run every flag, the document as its argument', () => {
    const [run] = commands.filter(({ name }) => name === 'run');
    expect([...(run?.settings ?? []), 'document'].toSorted()).toEqual([...optionNames].toSorted());
  });

  it.each([
    { name: 'timeout', given: '30', want: '--timeout 30 is 30 milliseconds; for seconds: 30s' },
    { name: 'retryAfter', given: '5', want: '--retry-after 5 is 5 milliseconds; for seconds: 5s' },
    { name: 'retryAfter', given: '0', want: undefined },
    { name: 'timeout', given: '5000', want: undefined },
    { name: 'timeout', given: '30s', want: undefined },
    { name: 'maxCases', given: '30', want: undefined },
  ] as const)('tells how $name $given was read, where that may not be what was meant', ({ name, given, want }) => {
    expect(howRead(name, given)).toBe(want);
  });

  it('has help for every flag', () => {
    expect(optionNames.filter((name) => options[name].help.length < 10)).toEqual([]);
  });
});
