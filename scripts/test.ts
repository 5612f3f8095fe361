/**
 * `npm test`: everything that can be tested with Node alone, and the report's page where there is a browser; ends with true totals.
 * `--without-sample` leaves the sample of the yardsticks to `npm run test:yardstick`, which has the whole of them.
 */
import { parseArgs } from 'node:util';
import { findChromium } from '../tests/support/chromium.ts';
import { conclude, staticChecks, tests } from './steps.ts';

const { values } = parseArgs({ options: { 'without-sample': { type: 'boolean', default: false } } });
const sample = 'tests/e2e/yardstick.test.ts';
const checks = staticChecks();
const page = findChromium() === undefined ? [] : ['page'];
const projects = ['unit', 'property', 'golden', 'e2e', 'contract', ...page];
const outcomes = [...(await checks), await tests(projects, values['without-sample'] ? [sample] : [])];
if (page.length === 0)
  console.log('! NOT RUN: tests/page. There is no Chromium to open the HTML report with; install one, or name it in CHROMIUM');
if (values['without-sample']) console.log(`! NOT RUN: ${sample}. npm run test:yardstick has the whole of it`);
conclude(outcomes);
