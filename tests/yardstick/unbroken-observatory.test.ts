import { fiftySeeds, testUnbroken } from '../support/golden-table.ts';

testUnbroken('observatory', fiftySeeds);
