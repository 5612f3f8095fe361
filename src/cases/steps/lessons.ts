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
import { isRefusal } from '../expectations.ts';
import { taughtParameters } from './parameter-lessons.ts';
import { preferredBody, sampling } from '../planning.ts';
import type { Scope } from './scope.ts';
import { uniqueValue } from './unique-names.ts';

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
 * Has the operation's bodies begin with no more than the document requires, for a refusal that teaches nothing: what is missed then, the next ones tell.
 * False where they do so already, or hold no more.
 */
export function beginWithLeast(scope: Scope, { operation, body }: RequestPlan, refusal: Answer): boolean {
  if (!isRefusal(refusal) || scope.least.has(operation.id) || !isObject(body?.value)) return false;
  if (isSameJson(leastBody(scope, operation, body.value), body.value)) return false;
  scope.least.add(operation.id);
  // what they said was of what is left out now
  scope.complaints.delete(operation.id);
  return true;
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
  [/\bipv?4?\b/i, '192.0.2.1'],
];

/** Texts of the form that the words name. */
const formsIn = (words: string): readonly string[] => forms.filter(([pattern]) => pattern.test(words)).map(([, value]) => value);
