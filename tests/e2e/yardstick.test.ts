/** A sample of the yardsticks; the whole of them is the project `yardstick`, which CI runs. */
import { describe } from 'vitest';
import { fiftySeeds, testCatches, testUnbroken } from '../support/golden-table.ts';

describe.each(['observatory', 'rental'])('%s', (name) => {
  testUnbroken(name, fiftySeeds.slice(0, 1));
  testCatches(name, (_, index) => index % 8 === 0);
});
