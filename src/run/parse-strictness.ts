/** Reads how strict a run is: one level for all, or levels by operation. */
import { isObject } from '../lib/json.ts';
import { strictLevels, type StrictLevel, type Strictness } from '../verdicts/strictness.ts';
import { parser, type Parser } from './parse-setting.ts';

const form = `must be ${strictLevels.join(', ')}, or for one operation METHOD /path=LEVEL`;

const level = { enum: [...strictLevels] };

/** A level, a list of `LEVEL` and `METHOD /path=LEVEL` texts, or an object of levels by operation with `*` for all others. */
export const strictness: Parser<Strictness> = parser({ anyOf: [level, { type: 'object', additionalProperties: level }] }, (given) => {
  const entries = isObject(given) ? Object.entries(given) : (Array.isArray(given) ? given : [given]).map(entryOf);
  const levels: Record<string, StrictLevel> = {};
  for (const [operation, text] of entries) {
    const found = strictLevels.find((known) => known === text);
    if (found === undefined) return { problem: `${form}; not "${String(text)}"` };
    levels[operation] = found;
  }
  return { value: levels };
});

function entryOf(given: unknown): [operation: string, level: unknown] {
  const at = typeof given === 'string' ? given.lastIndexOf('=') : -1;
  return typeof given === 'string' && at > 0 ? [given.slice(0, at), given.slice(at + 1)] : ['*', given];
}
