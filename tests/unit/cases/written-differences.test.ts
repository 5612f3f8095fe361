import { expect, test } from 'vitest';
import { writtenDifferences } from '../../../src/cases/values/written-differences.ts';
import type { JsonObject } from '../../../src/lib/json.ts';
import { createContract } from '../../../src/spec/create-contract.ts';

const text = { type: 'string' };
const kernel = { type: 'object', properties: { id: text, name: text } };
const session = { type: 'object', properties: { title: text, kernel, parts: { type: 'array', items: kernel } } };
const place = { pointer: '/components/schemas/Session', schema: session };
const contract = createContract({
  openapi: '3.1.0',
  info: { title: 't', version: '1' },
  paths: {},
  components: { schemas: { Session: session } },
});

const told = (written: JsonObject, read: JsonObject): string[] =>
  writtenDifferences({ contract, proven: new Set(), owned: new Set() }, written, read, place, place).map(
    ({ at, confidence }) => `${confidence} ${at}`,
  );

test('what is written of another thing that a member names may be that thing’s own', () => {
  expect(told({ kernel: { id: 'k1', name: 'mine' } }, { kernel: { id: 'k1', name: 'python3' } })).toEqual(['likely /kernel/name']);
  expect(told({ kernel: { name: 'mine' } }, { kernel: { name: 'python3' } })).toEqual(['certain /kernel/name']);
  // items are the thing's own parts
  expect(told({ parts: [{ id: 'k1', name: 'a' }] }, { parts: [{ id: 'k1', name: 'b' }] })).toEqual(['certain /parts/0/name']);
});
