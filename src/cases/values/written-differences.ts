/** Where what was written and what is read part, and how sure it is that they should not. Pure. */
import { isObject, member, type Json, type JsonObject } from '../../lib/json.ts';
import { joinPointer } from '../../lib/json-pointer.ts';
import type { Contract, SchemaPlace } from '../../spec/contract.ts';
import { isSameJson } from '../../lib/same-json.ts';
import { itemsOf } from '../../spec/properties.ts';
import { nameWords } from '../../lib/names.ts';
import { fieldsOf } from '../inference/representation.ts';
import { losesOffset, scalarDifference } from './scalar-differences.ts';

/** One place that parts. */
export interface Difference {
  /** JSON Pointer into the written value. */
  readonly at: string;
  readonly written: Json;
  readonly read: Json | undefined;
  readonly confidence: 'certain' | 'likely';
}

/** What is known of both sides. */
export interface Comparison {
  readonly contract: Contract;
  /** Names of top-level members that are known to come back as they went. */
  readonly proven: ReadonlySet<string>;
  /** Names that the server fills whatever is written, such as the identifier. */
  readonly owned: ReadonlySet<string>;
}

/** A place in both schemas: `same` when one schema describes both. */
interface Sides {
  readonly write: SchemaPlace | undefined;
  readonly read: SchemaPlace | undefined;
  readonly same: boolean;
  readonly proven: boolean;
}

/** Members that servers fill by their own lights: only a control tells that they do not. */
const assigned =
  /^(?:id|uuid|guid|created|updated|modified|changed|version|etag|revision|timestamp|last|expires?|seen|accessed|at|date|time|status|state|owner|creator|author|by|count|total|size|checksum|hash|token|slug|href|self|links?|url)$/;
const secret = /^(?:password|passphrase|secret|token|credentials?|pin|cvv)$/;

/** Whether a name is one whose value servers set by their own lights. */
export function isAssigned(name: string): boolean {
  return nameWords(name).some((word) => assigned.test(word));
}

/** Every difference between a written object and what came of it; members that only one side's schema names, and those of the server, are left out. */
export function writtenDifferences(
  comparison: Comparison,
  written: JsonObject,
  read: JsonObject,
  write: SchemaPlace,
  shown: SchemaPlace,
): readonly Difference[] {
  return [...objectDifferences(comparison, written, read, sidesOf(comparison, write, shown, { same: false, proven: false }), '')];
}

function sidesOf(
  { contract }: Comparison,
  write: SchemaPlace | undefined,
  read: SchemaPlace | undefined,
  above: Pick<Sides, 'same' | 'proven'>,
): Sides {
  const [out, back] = [write, read].map((place) => place && contract.resolve(place));
  const same =
    above.same ||
    (out !== undefined &&
      back !== undefined &&
      (out.pointer === back.pointer || isSameJson(unexplained(out.schema), unexplained(back.schema))));
  return { write, read, same, proven: above.proven };
}

/** A schema without what it tells people. */
function unexplained(schema: SchemaPlace['schema']): Json {
  if (!isObject(schema)) return schema;
  const { title: _, description: _d, example: _e, examples: _x, ...rules } = schema;
  return rules;
}

function* objectDifferences(
  comparison: Comparison,
  written: JsonObject,
  came: JsonObject,
  sides: Sides,
  at: string,
): Generator<Difference> {
  const { contract, proven, owned } = comparison;
  const [write, read] = [sides.write, sides.read].map((place) => (place ? fieldsOf(contract, place) : new Map<string, SchemaPlace>()));
  if (!write || !read) return;
  for (const [name, value] of Object.entries(written)) {
    const [out, back] = [write.get(name) ?? additional(contract, sides.write), read.get(name) ?? additional(contract, sides.read)];
    if (!out || !back || write.has(name) !== read.has(name) || isHidden(contract, out, name) || isHidden(contract, back, name)) continue;
    if (at === '' && owned.has(name)) continue;
    const known = sides.proven || (at === '' && proven.has(name)) || losesOffset(value, member(came, name));
    // beside a type of JSON:API it names another thing: that is the writer's choice
    const refers = name === 'id' && at.endsWith('/data') && typeof written['type'] === 'string';
    if (write.has(name) && isAssigned(name) && !known && !refers) continue;
    const inner = sidesOf(comparison, out, back, { same: sides.same, proven: known });
    yield* valueDifferences(comparison, value, member(came, name), { ...inner, same: inner.same || sides.same }, joinPointer(at, name));
  }
}

/** Whether a member names another thing, which is answered: what else was written of it may be that thing's own. */
function namesAnother(written: JsonObject, came: JsonObject, at: string): boolean {
  const isItem = /\/\d+$/.test(at);
  return at !== '' && !isItem && ['id', 'uuid', 'guid'].some((name) => written[name] !== undefined && written[name] === came[name]);
}

/** Whether two items name the same other thing: a server may well make one of them. */
function namesOneTwice(items: readonly Json[]): boolean {
  const names = items.flatMap((item) =>
    Object.entries(isObject(item) ? item : {}).filter(([name]) => referring.test(nameWords(name).at(-1) ?? '')),
  );
  const told = names.map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  return new Set(told).size < told.length;
}

const referring = /^(?:id|uuid|key|ref|code|sku)$/;

/** The schema of further members, where a map has one. */
export function additional(contract: Contract, place: SchemaPlace | undefined): SchemaPlace | undefined {
  if (!place) return undefined;
  const resolved = contract.resolve(place);
  const schema = member(resolved.schema, 'additionalProperties');
  return isObject(schema) ? { pointer: joinPointer(resolved.pointer, 'additionalProperties'), schema } : undefined;
}

function isHidden(contract: Contract, place: SchemaPlace, name: string): boolean {
  const { schema } = contract.resolve(place);
  const marked = [place.schema, schema].some((one) => member(one, 'readOnly') === true || member(one, 'writeOnly') === true);
  return marked || member(schema, 'format') === 'password' || nameWords(name).some((word) => secret.test(word));
}

function* valueDifferences(comparison: Comparison, written: Json, came: Json | undefined, sides: Sides, at: string): Generator<Difference> {
  const part = (sure: boolean): Difference => ({
    at,
    written,
    read: came,
    confidence: sure && (sides.same || sides.proven) ? 'certain' : 'likely',
  });
  if (written === null) {
    // where the schemas differ, null may well mean: leave it, or the default
    if (sides.same && came !== null && came !== undefined) yield part(true);
  } else if (came === null || came === undefined) {
    // an empty text is nothing to many a server; many serialisers leave out what is empty
    if (written !== '' || came === null) yield part(written !== '' && (came === null || !isEmpty(written)));
  } else if (Array.isArray(written) && Array.isArray(came)) yield* listDifferences(comparison, written, came, sides, at, part);
  else if (isObject(written) && isObject(came)) {
    const inner = objectDifferences(comparison, written, came, sides, at);
    yield* namesAnother(written, came, at) ? inner.map((difference) => ({ ...difference, confidence: 'likely' as const })) : inner;
  } else {
    const found = scalarDifference(
      written,
      came,
      sides.write ? comparison.contract.resolve(sides.write).schema : {},
      at.split('/').at(-1) ?? '',
    );
    // an empty text is often read as none at all, which has a default
    if (found) yield part(found === 'plain' && written !== '');
  }
}

function isEmpty(value: Json): boolean {
  return value === 0 || value === false || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
}

function* listDifferences(
  comparison: Comparison,
  written: readonly Json[],
  came: readonly Json[],
  sides: Sides,
  at: string,
  part: (sure: boolean) => Difference,
): Generator<Difference> {
  const { contract } = comparison;
  const [write, read] = [sides.write, sides.read].map((place) => place && itemsOf(contract, place));
  const inner = sidesOf(comparison, write, read, sides);
  const differences = (one: Json, other: Json | undefined, index: number): Difference[] => [
    ...valueDifferences(comparison, one, other, inner, joinPointer(at, index)),
  ];
  const isSet = sides.write !== undefined && member(contract.resolve(sides.write).schema, 'uniqueItems') === true;
  const found = (one: Json): boolean => came.some((other, index) => differences(one, other, index).length === 0);
  if (written.length !== came.length) {
    // the same things once each: kept as a set
    const asSet =
      came.length < written.length && written.every(found) && new Set(written.map((item) => JSON.stringify(item))).size < written.length;
    yield part(!asSet && !namesOneTwice(written));
    return;
  }
  const parted = written.flatMap((item, index) => differences(item, came[index], index));
  if (parted.length === 0) return;
  if (written.every(found)) yield part(!isSet);
  else yield* parted;
}
