/** `specproof login`: a user logs in, and the tokens are kept for identities of kind `login`. What to do is told on stderr. */
import { logIn } from '../../auth/login.ts';
import { describeDuration, describeExpiry } from '../../lib/describe-duration.ts';
import { planEnvironment } from '../../run/plan-environment.ts';
import { chooseLogin } from '../choose-login.ts';
import type { Execute } from '../command.ts';
import { isUnattended } from '../io.ts';
import { openBrowser } from '../open-browser.ts';

/** Logs in by device code, with `--browser` in this machine's browser. 130 when the user gives up: nothing is kept then. */
export const login: Execute = async ({ arguments: [wanted], settings, flags, io }) => {
  const plan = await planEnvironment(settings, io.cwd, io.env);
  const { name, options, dispose } = await chooseLogin(plan, wanted, io);
  const tell = (line: string): void => void io.stderr.write(`  ${line}\n`);
  const signal = io.signal ?? new AbortController().signal;
  try {
    const { tokens, file } = await logIn(name, flags['browser'] === true ? { ...options, flow: 'browser' } : options, {
      fetch: plan.network.fetch,
      now: Date.now,
      env: io.env,
      tell,
      signal,
      showCode: ({ userCode, verificationUri, completeUri, expiresIn }) => {
        tell(`open   ${completeUri ?? verificationUri}`);
        tell(completeUri === undefined ? `type   ${userCode}` : `check  that it shows ${userCode}; or type it at ${verificationUri}`);
        tell(`        waiting for ${describeDuration(expiresIn * 1000)} at most; Ctrl-C gives up`);
      },
      showPage: (url) => {
        tell(`open   ${url}`);
        tell('        waiting; Ctrl-C gives up');
        if (io.stderr.isTTY === true && !isUnattended(io.env)) openBrowser(url);
      },
    });
    const renewal = tokens.refresh === undefined ? '; the provider gave no refresh token' : ', and renewed when it runs out';
    io.stdout.write(`${name} is logged in: the token is ${describeExpiry(tokens.expiresAt, Date.now())}${renewal}; kept in ${file}\n`);
    return 0;
  } catch (error) {
    if (signal.aborted) return 130;
    throw error;
  } finally {
    await dispose();
  }
};
