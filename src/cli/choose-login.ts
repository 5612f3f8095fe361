/** Which login the commands `login` and `logout` are about. */
import { credentialsOf, type IdentityOptions, type LoginOptions } from '../auth/identity-options.ts';
import { HarnessError } from '../errors.ts';
import { withTarget } from '../run/open-identities.ts';
import type { EnvironmentPlan } from '../run/plan-environment.ts';
import type { Io } from './io.ts';
import { openProvider } from './open-provider.ts';

export interface ChosenLogin {
  readonly name: string;
  readonly options: LoginOptions;
  readonly dispose: () => Promise<void>;
}

/** The login of the named identity, else the only one there is, else the main identity's. Throws HarnessError E_USAGE where that is none. */
export async function chooseLogin(plan: EnvironmentPlan, wanted: string | undefined, io: Io): Promise<ChosenLogin> {
  const identities = plan.environment?.identities ?? {};
  const logins = Object.keys(identities).filter((name) => loginOf(plan, name) !== undefined);
  const main = plan.settings.main ?? plan.environment?.main;
  const name = wanted ?? (main !== undefined && logins.includes(main) ? main : logins.length === 1 ? logins[0] : undefined);
  const given = name === undefined ? undefined : identities[name];
  const found = name === undefined ? undefined : loginOf(plan, name);
  if (name === undefined || given === undefined || found === undefined) throw noLogin(name, given, logins);
  const provider = await openProvider(plan, given, io);
  const [options = found] = credentialsOf(withTarget(name, given, provider)).filter((each) => each.kind === 'login');
  return { name, options, dispose: provider.dispose };
}

function noLogin(name: string | undefined, given: IdentityOptions | undefined, logins: readonly string[]): HarnessError {
  const there = logins.length === 0 ? 'none is of the kind "login"' : `those that can are ${logins.join(', ')}`;
  const problem =
    given === undefined
      ? `${name === undefined ? 'which identity is to log in?' : `there is no identity "${name}"`}; ${there}`
      : `identity ${name} is of kind ${given.kind}: nobody has to log in`;
  return new HarnessError('E_USAGE', problem, {
    hint: 'give an identity the kind "login", with the provider’s issuer and a clientId, in specproof.config.ts',
  });
}

function loginOf({ environment }: EnvironmentPlan, name: string): LoginOptions | undefined {
  const given = environment?.identities?.[name];
  return given && credentialsOf(given).find((each) => each.kind === 'login');
}
