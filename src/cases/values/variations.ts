/** Valid requests that differ from a base request in exactly one place. Pure. */
import type { Json } from '../../lib/json.ts';
import { isObject } from '../../lib/json.ts';
import type { Operation, Parameter, SchemaPlace } from '../../spec/contract.ts';
import { isSafe } from '../../spec/is-safe.ts';
import { isSameJson } from '../../lib/same-json.ts';
import { inTimeOrder, isTime } from '../../spec/values/time-pairs.ts';
import { isMoment, descriptionOf, placeWithin, propertiesOf } from '../../spec/properties.ts';
import { viewOf, type Part } from '../../spec/values/schema-view.ts';
import { addresses } from '../../spec/values/string-rules.ts';
import { validValues, type ValidValue } from '../../spec/values/valid-values.ts';
import { isWithoutParts } from './form-values.ts';
import { sortText } from '../inference/list-sort-keys.ts';
import { pointerTokens, valueAt } from '../../lib/json-pointer.ts';
import { isJsonType } from '../../lib/media-type.ts';
import type { Confidence, ParameterValue, RequestPlan } from '../case.ts';
import { listShape } from '../inference/list-parameters.ts';
import { addsToFullMap } from './merge-patches.ts';
import { describedParameter, preferredBody, sampling, type Planning } from '../planning.ts';
import { referencesIn, referencesOf } from '../inference/references.ts';
import { keepTimeOrder, reordersTimes } from '../inference/time-order.ts';
import { ignoresToldOrder } from './reversed-times.ts';
import { transplant } from './transplant.ts';
import { maskOf } from '../inference/update-mask.ts';

/** A request and what is special about it. */
export interface Variation {
  readonly title: string;
  readonly request: RequestPlan;
  /** JSON Pointer in the document of what is exercised or broken. */
  readonly promise: string;
  /** Parameter's pointer, or the varied place of the body. */
  readonly place: string;
  readonly topic: string;
  /** True for a place's ordinary value: where that is refused, its boundaries say nothing more. */
  readonly ordinary: boolean;
  /** True for text that the schema leaves open: rules that no schema tells may stand behind its refusal. */
  readonly open: boolean;
  /** What operations may stumble over alike. */
  readonly theme?: string;
  readonly confidence: Confidence;
}

/** Every boundary of every parameter and every place of the body, inside the schema. */
export function validVariations(planning: Planning, base: RequestPlan): Variation[] {
  const variations = [
    ...base.operation.parameters.flatMap((parameter) => parameterVariations(planning, base, parameter)),
    ...bodyVariations(planning, base),
  ];
  return variations.map((variation) =>
    reordersTimes(valuesOf(base), valuesOf(variation.request)) ? { ...variation, confidence: lessSure(variation.confidence) } : variation,
  );
}

function valuesOf({ parameters, body }: RequestPlan): Json {
  return [Object.fromEntries(parameters.map(({ name, value }) => [name, value])), body?.value ?? null];
}

function parameterVariations(planning: Planning, base: RequestPlan, parameter: Parameter): Variation[] {
  const { contract, resources } = planning;
  // identifiers must lead to something that exists: their bounds say nothing about acceptance
  if (parameter.in === 'path' && (resources.ofPathParameter(base.operation, parameter.name) || !isEnumerated(parameter, planning)))
    return [];
  const place = parameter.schema ?? parameter.mediaType?.schema;
  // a cursor is what a page before gave, and means nothing else
  const shape = parameter.in === 'query' ? listShape(contract, base.operation) : undefined;
  const cursor = shape !== undefined && [shape.cursor, shape.following, shape.preceding].includes(parameter);
  // a mask names what the body has: it has a scenario of its own
  if (!place || cursor || resources.ofReference(parameter.name) || maskOf(base.operation) === parameter) return [];
  const [ordinary, ...others] = validValues(contract, place, { direction: 'request', seed: planning.seed, name: parameter.name });
  // what is no property's name says nothing about acceptance
  const sorting = sortText(contract, base.operation, parameter);
  const [example = sorting ?? describedParameter(planning, parameter, place)] = parameter.examples;
  const first = example === undefined ? ordinary : ordinary && { ...ordinary, value: example };
  return [first, ...(sorting === undefined ? others : [])].flatMap((valid): Variation[] => {
    if (!valid || !isSendable(parameter, valid.value)) return [];
    const isFirst = valid === first;
    // also a text inside of a parameter that is an object: `filter.order`
    const open = typeof valueAt(valid.value, valid.at) === 'string' && /\/(?:type|schema|items|\d+)$/.test(valid.covers);
    const edge = isFirst ? statedEdge(planning, parameter, valid.value) : undefined;
    const unstated = open || (isFirst && !edge);
    return [
      {
        title: edge ? `\`${parameter.name}\` at its ${edge} ${String(valid.value)}` : isFirst ? `${parameter.name} present` : valid.what,
        request: withParameter(base, { name: parameter.name, in: parameter.in, value: valid.value }),
        promise: place.pointer,
        place: parameter.pointer,
        topic: unstated ? ownMeaning(parameter) : isFirst ? parameter.pointer : `${parameter.pointer} ${valid.covers}`,
        ordinary: isFirst,
        open,
        confidence: unstated ? lessSure(valid.confidence) : valid.confidence,
      },
    ];
  });
}

/** The topic where an API reads a meaning of its own into a parameter: it does so wherever it has the parameter. */
export function ownMeaning({ in: place, name }: Parameter): string {
  return `${place} ${name}`;
}

/** The bound that the schema states and the value stands on. */
function statedEdge(planning: Planning, parameter: Parameter, value: Json): 'minimum' | 'maximum' | undefined {
  const schema = parameter.schema && planning.contract.resolve(parameter.schema).schema;
  if (!isObject(schema) || typeof value !== 'number') return undefined;
  return (['minimum', 'maximum'] as const).find((bound) => schema[bound] === value && Math.abs(value) <= Number.MAX_SAFE_INTEGER);
}

/** Likely in place of certain. */
export function lessSure(confidence: Confidence): Confidence {
  return confidence === 'certain' ? 'likely' : confidence;
}

/** Free text in a path is a name of something: only enumerations can be varied there. */
function isEnumerated(parameter: Parameter, planning: Planning): boolean {
  const schema = parameter.schema && planning.contract.resolve(parameter.schema).schema;
  return isObject(schema) && schema['enum'] !== undefined;
}

/** Values that a URL or a field can carry so that they mean what they are: no empty path segment, nothing that text cannot tell apart. */
export function isSendable(parameter: Parameter, value: Json): boolean {
  if (value === null) return false;
  if (parameter.in === 'path' && (value === '' || value === '.' || value === '..')) return false;
  // field values are visible ASCII for all practical purposes (RFC 9110 section 5.5)
  if (parameter.in === 'header' || parameter.in === 'cookie')
    return typeof value !== 'string' || /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(value);
  return !(Array.isArray(value) && value.length === 0);
}

function bodyVariations(planning: Planning, base: RequestPlan): Variation[] {
  const media = preferredBody(base.operation);
  const { body } = base;
  if (!media?.schema || body?.value === undefined) return [];
  const { schema } = media;
  const control = body.value;
  const refer = referencesOf(planning, base.operation, control);
  const kept = new Set(referencesIn(planning, base.operation, control).map(({ pointer }) => pointer));
  const [ordinary, ...others] = validValues(planning.contract, schema, sampling(planning, body.variant ?? 0, 'body'));
  const seen = new Set([JSON.stringify(control)]);
  return others.flatMap((valid): Variation[] => {
    // forms, parts, texts and bytes have no null, and what is empty is no body
    if (!isJsonType(body.mediaType) && (valid.value === '' || valid.value === null || valueAt(valid.value, valid.at) === null)) return [];
    if (isWithoutParts(body.mediaType, valid.value)) return [];
    if (kept.has(valid.at) && valueAt(valid.value, valid.at) !== undefined) return [];
    if (isNewReference(planning, base.operation, valid)) return [];
    if (isBeyondYears(planning, schema, valueAt(valid.value, valid.at), valid.at)) return [];
    const moved = transplant(planning.contract, schema, valid.value, ordinary?.value, control);
    const fits = (candidate: Json): boolean => planning.contract.validators.validate(schema, candidate, 'request').kind === 'valid';
    const referring = [moved, valid.value].map((one) => refer(one, valid.at, fits));
    const value = referring.flatMap((one) => [keepTimeOrder(control, one, valid.at), one]).find(fits) ?? valid.value;
    // what the control lacks loses nothing by being without a part
    const key = JSON.stringify(value);
    if (seen.has(key)) return [];
    seen.add(key);
    // an end before its beginning is refused by whoever has ends and beginnings
    if (isObject(value) && (!isSameJson(inTimeOrder(value), value) || ignoresToldOrder(planning, base.operation, value))) return [];
    const [varied = ''] = pointerTokens(valid.at);
    const alone = isObject(value) ? { [varied]: value[varied] ?? null } : value;
    if (addsToFullMap(planning, { ...base, body: { ...body, value: alone } })) return [];
    return [
      {
        title: valid.what,
        request: { ...base, body: { ...body, value } },
        promise: valid.covers.startsWith('/') ? valid.covers : media.pointer,
        place: valid.at,
        // a schema that is used in several places makes one promise
        topic: valid.covers.startsWith('/components/schemas/') ? valid.covers : `${media.pointer} ${valid.covers} ${valid.at}`,
        ordinary: false,
        ...(valueAt(value, valid.at) === null && { theme: 'null where it is allowed' }),
        open: typeof valueAt(valid.value, valid.at) === 'string' && valid.covers.endsWith('/type'),
        confidence:
          (valid.at === '' && !/required|properties/.test(valid.covers)) ||
          isBare(planning, schema, value, valid.at) ||
          (!valid.covers.endsWith('Items') && isParallel(control, value, valid.at)) ||
          (base.operation.method === 'PATCH' && isAloneInTime(planning, schema, value, valid.at)) ||
          (!/\/(?:oneOf|anyOf)\/\d+$/.test(valid.covers) && addsOpenly(planning, schema, control, value, valid.at))
            ? lessSure(valid.confidence)
            : valid.confidence,
      },
    ];
  });
}

/** Whether what varies is to lead to something that nobody made: its bounds say nothing about acceptance, unless the schema lists it. */
function isNewReference(planning: Planning, operation: Operation, { value, at, covers }: ValidValue): boolean {
  const text = valueAt(value, at);
  if (!['string', 'number'].includes(typeof text) || /\/(?:enum|const)(?:\/|$)/.test(covers)) return false;
  return referencesIn(planning, operation, value).some(({ pointer }) => `${at}/`.startsWith(`${pointer}/`));
}

/** Whether the control lacks several members of what varies, or a text that the schema leaves open, an address, or a list of such: rules that no schema tells may stand behind the refusal of any. */
function addsOpenly({ contract }: Planning, schema: SchemaPlace, control: Json, value: Json, at: string): boolean {
  const [before, after] = [valueAt(control, at), valueAt(value, at)];
  if (isObject(before) && isObject(after)) return Object.keys(after).filter((name) => !Object.hasOwn(before, name)).length > 1;
  const text = Array.isArray(after) ? `${at}/0` : at;
  const place = before === undefined && typeof valueAt(value, text) === 'string' ? placeWithin(contract, schema, text) : undefined;
  const leavesOpen = ({ schema: part }: Part): boolean =>
    stating.every((keyword) => part[keyword] === undefined) && (part['format'] === undefined || addresses.has(String(part['format'])));
  return place !== undefined && viewOf(contract, [place]).parts.every(leavesOpen);
}

/** Whether a time varies whose object may have another one that is not sent: what a patch keeps of that may forbid it. */
function isAloneInTime({ contract }: Planning, schema: SchemaPlace, value: Json, at: string): boolean {
  const around = at.slice(0, at.lastIndexOf('/'));
  const sent = valueAt(value, around);
  const place = placeWithin(contract, schema, around);
  if (!isTime(valueAt(value, at)) || !isObject(sent) || !place) return false;
  return [...propertiesOf(contract, place)].some(([name, one]) => sent[name] === undefined && isMoment(contract, one));
}

/** Whether a time is outside of the years that the words of its place name: `in the years 2000 to 2099`. */
function isBeyondYears({ contract }: Planning, schema: SchemaPlace, value: Json | undefined, at: string): boolean {
  const place = isTime(value) ? placeWithin(contract, schema, at) : undefined;
  const told = place && /\b(\d{4}) ?(?:-|–|to|and|until|through) ?(\d{4})\b(?!-)/.exec(descriptionOf(contract, place));
  const year = Number(String(value).slice(0, 4));
  // an offset may lead out of a year
  return told !== null && told !== undefined && (year <= Number(told[1]) || year >= Number(told[2]));
}

/** Whether a list is made longer or shorter beside two others that were as long: they may go together item by item. */
function isParallel(control: Json, value: Json, at: string): boolean {
  const [before, after] = [valueAt(control, at), valueAt(value, at)];
  if (!Array.isArray(before) || !Array.isArray(after) || before.length === after.length) return false;
  const around = valueAt(control, at.slice(0, at.lastIndexOf('/')));
  return Object.values(isObject(around) ? around : {}).filter((one) => Array.isArray(one) && one.length === before.length).length > 2;
}

/** Whether it is an object with none of the members that its schema names: an API may want some that no schema requires. A map may be empty. */
function isBare({ contract }: Planning, schema: SchemaPlace, value: Json, at: string): boolean {
  const varied = valueAt(value, at);
  const place = isObject(varied) && Object.keys(varied).length === 0 ? placeWithin(contract, schema, at) : undefined;
  return place !== undefined && propertiesOf(contract, place).size > 0;
}

/** Keywords that tell what a text may say, as formats do that are not of addresses. */
const stating = ['enum', 'const', 'pattern'];

/** The request with a parameter's value in the place of what it has. */
export function withParameter(base: RequestPlan, value: ParameterValue): RequestPlan {
  return { ...base, parameters: [...base.parameters.filter((one) => one.name !== value.name || one.in !== value.in), value] };
}

/** Whether an operation is one that the plan may touch. */
export function isAllowed(planning: Planning, operation: Operation): boolean {
  return !planning.safeOnly || isSafe(operation);
}
