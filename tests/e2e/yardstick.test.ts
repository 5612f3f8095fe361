/** A sample of the yardsticks; the whole of them is the project `yardstick`, which CI runs. */
import { describe } from 'vitest';
import { testCatches, testUnbroken } from '../support/golden-table.ts';
import { fiftySeeds } from '../support/seeds.ts';

describe.each(['observatory', 'rental'])('%s', (name) => {
  testUnbroken(name, fiftySeeds.slice(0, 1));
  testCatches(name, (_, index) => index % 16 === 0);
});
