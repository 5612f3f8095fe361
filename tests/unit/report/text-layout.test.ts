import { describe, expect, it } from 'vitest';
import { bar, clip, duration, flow, grouped, listLines, plural, printable, shortList, wrap } from '../../../src/report/text-layout.ts';

describe('printable', () => {
  it.each([
    ['a\n\t b', 'a b'],
    ['\u001b[31mred', '\\x1b[31mred'],
    ['a\u202eb', 'a\\u202eb'],
    ['größe 🙂', 'größe 🙂'],
  ])('of %j is %j', (given, want) => {
    expect(printable(given)).toBe(want);
  });
});

describe('clip', () => {
  it.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'ab…'],
    ['🙂🙂🙂', 2, '🙂…'],
  ])('of %j to %i is %j', (given, width, want) => {
    expect(clip(given, width)).toBe(want);
  });
});

describe('wrap', () => {
  it.each<[string, number, string[]]>([
    ['one two three', 7, ['one two', 'three']],
    ['abcdefgh ij', 3, ['abc', 'def', 'gh', 'ij']],
    ['', 5, ['']],
  ])('of %j at %i is %j', (given, width, want) => {
    expect(wrap(given, width)).toEqual(want);
  });
});

describe('shortList', () => {
  it.each<[string[], number, string]>([
    [['a', 'b', 'c'], 20, 'a, b, c'],
    [['aaaa', 'bbbb', 'cccc'], 15, 'aaaa and 2 more'],
    [['aaaa', 'bbbb', 'cccc', 'dddd'], 21, 'aaaa, bbbb and 2 more'],
    [['a very long name', 'b'], 16, 'a ve… and 1 more'],
    [Array.from({ length: 5000 }, (_, index) => `item ${index}`), 30, 'item 0, item 1 and 4,998 more'],
  ])('case %#', (items, width, want) => {
    expect(shortList(items, width)).toBe(want);
    expect(want.length).toBeLessThanOrEqual(width);
  });
});

describe('listLines', () => {
  it('breaks between operations only', () => {
    expect(listLines(['GET /one', 'GET /two', 'GET /three'], 22, 4)).toEqual(['GET /one, GET /two,', 'GET /three']);
  });
});

describe('flow', () => {
  it('measures the plain text, not what is written for it', () => {
    const parts = ['aaa', 'bbb', 'ccc'].map((text) => [text, `<${text}>`] as const);
    expect(flow(parts, 9)).toEqual(['<aaa> · <bbb>', '<ccc>']);
  });
});

it.each([
  [0.04, '0.0 s'],
  [9.96, '10.0 s'],
  [41.2, '41 s'],
  [192, '3 min 12 s'],
])('duration of %d is %s', (seconds, want) => {
  expect(duration(seconds)).toBe(want);
});

it.each([
  [0, 4, '────'],
  [999, 1000, '━━━─'],
  [4, 4, '━━━━'],
  [0, 0, '────'],
])('a bar of %i of %i is %s', (done, total, want) => {
  expect(bar(done, total, 4).join('')).toBe(want);
});

it('counts in words', () => {
  expect([plural(1, 'fault'), plural(1234567, 'fault'), grouped(999), plural(2, 'status', 'statuses')]).toEqual([
    '1 fault',
    '1,234,567 faults',
    '999',
    '2 statuses',
  ]);
});
