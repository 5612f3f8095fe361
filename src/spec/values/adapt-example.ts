/** Makes a stated example fit for sending: one-way properties are left out and names are marked. */
import { isObject, type Json } from '../../lib/json.ts';
import { isOneWay, itemView, propertyNames, propertyView } from './children.ts';
import { isMail, isNaming } from './realistic-text.ts';
import type { Sampler } from './sampler.ts';
import type { SchemaView } from './schema-view.ts';
import { isFreeText, stringRules, type StringRules } from './string-rules.ts';

/** The example as it travels in the sampler's direction. */
export function adaptExample(sampler: Sampler, view: SchemaView, example: Json, name: string): Json {
  if (typeof example === 'string') return markedText(stringRules(view), view, example, name, sampler.options.prefix);
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

/** The text with the prefix before it, where the text is a free name and the rules allow it. */
export function markedText(rules: StringRules, view: SchemaView, text: string, name: string, prefix: string | undefined): string {
  if (prefix === undefined || prefix === '') return text;
  const mail = isMail(name) || rules.format?.value === 'email';
  if (!mail && !(isNaming(name) && (rules.format === undefined || isFreeText(view, rules)))) return text;
  const candidates = mail ? [`${prefix}-${text}`, `${prefix}@example.com`] : [`${prefix}-${text}`, `${prefix}_${text}`, `${prefix}${text}`];
  const cut = mail ? [] : [`${prefix}-${text}`.slice(0, Number.isFinite(rules.most) ? rules.most : undefined)];
  return [...candidates, ...cut, prefix].find((candidate) => rules.accepts(candidate)) ?? text;
}
