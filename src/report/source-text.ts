/** Values as TypeScript, in the usual format. Pure. */
import type { Json } from '../lib/json.ts';

/** Longer objects and lists have a line for each entry. */
const shortEnough = 80;

/** The text in single quotes. */
export function literal(text: string): string {
  return `'${JSON.stringify(text)
    .slice(1, -1)
    .replaceAll(String.raw`\"`, '"')
    .replaceAll("'", String.raw`\'`)}'`;
}

/** A JSON value as TypeScript, its lines after the first indented. */
export function code(value: Json, indent: number): string {
  if (typeof value === 'string') return literal(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inside = ' '.repeat(indent + 2);
  const entries = Array.isArray(value)
    ? value.map((item: Json) => code(item, indent + 2))
    : Object.entries(value).map(
        ([name, member]) => `${/^[A-Za-z_$][\w$]*$/.test(name) ? name : literal(name)}: ${code(member, indent + 2)}`,
      );
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const flat = Array.isArray(value) ? `[${entries.join(', ')}]` : `{ ${entries.join(', ')} }`;
  if (entries.length === 0) return `${open}${close}`;
  if (flat.length < shortEnough && !flat.includes('\n')) return flat;
  return `${open}\n${entries.map((entry) => `${inside}${entry},\n`).join('')}${' '.repeat(indent)}${close}`;
}
