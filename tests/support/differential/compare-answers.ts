/** Compares what two targets told: status, media type, headers that clients act on, and bodies up to identities, times and words for people. Pure. */
import { isObject, type Json } from '../../../src/lib/json.ts';
import { parseMediaType } from '../../../src/lib/media-type.ts';
import type { Told } from './tell-answers.ts';

/** One request that the two answer differently. */
export interface Difference {
  readonly operation: string;
  readonly scenario: string;
  readonly title: string;
  /** The first thing that differs, the model's side first: `status 200 → 404`, `body/items/0/name text → null`. */
  readonly what: string;
  /** The judge accuses the model's answer, and not the copy's: the copy keeps a promise that the model breaks. */
  readonly kept: boolean;
}

export interface Comparison {
  /** Requests that both were asked. */
  readonly compared: number;
  /** Those of them that are answered differently. */
  readonly differing: readonly Difference[];
  /** Requests that only one was asked, since what it had answered before led elsewhere. */
  readonly unpaired: readonly Difference[];
}

/** How a copy's answers differ from those of its model. */
export function compareAnswers(model: readonly Told[], copy: readonly Told[]): Comparison {
  const copies = Map.groupBy(copy, ({ scenario }) => scenario);
  const differing: Difference[] = [];
  const unpaired: Difference[] = [];
  let compared = 0;
  for (const [scenario, told] of Map.groupBy(model, (one) => one.scenario)) {
    const { pairs, left, right } = align(told, copies.get(scenario) ?? []);
    compared += pairs.length;
    for (const [one, other] of pairs) {
      const what = firstDifference(one, other);
      if (what !== undefined) differing.push(describe(one, what, one.accused && !other.accused));
    }
    unpaired.push(
      ...left.map((one) => describe(one, 'only the model was asked')),
      ...right.map((one) => describe(one, 'only the copy was asked')),
    );
  }
  return { compared, differing, unpaired };
}

function describe({ operation, scenario, title }: Told, what: string, kept = false): Difference {
  return { operation, scenario, title, what, kept };
}

interface Alignment {
  readonly pairs: readonly (readonly [Told, Told])[];
  readonly left: readonly Told[];
  readonly right: readonly Told[];
}

/** Pairs the requests of two courses of one scenario in order, as many as can be: their longest common subsequence. */
function align(left: readonly Told[], right: readonly Told[]): Alignment {
  const same = (one: Told, other: Told): boolean => one.operation === other.operation && one.title === other.title;
  const lengths = Array.from({ length: left.length + 1 }, () => Array.from({ length: right.length + 1 }, () => 0));
  const at = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      const [one, other, row] = [left[i], right[j], lengths[i]];
      if (one && other && row) row[j] = same(one, other) ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const pairs: [Told, Told][] = [];
  const only: { left: Told[]; right: Told[] } = { left: [], right: [] };
  for (let [i, j] = [0, 0]; i < left.length || j < right.length;) {
    const [one, other] = [left[i], right[j]];
    if (one && other && same(one, other)) {
      pairs.push([one, other]);
      i++;
      j++;
    } else if (one && (other === undefined || at(i + 1, j) >= at(i, j + 1))) only.left.push(left[i++] as Told);
    else only.right.push(right[j++] as Told);
  }
  return { pairs, ...only };
}

function firstDifference(model: Told, copy: Told): string | undefined {
  if (model.status !== copy.status) return `status ${model.status ?? 'none'} → ${copy.status ?? 'none'}`;
  return (
    unequal('media type', essence(model), essence(copy)) ??
    headerNames.map((name) => unequal(name, headerOf(model, name), headerOf(copy, name))).find(Boolean) ??
    unequal('body', presence(model), presence(copy)) ??
    valueDifference('body', model.json ?? null, copy.json ?? null, (model.status ?? 0) >= 400)
  );
}

function unequal(what: string, model: string, copy: string): string | undefined {
  return model === copy ? undefined : `${what} ${model} → ${copy}`;
}

function essence({ headers }: Told): string {
  const parsed = parseMediaType(headers['content-type'] ?? '');
  return parsed === undefined ? 'none' : `${parsed.type}/${parsed.subtype}`;
}

const headerNames = ['allow', 'www-authenticate', 'location', 'content-disposition', 'retry-after', 'etag'];

/** What a client acts on: the methods, HEAD aside, which requests of its own ask for; the scheme of a challenge; and whether the others are there. */
function headerOf({ headers }: Told, name: string): string {
  const value = headers[name];
  if (value === undefined) return 'absent';
  if (name === 'allow') {
    const methods = value.split(/ *, */).filter((method) => method !== 'HEAD');
    return methods.toSorted().join(', ');
  }
  return name === 'www-authenticate' ? (value.split(' ')[0] ?? '') : 'present';
}

function presence({ length }: Told): string {
  return length > 0 ? 'present' : 'empty';
}

/** The first place where two values differ; in a refusal only types and members count, since its words are for people. */
function valueDifference(where: string, model: Json, copy: Json, refusal: boolean): string | undefined {
  if (kindOf(model) !== kindOf(copy)) return unequal(where, kindOf(model), kindOf(copy));
  if (Array.isArray(model) && Array.isArray(copy)) return listDifference(where, byIdentity(model), byIdentity(copy), refusal);
  if (isObject(model) && isObject(copy)) {
    for (const name of new Set([...Object.keys(model), ...Object.keys(copy)])) {
      const [one, other] = [model[name], copy[name]];
      if (one === undefined || other === undefined)
        return unequal(`${where}/${name}`, one === undefined ? 'absent' : kindOf(one), other === undefined ? 'absent' : kindOf(other));
      const free = (refusal && freeMembers.has(name)) || (isIdentity(name) && kindOf(one) === kindOf(other));
      const difference = free ? undefined : valueDifference(`${where}/${name}`, one, other, refusal);
      if (difference !== undefined) return difference;
    }
    return undefined;
  }
  return refusal || kindOf(model) === 'time' ? undefined : unequal(where, shown(model), shown(copy));
}

function listDifference(where: string, model: readonly Json[], copy: readonly Json[], refusal: boolean): string | undefined {
  if (!refusal && model.length !== copy.length) return unequal(`${where} of items`, String(model.length), String(copy.length));
  for (const [index, one] of model.entries()) {
    const other = copy[index];
    const difference = other === undefined ? undefined : valueDifference(`${where}/${index}`, one, other, refusal);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

/** Items in the order of their creation: in which one they come is each target's own business. */
function byIdentity(items: readonly Json[]): readonly Json[] {
  const identity = (item: Json): number => (isObject(item) && typeof item['id'] === 'number' ? item['id'] : 0);
  return items.toSorted((one, other) => identity(one) - identity(other));
}

/** Members of a refusal that no schema describes. */
const freeMembers = new Set(['ctx', 'input']);

/** Names whose values are made up by each target on its own. */
function isIdentity(name: string): boolean {
  return /(?:^|_)id$/.test(name);
}

function kindOf(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'string') return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value) ? 'time' : 'text';
  return typeof value;
}

/** As JSON; runs of digits count for one, since courses that part number their things differently. */
function shown(value: Json): string {
  const text = typeof value === 'string' ? JSON.stringify(value.replaceAll(/\d+/g, '#')) : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
