/** `npm run test:container`: the tests of the container target, which need a container engine; see scripts/container-engine. */
import { conclude, tests } from './steps.ts';

conclude([await tests('container')]);
