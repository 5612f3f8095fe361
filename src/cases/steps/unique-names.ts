/** Values that have to be unique among things, made so: names by a number at their end, notations letter by letter. Pure. */
import { isObject, type Json, type JsonObject } from '../../lib/json.ts';
import type { Contract, Operation, SchemaPlace } from '../../spec/contract.ts';
import { descriptionOf, propertiesOf } from '../../spec/properties.ts';
import { viewOf } from '../../spec/values/schema-view.ts';
import { exampleValues } from '../../spec/values/stated-values.ts';
import { nameWords, pathSegments, plainName, segmentParameter } from '../../lib/names.ts';
import { bodyFields } from '../inference/body-fields.ts';
import { resourceCalled } from '../inference/references.ts';
import type { BodyValue, RequestPlan } from '../case.ts';
import { preferredBody } from '../planning.ts';
import type { Scope } from './scope.ts';

const naming = new Set([
  'identifier',
  'name',
  'slug',
  'key',
  'code',
  'username',
  'login',
  'label',
  'title',
  'email',
  'handle',
  'sku',
  'reference',
  'number',
  'serial',
  'barcode',
  'isbn',
  'ean',
  'iban',
  'vin',
  'plate',
]);

/** The body with names of its own: for to be sent beside one that was sent before. */
export function renamedBody(scope: Scope, operation: Operation, body: BodyValue): BodyValue {
  return body.value === undefined ? body : { ...body, value: withUniqueNames(scope, operation, body.value) };
}

/** The request with names of its own in its body. */
export function renamedRequest(scope: Scope, request: RequestPlan): RequestPlan {
  return request.body ? { ...request, body: renamedBody(scope, request.operation, request.body) } : request;
}

/** What names a thing is made different from what the scenario sent before, where the schema lets it: names are often unique. */
export function withUniqueNames(scope: Scope, operation: Operation, ordinary: Json, except: ReadonlySet<string> = new Set()): Json {
  const schema = preferredBody(operation)?.schema;
  if (!isObject(ordinary) || !schema) return ordinary;
  const { contract, resources } = scope.planning;
  const within = bodyFields(contract, schema);
  const body = within.with(ordinary, keptValues(scope, operation, within.places));
  const members = within.of(body);
  const addressed = new Set(operation.parameters.filter((one) => one.in === 'path').map(({ name }) => plainName(name)));
  const fits = (value: Json): boolean => contract.validators.validate(schema, value, 'request').kind === 'valid';
  const names = Object.entries(members).flatMap(([name, value]): [name: string, value: string][] => {
    if (typeof value !== 'string' || except.has(name) || scope.kept.has(keptKey(operation, name))) return [];
    const plain = plainName(name);
    const unique = addressing(contract, operation).has(plain) || isUnique(contract, name, within.places.get(name));
    const referred = scope.called.has(operation.id)
      ? resourceCalled(scope.planning, operation, '', name)
      : resources.ofMember(operation, name);
    return !unique || addressed.has(plain) || referred !== undefined ? [] : [[name, value]];
  });
  const number = scope.variant++;
  if (names.length === 0) return body;
  const first = within.with(body, Object.fromEntries(names.map(([name, value]) => [name, marked(value, number)])));
  if (fits(first)) return first;
  // other names do not mend what is wrong elsewhere
  if (!fits(body)) return body;
  let unique: JsonObject = body;
  for (const [name, value] of names) {
    const before = unique;
    unique =
      otherNames(value, number)
        .map((text) => within.with(before, { [name]: text }))
        .find(fits) ?? before;
  }
  return unique;
}

/** The document's own values of the members that keep them. */
function keptValues({ planning, kept }: Scope, operation: Operation, places: ReadonlyMap<string, SchemaPlace>): JsonObject {
  const own = [...places].flatMap(([name, place]): [string, Json][] => {
    const [example] = kept.has(keptKey(operation, name)) ? exampleValues(viewOf(planning.contract, [place])) : [];
    return example === undefined ? [] : [[name, example]];
  });
  return Object.fromEntries(own);
}

/** Under which it is remembered that a member keeps the document's own value. */
export const keptKey = ({ id }: Operation, name: string): string => `${id} ${name}`;

/** An identifier that the client chooses, made different from what the scenario sent before; the value itself where the schema has no other. */
export function uniqueValue(scope: Scope, place: SchemaPlace, value: Json): Json {
  const number = scope.variant++;
  const others = typeof value === 'string' ? otherNames(value, number) : typeof value === 'number' ? [value + number] : [];
  return others.find((one) => scope.planning.contract.validators.validate(place, one, 'request').kind === 'valid') ?? value;
}

/** Whether a property says of itself that it is unique, or has a name that often is. */
export function isUnique(contract: Contract, name: string, place: SchemaPlace | undefined): boolean {
  return nameWords(name).some((word) => naming.has(word)) || (place !== undefined && /\bunique\b/i.test(descriptionOf(contract, place)));
}

/** Remembered: it is asked for every body, and a document has many paths. */
const endings = new WeakMap<Operation, ReadonlySet<string>>();

/** Plain names of members by which what the operation makes is addressed in the end: `nameserver` where there is `/primaries/{ip}/{nameserver}`, `value` and not `type` where `/tags/{type}/{value}` names a tag by both. */
function addressing(contract: Contract, operation: Operation): ReadonlySet<string> {
  const known = endings.get(operation);
  if (known) return known;
  const schema = preferredBody(operation)?.schema;
  const members = new Set(schema ? [...propertiesOf(contract, schema).keys()].map(plainName) : []);
  const below = contract.operations.map(({ path }) => path).filter((path) => path.startsWith(`${operation.path}/{`));
  const isShared = (path: string): boolean =>
    below.some((other) => other.lastIndexOf('/{') === path.length && other.startsWith(path) && members.has(lastName(other)));
  const found = new Set(below.filter((path) => !isShared(path)).map(lastName));
  found.delete('');
  endings.set(operation, found);
  return found;
}

/** The plain name of the parameter that a path ends with; empty where it ends with none. */
function lastName(path: string): string {
  return plainName(segmentParameter(pathSegments(path).at(-1) ?? '') ?? '');
}

/** The name with a number, marked by it or respelled to its length and form. */
export function otherNames(value: string, number: number): readonly [string, string] {
  return [marked(value, number), respelled(value, number)];
}

/** An ending, of a file or a host, stays: `report-7.pdf`. */
function marked(value: string, number: number): string {
  if (value.includes('@')) return value.replace('@', `.${number}@`);
  const [, name = value, ending = ''] = /^(\S*?[a-z](?:-\d+)?)(\.[a-z]\S*)$/i.exec(value) ?? [];
  return `${name.replace(/-\d+$/, '')}-${number}${ending}`;
}

/** The number written into the text from its end, each digit or letter staying one of its kind: `GD-1` is `GQ-7`, as long and of the same form. */
function respelled(value: string, number: number): string {
  let rest = number;
  const turned = (letter: string, first: string, base: number): string => {
    const digit = rest % base;
    rest = Math.floor(rest / base);
    return String.fromCharCode(first.charCodeAt(0) + ((letter.charCodeAt(0) - first.charCodeAt(0) + digit) % base));
  };
  return [...value]
    .toReversed()
    .map((letter) =>
      /[0-9]/.test(letter)
        ? turned(letter, '0', 10)
        : /[a-z]/.test(letter)
          ? turned(letter, 'a', 26)
          : /[A-Z]/.test(letter)
            ? turned(letter, 'A', 26)
            : letter,
    )
    .toReversed()
    .join('');
}
