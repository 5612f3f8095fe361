/** Makes a stated example fit for sending: one-way properties are left out and names are marked. */
import { isObject, type Json } from '../../lib/json.ts';
import { isOneWay, itemView, propertyNames, propertyView } from './children.ts';
import { isMail, isNaming } from './realistic-text.ts';
import type { Sampler } from './sampler.ts';
import type { SchemaView } from './schema-view.ts';
import { isFreeText, stringRules, type StringRules } from './string-rules.ts';
import type { ValueOptions } from './value-options.ts';

/** The example as it travels in the sampler's direction. */
export function adaptExample(sampler: Pick<Sampler, 'contract' | 'options'>, view: SchemaView, example: Json, name: string): Json {
  if (typeof example === 'string') return markedText(stringRules(view), view, example, name, sampler.options);
  if (Array.isArray(example))
    return example.map((entry: Json, index) => adaptExample(sampler, itemView(sampler.contract, view, index), entry, name));
  if (!isObject(example)) return example;
  const known = new Set(propertyNames(view));
  const entries = Object.entries(example).flatMap(([key, value]): [string, Json][] => {
    const property = propertyView(sampler.contract, view, key);
    if (known.has(key) && isOneWay(property, sampler.options.direction)) return [];
    return [[key, adaptExample(sampler, property, value, key)]];
  });
  return Object.fromEntries(entries);
}

/** The text with mark and prefix before it, or the prefix alone, where the text is a free name and the rules allow it. */
export function markedText(
  rules: StringRules,
  view: SchemaView,
  text: string,
  name: string,
  options: Pick<ValueOptions, 'prefix' | 'mark'>,
): string {
  const { prefix = '', mark = '' } = options;
  if (prefix === '') return text;
  const mail = isMail(name) || rules.format?.value === 'email';
  if (!mail && !(isNaming(name) && (rules.format === undefined || isFreeText(view, rules)))) return text;
  const candidates = new Set([`${mark}${prefix}`, prefix]).values().flatMap((start) => {
    if (mail) return [`${start}-${text}`, `${start}@example.com`, start];
    const cut = `${start}-${text}`.slice(0, Number.isFinite(rules.most) ? Math.max(rules.most, start.length) : undefined);
    return [`${start}-${text}`, `${start}_${text}`, `${start}${text}`, cut, start];
  });
  return candidates.find((candidate) => rules.accepts(candidate)) ?? text;
}
