import { expect, test } from 'vitest';
import { plannedPhases } from '../../src/cases/plan-scenarios.ts';
import { switches } from '../support/faulty-api/switches.ts';
import { findInFaultyApi } from '../support/find-in-faulty-api.ts';

const seed = 1;

test.each([1, 2, 3])('the unbroken observatory is accused of nothing with seed %d', async (each) => {
  const { findings, counts } = await findInFaultyApi([], plannedPhases, each);
  expect(findings.map(({ check, operation, message }) => `${check} ${operation} ${message}`)).toEqual([]);
  expect(counts.exchanges).toBeGreaterThan(2000);
});

/** Switches that are told as certain when they are the only ones on; the whole table is what bench/detection.ts prints. */
const certain = [
  'schema-owner-missing',
  'schema-tag-lies',
  'status-crash-nul',
  'media-latin',
  'negative-branch-enum',
  'positive-longest-astral',
  'access-stranger-lists',
  'state-patch-dropped',
  'relation-offset-one-more',
  'relation-filter-ignored',
  'relation-lower-case',
  'relation-match-ignored',
  'relation-bytes-lines',
  'protocol-allow-lies',
  'transport-status-line',
];

test.each(certain)('%s is caught by its own check', async (id) => {
  const broken = switches.find((one) => one.id === id);
  const { findings } = await findInFaultyApi([id], broken?.phase ?? [], seed);
  expect(findings.filter(({ confidence }) => confidence === 'certain').map(({ check }) => check)).toContain(broken?.check);
});
