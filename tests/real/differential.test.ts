import { readFile, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { parseText } from '../../src/spec/parse-text.ts';
import { compareAnswers, type Difference } from '../support/differential/compare-answers.ts';
import { flows } from '../support/differential/flows.ts';
import { reviewDifferences } from '../support/differential/review-differences.ts';
import { tellAnswers } from '../support/differential/tell-answers.ts';

const seed = 1;
const minutes = 60_000;

const line = ({ operation, scenario, title, what, kept }: Difference): string =>
  `${operation} | ${scenario} | ${title} | ${what}${kept ? ' | the API breaks a promise' : ''}`;

test('the stand-in answers what the real API answers, but for what is reviewed', { timeout: 20 * minutes }, async () => {
  const [real, standIn] = await Promise.all([tellAnswers('jobbergate', flows, seed), tellAnswers('embedded', flows, seed)]);
  const { compared, differing, unpaired } = compareAnswers(real, standIn);
  const open = differing.filter(({ kept }) => !kept);
  const file = new URL('differences.yaml', import.meta.url);
  const { unreviewed, stale } = reviewDifferences(open, parseText(await readFile(file, 'utf8'), 'differences.yaml'));
  console.log(
    `${compared} requests compared, ${differing.length} answered differently: ${differing.length - open.length} where the API alone breaks a promise, ${open.length} by review; ${unpaired.length} asked of one only`,
  );
  await writeFile('reports/differential.txt', [...differing, ...unpaired].map((one) => `${line(one)}\n`).join(''));
  expect(compared).toBeGreaterThan(4000);
  expect({ unreviewed: unreviewed.map(line), stale }).toEqual({ unreviewed: [], stale: [] });
  // courses part only where an answer has differed
  const parted = new Set(differing.map(({ scenario }) => scenario));
  expect(unpaired.filter(({ scenario }) => !parted.has(scenario)).map(line)).toEqual([]);
});
