import { testCatches } from '../support/golden-table.ts';

testCatches('rental');
