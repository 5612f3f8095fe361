/** `npm test`: everything that can be tested with Node alone, and the report's page where there is a browser; ends with true totals. */
import { findChromium } from '../tests/support/chromium.ts';
import { conclude, staticChecks, tests } from './steps.ts';

const checks = staticChecks();
const page = findChromium() === undefined ? [] : ['page'];
const outcomes = [...(await checks), await tests('unit', 'property', 'golden', 'e2e', 'contract', ...page)];
if (page.length === 0)
  console.log('! NOT RUN: tests/page. There is no Chromium to open the HTML report with; install one, or name it in CHROMIUM');
conclude(outcomes);
