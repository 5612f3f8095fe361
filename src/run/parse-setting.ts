/** Reads one setting from what a flag or the configuration file gives: text, or the native value. Knows no setting by name. */
import { isObject, type JsonObject } from '../lib/json.ts';
import { nearest } from '../lib/nearest.ts';

/** What became of a given value: the setting, or one line about what is wrong with it. */
export type Parsed<T> = { readonly value: T } | { readonly problem: string };

/** Reads a given value. Flags that may be repeated give a list of texts. */
export interface Parser<T> {
  (given: unknown): Parsed<T>;
  /** The native form, that a configuration file holds, as JSON Schema: nothing that it allows is refused. */
  readonly schema: JsonObject;
}

/** The function as a parser. */
export function parser<T>(schema: JsonObject, parse: (given: unknown) => Parsed<T>): Parser<T> {
  return Object.assign(parse, { schema });
}

const shown = (given: unknown): string => {
  const text = typeof given === 'string' ? given : (JSON.stringify(given) ?? String(given));
  return `"${text.length > 60 ? `${text.slice(0, 57)}…` : text}"`;
};

/** A non-empty text. */
export const text: Parser<string> = parser({ type: 'string', minLength: 1 }, (given) =>
  typeof given === 'string' && given !== '' ? { value: given } : { problem: `must be a text, not ${shown(given)}` },
);

/** True or false; a flag without a value is true. */
export const toggle: Parser<boolean> = parser({ type: 'boolean' }, (given) =>
  typeof given === 'boolean' ? { value: given } : { problem: `must be true or false, not ${shown(given)}` },
);

/** An integer of at least `least`; `0x…` is understood. */
export function integer(least: number, most: number = Number.MAX_SAFE_INTEGER): Parser<number> {
  const schema = { type: 'integer', minimum: least, ...(most !== Number.MAX_SAFE_INTEGER && { maximum: most }) };
  return parser(schema, (given) => {
    const value = typeof given === 'string' && given.trim() !== '' ? Number(given) : given;
    if (Number.isInteger(value) && typeof value === 'number' && value >= least && value <= most) return { value };
    const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
    return { problem: `must be an integer ${range}, not ${shown(given)}` };
  });
}

/** A number above zero. */
export const positive: Parser<number> = parser({ type: 'number', exclusiveMinimum: 0 }, (given) => {
  const value = typeof given === 'string' && given.trim() !== '' ? Number(given) : given;
  return typeof value === 'number' && Number.isFinite(value) && value > 0
    ? { value }
    : { problem: `must be a number above 0, not ${shown(given)}` };
});

/** Timers hold no more than 2^31 - 1 milliseconds. */
const longest = 0x7f_ff_ff_ff;
const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Milliseconds, from a number or a text such as `250`, `250ms`, `1.5s`, `2m`. */
export const duration: Parser<number> = parser(
  {
    anyOf: [
      { type: 'integer', minimum: 1, maximum: longest },
      { type: 'string', pattern: String.raw`^[1-9]\d{0,3}(?:ms|s|m|h)$` },
    ],
  },
  (given) => {
    const [, amount, unit = 'ms'] =
      /^(\d+(?:\.\d+)?)\s*(ms|s|m|h)?$/.exec(typeof given === 'number' ? String(given) : typeof given === 'string' ? given.trim() : '') ??
      [];
    const value = Math.round(Number(amount) * (units[unit] ?? 1));
    return value > 0 && value <= longest ? { value } : { problem: `must be milliseconds or a time such as 30s or 2m, not ${shown(given)}` };
  },
);

/** One of the names. */
export function choice<Name extends string>(noun: string, names: readonly Name[]): Parser<Name> {
  return parser({ enum: [...names] }, (given) => {
    const value = names.find((name) => name === given);
    if (value !== undefined) return { value };
    const meant = typeof given === 'string' ? nearest(given, names) : undefined;
    return {
      problem: `knows no ${noun} ${shown(given)}${meant === undefined ? '' : `, did you mean ${meant}?`}; there are ${names.join(', ')}`,
    };
  });
}

/** A list: comma-separated text, several such texts, or a native list; every entry read by `entry`. */
export function list<T>(entry: Parser<T>): Parser<readonly T[]> {
  return parser({ type: 'array', items: entry.schema }, (given) => {
    const parts = typeof given === 'string' ? [given] : given;
    if (!Array.isArray(parts)) return { problem: `must be a list, not ${shown(given)}` };
    if (parts.length === 0) return { value: [] };
    const entries = parts.flatMap((part: unknown) => (typeof part === 'string' ? part.split(',').map((name) => name.trim()) : [part]));
    return each(
      entries.filter((part) => part !== ''),
      entry,
    );
  });
}

/** A list whose entries may hold commas: one text an entry. */
export function repeated<T>(entry: Parser<T>): Parser<readonly T[]> {
  return parser({ type: 'array', items: entry.schema, minItems: 1 }, (given) =>
    Array.isArray(given)
      ? each(given, entry)
      : typeof given === 'string'
        ? each([given], entry)
        : { problem: `must be a list, not ${shown(given)}` },
  );
}

function each<T>(entries: readonly unknown[], entry: Parser<T>): Parsed<readonly T[]> {
  if (entries.length === 0) return { problem: 'must name at least one' };
  const value: T[] = [];
  for (const part of entries) {
    const parsed = entry(part);
    if ('problem' in parsed) return parsed;
    value.push(parsed.value);
  }
  return { value };
}

/** Texts by name: an object, or texts of the form `NAME=TEXT`. A wrong one is never shown: it may hold a secret. */
export function assignments(form: string): Parser<Readonly<Record<string, string>>> {
  return parser({ type: 'object', additionalProperties: text.schema }, (given) => {
    const entries: [string, unknown][] = [];
    if (isObject(given)) entries.push(...Object.entries(given));
    else {
      for (const part of Array.isArray(given) ? given : [given]) {
        const at = typeof part === 'string' ? part.indexOf('=') : -1;
        if (typeof part !== 'string' || at <= 0 || at === part.length - 1) return { problem: `must have the form ${form}` };
        entries.push([part.slice(0, at).trim(), part.slice(at + 1)]);
      }
    }
    const value: [string, string][] = [];
    for (const [name, content] of entries) {
      if (typeof content !== 'string' || content === '') return { problem: `must have the form ${form}: "${name}" has no text` };
      value.push([name, content]);
    }
    return { value: Object.fromEntries(value) };
  });
}
