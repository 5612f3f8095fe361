/** `specproof logout`: forgets what `specproof login` keeps, here and at the provider. */
import { logOut } from '../../auth/login.ts';
import { planEnvironment } from '../../run/plan-environment.ts';
import { chooseLogin } from '../choose-login.ts';
import type { Execute } from '../command.ts';

/** Logs out; being logged out already is fine. */
export const logout: Execute = async ({ arguments: [wanted], settings, io }) => {
  const plan = await planEnvironment(settings, io.cwd, io.env);
  const { name, options, dispose } = await chooseLogin(plan, wanted, io);
  try {
    const known = await logOut(name, options, {
      fetch: plan.network.fetch,
      now: Date.now,
      env: io.env,
      tell: (line) => void io.stderr.write(`  ${line}\n`),
    });
    io.stdout.write(`${name} ${known ? 'is logged out' : 'was not logged in'}\n`);
    return 0;
  } finally {
    await dispose();
  }
};
