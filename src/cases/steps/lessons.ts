/** Makes of a refused request one that does what the refusal asks for. Pure. */
import { isObject, type Json, type JsonObject } from '../../lib/json.ts';
import { joinPointer, valueAt } from '../../lib/json-pointer.ts';
import { isSameJson } from '../../lib/same-json.ts';
import type { Contract, Operation, SchemaPlace } from '../../spec/contract.ts';
import { propertiesOf } from '../../spec/properties.ts';
import { requiredNames } from '../../spec/values/children.ts';
import { sampleValue } from '../../spec/values/sample-value.ts';
import { viewOf } from '../../spec/values/schema-view.ts';
import { validValues } from '../../spec/values/valid-values.ts';
import type { Answer, ParameterValue, RequestPlan } from '../case.ts';
import { choicesIn, complaintsIn, echoesIn, type Complaint } from '../complaints.ts';
import { isCalledAbsent, isRefusal } from '../expectations.ts';
import { taughtParameters } from './parameter-lessons.ts';
import { referencesIn, resourceCalled } from '../inference/references.ts';
import { preferredBody, sampling } from '../planning.ts';
import type { Scope } from './scope.ts';
import { keptKey, uniqueValue } from './unique-names.ts';

/** Remembers a refusal that teaches something: the operation's bodies and parameters heed it from then on. False where it teaches nothing that the document allows. */
export function learn(scope: Scope, request: RequestPlan, refusal: Answer): boolean {
  const { operation, body } = request;
  const absent = refusal.status === 404;
  if (!(isRefusal(refusal) || refusal.status === 409 || absent)) return false;
  const values = taughtParameters(scope.planning.contract, request, refusal);
  for (const parameter of values) scope.choices.set(choiceKey(operation, parameter), parameter.value);
  const sent = absent ? undefined : body?.value;
  const complaints = sent === undefined ? [] : complaintsAbout(scope, operation, sent, refusal);
  if (sent === undefined || isSameJson(taughtBody(scope, operation, sent, complaints), sent)) return values.length > 0;
  scope.complaints.set(operation.id, [...(scope.complaints.get(operation.id) ?? []), complaints]);
  return true;
}

/**
 * Has the operation's bodies begin with no more than the document requires, for a refusal that teaches nothing, or a crash: what is missed then, the next ones tell.
 * False where they do so already, or hold no more.
 */
export function beginWithLeast(scope: Scope, { operation, body }: RequestPlan, refusal: Answer): boolean {
  const isCrash = (refusal.status ?? 0) >= 500;
  if ((!isRefusal(refusal) && !isCrash) || scope.least.has(operation.id) || !isObject(body?.value)) return false;
  if (isSameJson(leastBody(scope, operation, body.value), body.value)) return false;
  scope.least.add(operation.id);
  // what they said was of what is left out now
  scope.complaints.delete(operation.id);
  return true;
}

/**
 * Has the operation's bodies name things that exist in members that are called as such things are, for what the API cannot use as it is: it may look them up.
 * False where they do so already, or have no such member.
 */
export function referToCalled({ planning, called }: Scope, { operation, body }: RequestPlan, { status = 0 }: Answer): boolean {
  const isUnusable = status === 400 || status === 404 || status === 409 || status === 422 || status >= 500;
  if (!isUnusable || called.has(operation.id) || body?.value === undefined) return false;
  const plainly = new Set(referencesIn(planning, operation, body.value).map(({ pointer }) => pointer));
  if (referencesIn(planning, operation, body.value, resourceCalled).every(({ pointer }) => plainly.has(pointer))) return false;
  called.add(operation.id);
  return true;
}

/**
 * Has a body name what exists where a refusal says that what it names does not: things of the API in members that are called as they are, else the document's own values.
 * False where the refusal says nothing of the kind, or the bodies do so already.
 */
export function nameWhatExists(scope: Scope, request: RequestPlan, refusal: Answer): boolean {
  const { operation, body } = request;
  const value = body?.value;
  const absent = textsIn(value).filter((text) => isCalledAbsent(text, refusal));
  if (absent.length === 0) return false;
  if (referToCalled(scope, request, refusal)) return true;
  const keys = Object.entries(isObject(value) ? value : {}).flatMap(([name, inner]) =>
    typeof inner === 'string' && absent.includes(inner) ? [keptKey(operation, name)] : [],
  );
  const fresh = keys.filter((key) => !scope.kept.has(key));
  for (const key of fresh) scope.kept.add(key);
  return fresh.length > 0;
}

/** Every text of a body, at any depth: each may name a thing. */
export function textsIn(value: Json | undefined): readonly string[] {
  if (typeof value === 'string') return value.length > 2 ? [value] : [];
  const inner: readonly Json[] = Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [];
  return inner.flatMap(textsIn);
}

/** The request as the refusals so far ask for it. */
export function heeded(scope: Scope, request: RequestPlan): RequestPlan {
  const { operation, body } = request;
  const parameters = request.parameters.map((parameter) => {
    const choice = scope.choices.get(choiceKey(operation, parameter));
    return choice === undefined ? parameter : { ...parameter, value: choice };
  });
  if (body?.value === undefined) return { ...request, parameters };
  const complaints = scope.complaints.get(operation.id) ?? [];
  const first = scope.least.has(operation.id) ? leastBody(scope, operation, body.value) : body.value;
  const value = complaints.reduce((better, told) => taughtBody(scope, operation, better, told), first);
  return { ...request, parameters, body: { ...body, value } };
}

function choiceKey({ id }: Operation, { in: place, name }: ParameterValue): string {
  return `${id} ${place} ${name}`;
}

/** What the refusal says of the body's members; where it names none, of the one whose value it repeats. */
function complaintsAbout(scope: Scope, operation: Operation, body: Json, { json }: Answer): readonly Complaint[] {
  const schema = preferredBody(operation)?.schema;
  if (!schema || !isObject(body)) return [];
  const named = complaintsIn(json, [...propertiesOf(scope.planning.contract, schema).keys()]);
  return (named.length > 0 ? named : echoesIn(json, body)).map((complaint) => {
    const refused = valueAt(body, joinPointer('', ...complaint.path));
    return isObject(refused) ? { ...complaint, refused } : complaint;
  });
}

function taughtBody(scope: Scope, operation: Operation, body: Json, complaints: readonly Complaint[]): Json {
  const schema = preferredBody(operation)?.schema;
  if (!schema || !isObject(body)) return body;
  const taught = complaints.reduce((better, complaint) => heed(scope, schema, better, complaint, complaint.path), body);
  return scope.planning.contract.validators.validate(schema, taught, 'request').kind === 'valid' ? taught : body;
}

/** The body without what may be left out, but for the members that are to be kept. */
export function leastBody({ planning: { contract } }: Scope, operation: Operation, body: Json, ...kept: readonly string[]): Json {
  const schema = preferredBody(operation)?.schema;
  if (!schema || !isObject(body)) return body;
  const needed = requiredNames(viewOf(contract, [schema]));
  const least = Object.fromEntries(Object.entries(body).filter(([name]) => needed.has(name) || kept.includes(name)));
  return fits(contract, schema, least) ? least : body;
}

function heed(scope: Scope, place: SchemaPlace, body: JsonObject, complaint: Complaint, path: readonly string[]): JsonObject {
  const { contract } = scope.planning;
  const properties = propertiesOf(contract, place);
  const [name = '', ...deeper] = path;
  const property = properties.get(name);
  if (!property) return body;
  const value = body[name];
  if (deeper.length > 0 && isObject(value)) {
    const form = formsOf(contract, property).find((one) => fits(contract, one, value));
    return { ...body, [name]: heed(scope, form ?? property, value, complaint, deeper) };
  }
  // it was said of another alternative
  if (complaint.refused && value !== undefined && !isSameForm(contract, property, complaint.refused, value)) return body;
  const better = wishes(scope, property, name, value, complaint.words).find(
    (wish) => wish !== undefined && (value === undefined || !isSameJson(wish, value)) && fits(contract, property, wish),
  );
  if (better !== undefined) return { ...body, [name]: better };
  // what nobody can mend is left out, where it may be
  const isNeeded = value === undefined || requiredNames(viewOf(contract, [place])).has(name);
  return isNeeded ? body : Object.fromEntries(Object.entries(body).filter(([member]) => member !== name));
}

/** Values that may be what the words ask for, the likeliest first. */
function wishes(scope: Scope, place: SchemaPlace, name: string, value: Json | undefined, words: string): readonly (Json | undefined)[] {
  const fresh = (): Json | undefined => sampleValue(scope.planning.contract, place, sampling(scope.planning, scope.variant++, name));
  if (value === undefined || value === null || value === '')
    return [...choicesIn(words), ...formsIn(words), ...resized(fresh() ?? '', words), fresh()];
  if (/taken|already|unique|duplicate|in use|exists/i.test(words)) return [uniqueValue(scope, place, value), fresh()];
  if (isObject(value)) return otherForms(scope, place, name, value);
  // what stands in quotes may be an example of it
  if (/\bjson\b/i.test(words)) return ['{}'];
  return [...resized(value, words), ...choicesIn(words), ...formsIn(words)];
}

function fits(contract: Contract, place: SchemaPlace, value: Json): boolean {
  return contract.validators.validate(place, value, 'request').kind === 'valid';
}

/** The alternatives of the unions of a schema. */
function formsOf(contract: Contract, place: SchemaPlace): readonly SchemaPlace[] {
  return viewOf(contract, [place]).unions.flatMap(({ branches }) => branches.flatMap(({ places }) => places.slice(0, 1)));
}

/** Whether the two are of the same alternatives of the schema's unions. */
function isSameForm(contract: Contract, place: SchemaPlace, left: Json, right: Json): boolean {
  return formsOf(contract, place).every((form) => fits(contract, form, left) === fits(contract, form, right));
}

/** Values of the alternatives that the value is none of. */
function otherForms({ planning }: Scope, place: SchemaPlace, name: string, value: Json): readonly Json[] {
  const { contract } = planning;
  if (formsOf(contract, place).length < 2) return [];
  const valid = validValues(contract, place, sampling(planning, 0, name));
  return valid.flatMap(({ value: one, at }) => (at === '' && !isSameForm(contract, place, one, value) ? [one] : []));
}

const number = String.raw`(-?\d+(?:\.\d+)?)`;
const least = new RegExp(
  String.raw`(?:at least|min(?:imum)?(?: (?:length|items|size|value))?(?: is| of)?|longer than or equal to|greater than or equal to|not be less than|no less than|>=|\bge)[ :]*${number}`,
  'i',
);
const above = new RegExp(String.raw`(?:(?:greater|larger|more|longer) than|\bgt|exclusive minimum|>)[ :]*${number}`, 'i');
const most = new RegExp(
  String.raw`(?:at most|max(?:imum)?(?: (?:length|items|size|value))?(?: is| of)?|shorter than or equal to|less than or equal to|not be (?:greater|more) than|no more than|not exceed|up to|<=|\ble)[ :]*${number}`,
  'i',
);
const below = new RegExp(String.raw`(?:(?:less|smaller|fewer|shorter) than|\blt|exclusive maximum|<)[ :]*${number}`, 'i');
const between = new RegExp(String.raw`between ${number} and ${number}`, 'i');

/** The value made as large as the words ask for: a text or list by its length, a number by itself. */
function resized(value: Json, words: string): readonly Json[] {
  const bound = (pattern: RegExp, offset: number, group = 1): number[] => {
    const found = pattern.exec(words)?.[group];
    return found === undefined ? [] : [Number(found) + offset];
  };
  const sizes = [...bound(between, 0), ...bound(least, 0), ...bound(above, 1), ...bound(most, 0), ...bound(below, -1)];
  if (typeof value === 'number')
    return [...sizes, ...(/positive/i.test(words) ? [1] : []), ...(/whole|integer/i.test(words) ? [Math.round(value)] : [])];
  const lengths = sizes.filter((size) => Number.isInteger(size) && size > 0 && size <= 10_000);
  if (typeof value === 'string' && value !== '') return lengths.map((length) => value.padEnd(length, value).slice(0, length));
  if (!Array.isArray(value) || value.length === 0) return [];
  const items: readonly Json[] = value;
  return lengths.map((length) => Array.from({ length }, (_, index) => items[index % items.length] ?? null));
}

const forms: readonly (readonly [pattern: RegExp, value: string])[] = [
  [/e-?mail/i, 'someone@example.com'],
  [/\burl\b|\buri\b|\blink\b/i, 'https://example.com/'],
  [/\buuid\b|\bguid\b/i, '6f1c2a3e-8d4b-4c5a-9e7f-0a1b2c3d4e5f'],
  [/date[- ]?time|timestamp|iso ?8601/i, '2030-01-02T03:04:05Z'],
  [/\bdate\b/i, '2030-01-02'],
  [/phone/i, '+14155550123'],
  [/\b(?:upper-?case|capital letter|special character|symbol)/i, 'Qx7!tamper-Lane42'],
  [/\bipv?4?\b/i, '192.0.2.1'],
];

/** Texts of the form that the words name. */
const formsIn = (words: string): readonly string[] => forms.filter(([pattern]) => pattern.test(words)).map(([, value]) => value);
