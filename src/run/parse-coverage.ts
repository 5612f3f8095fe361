/** Reads how much of each dimension a run has to cover. */
import { isObject } from '../lib/json.ts';
import type { CoverageGate } from '../report/coverage-gate.ts';
import { dimensions } from '../report/dimensions.ts';
import { parser, type Parser } from './parse-setting.ts';

const form = `must have the form DIMENSION=PERCENT, DIMENSION one of ${dimensions.join(', ')}, PERCENT from 0 to 100`;

const percentages = Object.fromEntries(dimensions.map((dimension) => [dimension, { type: 'number', minimum: 0, maximum: 100 }]));

/** An object of percentages by dimension, or texts such as `operation=100,status=80`. */
export const coverageGate: Parser<CoverageGate> = parser(
  { type: 'object', properties: percentages, additionalProperties: false },
  (given) => {
    const texts: readonly unknown[] = Array.isArray(given) ? given : [given];
    const entries = isObject(given)
      ? Object.entries(given)
      : texts.flatMap((text) => String(text).split(',')).map((text) => text.split('=').map((part) => part.trim()));
    const value: Record<string, number> = {};
    for (const [name = '', text = '', ...more] of entries) {
      const percent = text === '' ? NaN : Number(text);
      const isKnown = dimensions.some((dimension) => dimension === name);
      if (!isKnown || more.length > 0 || !(percent >= 0 && percent <= 100)) return { problem: `${form}; not "${name}=${String(text)}"` };
      value[name] = percent;
    }
    return { value };
  },
);
