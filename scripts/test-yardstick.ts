/**
 * `npm run test:yardstick`: every switch of the APIs that can be broken on purpose, and fifty seeds of each unbroken. Takes minutes.
 * `YARDSTICK_SEEDS=10` takes only the first ten of the fifty.
 */
import { chosenSeeds, fiftySeeds } from '../tests/support/seeds.ts';
import { conclude, tests } from './steps.ts';

const outcome = await tests('yardstick');
const left = fiftySeeds.length - chosenSeeds.length;
if (left > 0) console.log(`! NOT RUN: ${left} of ${fiftySeeds.length} seeds of each unbroken API; npm run test:yardstick runs all`);
conclude([outcome]);
