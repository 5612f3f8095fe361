/** `npm test`: everything that can be tested with Node alone; ends with true totals. */
import { conclude, staticChecks, tests } from './steps.ts';

const checks = staticChecks();
conclude([...(await checks), await tests('unit', 'property', 'golden', 'e2e', 'contract')]);
