/** vitest's global setup of the project `real`: starts the real Jobbergate stack once, as processes on loopback, and stops it at the end. */
import setup from '../../src/sources/vitest/global-setup.ts';

/** Starts the stack; `inject('specproof')` then tells its address, its identities and their issuer. */
export default function startRealStack(project: Parameters<typeof setup>[0]): ReturnType<typeof setup> {
  process.env['SPECPROOF_ENV'] = 'jobbergate';
  return setup(project);
}
