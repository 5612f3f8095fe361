/** `npm run test:real`: the tests against the real Jobbergate stack, on loopback; what it needs says stacks/jobbergate/README.md. */
import { conclude, tests } from './steps.ts';

conclude([await tests('real')]);
