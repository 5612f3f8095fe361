/** `npm run check`: all that a commit must pass; offline. */
import { conclude, staticChecks, tests } from './steps.ts';

const checks = staticChecks();
conclude([...(await checks), await tests('unit', 'property', 'golden')]);
