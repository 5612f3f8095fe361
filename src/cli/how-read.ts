/** Tells how a time was read that somebody may have meant otherwise. Pure. */
import { options, type OptionName } from '../run/options.ts';

/** What a bare number was read as, where whoever knows curl may have meant seconds; else undefined. */
export function howRead(name: OptionName, given: unknown): string | undefined {
  const { flag } = options[name];
  if (!flag.endsWith('<time>') || typeof given !== 'string' || !/^[1-9]\d{0,2}$/.test(given)) return undefined;
  return `${flag.split(' ')[0]} ${given} is ${given} milliseconds; for seconds: ${given}s`;
}
