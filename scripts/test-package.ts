/** `npm run test:package`: what a user gets from the packed tarball, in fresh projects. Needs a registry. */
import { conclude, tests } from './steps.ts';

conclude([await tests('package')]);
