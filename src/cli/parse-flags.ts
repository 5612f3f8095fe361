/** Reads the values of flags that belong to one command. */
import { HarnessError } from '../errors.ts';
import { assignments, integer, type Parsed } from '../run/parse-setting.ts';

/** The texts of a repeatable flag. */
export function textList(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}

/** The port, or undefined where none was given. @throws HarnessError `E_USAGE` */
export function parsePort(value: unknown): number | undefined {
  return value === undefined ? undefined : unwrap('--port', integer(0, 65_535)(value));
}

/** Name and value pairs, in order; a name may come twice. @throws HarnessError `E_USAGE` */
export function parsePairs(flag: string, value: unknown): readonly (readonly [string, string])[] {
  return textList(value).map((text) => {
    if (!text.endsWith('=')) unwrap(flag, assignments('NAME=VALUE')([text]));
    const at = text.indexOf('=');
    return [text.slice(0, at), text.slice(at + 1)];
  });
}

/** The parsed value. @throws HarnessError `E_USAGE` naming the flag */
export function unwrap<T>(flag: string, parsed: Parsed<T>): T {
  if ('value' in parsed) return parsed.value;
  throw new HarnessError('E_USAGE', `${flag} ${parsed.problem}`);
}
