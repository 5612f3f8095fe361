/** `npm run test:yardstick`: every switch of the APIs that can be broken on purpose, and fifty seeds of each unbroken. Takes minutes. */
import { conclude, tests } from './steps.ts';

conclude([await tests('yardstick')]);
