/** Arbitraries of objects: which properties are there, and what they hold. */
import * as fc from 'fast-check';
import { isObject, type Json } from '../../lib/json.ts';
import { once } from '../../lib/once.ts';
import { readPattern } from '../bounded-pattern.ts';
import type { Growth, Spot } from './arbitrary-value.ts';
import { dependentNames, isOneWay, propertyNames, propertyView, requiredNames } from './children.ts';
import { matching } from './pattern-strings.ts';
import { propertyLimits } from './sample-object.ts';
import { keywordsOf, placeAt, viewOf, type SchemaView } from './schema-view.ts';

type Entry = readonly [name: string, value: Json];

/** Optional properties are made down to this depth, deeper only where they have to be. */
const generousDepth = 5;
/** Properties beyond the named ones and those that have to be there. */
const mostFurther = 3;

/** Objects of the view; undefined when a required property cannot be made. */
export function arbitraryObject(growth: Growth, view: SchemaView, spot: Spot): fc.Arbitrary<Json> | undefined {
  const { least, most } = propertyLimits(view);
  const required = withDependents(view);
  const generous = spot.depth < generousDepth || least > required.size;
  const values = new Map<string, fc.Arbitrary<Json>>();
  for (const name of new Set([...required, ...(generous ? propertyNames(view) : [])])) {
    const property = propertyView(growth.contract, view, name);
    if (isOneWay(property, growth.options.direction)) continue;
    const value = growth.grow(property, { ...spot, name, depth: spot.depth + 1 });
    if (value !== undefined) values.set(name, value);
    else if (required.has(name)) return undefined;
  }
  const needed = [...values.keys()].filter((name) => required.has(name));
  const optional = [...values.keys()].filter((name) => !required.has(name));
  if (needed.length > most) return undefined;
  const lacking = Math.max(0, least - needed.length);
  const room = Math.min(optional.length, most - needed.length);
  const chosen = fc.subarray(optional, { minLength: Math.min(lacking, room), maxLength: room });
  const entries = fc.tuple(...[...values].map(([name, value]) => value.map((made): Entry => [name, made])));
  const further = generous ? furtherEntries(growth, view, spot, { lacking: lacking - room, room: most - values.size }) : undefined;
  return fc.tuple(chosen, entries, further ?? fc.constant([])).map(([names, made, others]) => {
    const present = made.filter(([name]) => required.has(name) || names.includes(name));
    return Object.fromEntries([...withoutLonely(view, present), ...others]);
  });
}

/** The required names and what has to come with them. */
function withDependents(view: SchemaView): ReadonlySet<string> {
  const names = new Set(requiredNames(view).keys());
  // a set that grows while it is walked is walked to its end
  for (const name of names) for (const dependent of dependentNames(view, name)) names.add(dependent);
  return names;
}

/** The entries without those that may not be there without another one. */
function withoutLonely(view: SchemaView, entries: readonly Entry[]): readonly Entry[] {
  const present = new Set(entries.map(([name]) => name));
  const kept = entries.filter(([name]) => dependentNames(view, name).every((other) => present.has(other)));
  return kept.length === entries.length ? kept : withoutLonely(view, kept);
}

/** Properties that the schema does not name but invites. */
function furtherEntries(
  growth: Growth,
  view: SchemaView,
  spot: Spot,
  { lacking, room }: { readonly lacking: number; readonly room: number },
): fc.Arbitrary<readonly Entry[]> | undefined {
  const most = Math.min(room, Math.max(lacking, mostFurther));
  if (most <= 0) return undefined;
  const kinds = [...patternedEntries(growth, view, spot), ...openEntries(growth, view, spot, lacking > 0)];
  return kinds.length > 0 ? fc.array(fc.oneof(...kinds), { minLength: Math.max(0, lacking), maxLength: most }) : undefined;
}

function patternedEntries(growth: Growth, view: SchemaView, spot: Spot): fc.Arbitrary<Entry>[] {
  return keywordsOf(view, 'patternProperties').flatMap(({ value: patterns }) =>
    Object.keys(isObject(patterns) ? patterns : {}).flatMap((pattern) => {
      const expression = readPattern(pattern);
      return entriesOf(growth, view, spot, expression && matching(expression));
    }),
  );
}

/** Where any name may come: those of `propertyNames`, else plain ones. */
function openEntries(growth: Growth, view: SchemaView, spot: Spot, needed: boolean): fc.Arbitrary<Entry>[] {
  const invitations = [...keywordsOf(view, 'additionalProperties'), ...keywordsOf(view, 'unevaluatedProperties')];
  const isInvited = invitations.some(({ value }) => isObject(value) || (value === true && growth.options.tame !== true));
  if (!isInvited && !needed) return [];
  const naming = keywordsOf(view, 'propertyNames').map(({ value, pointer }) => placeAt(pointer, value));
  if (naming.length === 0) return entriesOf(growth, view, spot, plainNames());
  const text = { pointer: '', schema: { type: 'string' } };
  return entriesOf(growth, view, spot, growth.grow(viewOf(growth.contract, [...naming, text]), { ...spot, name: 'key' })?.map(String));
}

/** Building a generator from an expression takes milliseconds. */
const plainNames = once(() => fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/));

/** Entries with such names, which the schema names none of; what holds for one of them is taken for what holds for all. */
function entriesOf(growth: Growth, view: SchemaView, spot: Spot, names: fc.Arbitrary<string> | undefined): fc.Arbitrary<Entry>[] {
  if (names === undefined) return [];
  const known = new Set(propertyNames(view));
  const [example] = fc.sample(names, { seed: 1, numRuns: 20 }).filter((name) => !known.has(name));
  if (example === undefined) return [];
  const value = growth.grow(propertyView(growth.contract, view, example), { ...spot, name: example, depth: spot.depth + 1 });
  return value ? [fc.tuple(names, value)] : [];
}
