import { testUnbroken } from '../support/golden-table.ts';
import { chosenSeeds } from '../support/seeds.ts';

testUnbroken('rental', chosenSeeds);
