/** How somebody runs against the same API again. Pure. */
import { credentials } from '../requests/reproduce.ts';
import { tokenMark } from '../requests/redact.ts';
import { quote } from '../requests/shell-quote.ts';
import type { EnvironmentPlan } from '../run/plan-environment.ts';

/**
 * The command, without what only chooses what is sent: document, environment, base URL, who calls. Credentials that stood on the command line are `$TOKEN`.
 * `location` is the document's.
 */
export function rerunCommand(
  { named, loaded, name, settings }: Pick<EnvironmentPlan, 'named' | 'loaded' | 'name' | 'settings'>,
  location: string,
): string {
  const words = ['specproof run'];
  const add = (flag: string, value: string): void => void words.push(flag, quote(value, credentials));
  if (named !== undefined) words.push(quote(location, []));
  if (name !== undefined && Object.keys(loaded?.config.environments ?? {}).length > 1) add('--env', name);
  if (settings.baseUrl !== undefined) add('--base-url', settings.baseUrl);
  for (const [field, value] of settings.headers ?? []) add('-H', `${field}: ${struck(field, value)}`);
  for (const [who, given] of Object.entries(settings.identities ?? {}))
    if (typeof given === 'string') add('--identity', `${who}=${tokenMark}`);
  return words.join(' ');
}

/** A field's value, of a credential only its scheme. */
function struck(field: string, value: string): string {
  if (!/authorization|cookie|token|secret|key|password/i.test(field)) return value;
  const scheme = /^(?:proxy-)?authorization$/i.test(field) ? /^[A-Za-z][\w-]* (?=\S)/.exec(value)?.[0] : undefined;
  return `${scheme ?? ''}${tokenMark}`;
}
