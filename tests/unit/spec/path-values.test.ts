import { expect, test } from 'vitest';
import { pathValues } from '../../../src/spec/path-values.ts';

test.each<readonly [string, string, Record<string, string>]>([
  ['/pets/{id}', '/pets/7', { id: '7' }],
  ['/pets/{id}', '/pe%74s/a%2Fb', { id: 'a/b' }],
  ['/pets/{id}.json', '/pets/7.json', { id: '7' }],
  ['/a/{x}/b/{y}', '/a/1/b/%ZZ', { x: '1', y: '%ZZ' }],
  ['/a/{b}.{c}', '/a/x.y', { b: 'x', c: 'y' }],
  ['/a%20b/{id}', '/a%20b/7', { id: '7' }],
  ['/{a}{b}', '/xyz', { a: 'x', b: 'yz' }],
  ['/pets/{id}', '/pets/', {}],
  ['/pets/{id}', '/pets/7/toys', {}],
])('%s with %s', (template, path, want) => expect(Object.fromEntries(pathValues(template, path))).toEqual(want));
