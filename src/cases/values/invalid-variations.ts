/** Requests that break one promise of an operation's schemas each. Pure. */
import { isJsonType } from '../../lib/media-type.ts';
import { once } from '../../lib/once.ts';
import { isObject, type Json, type JsonObject } from '../../lib/json.ts';
import type { Parameter, SchemaPlace, SchemaViolation } from '../../spec/contract.ts';
import { itemsOf, propertiesOf } from '../../spec/properties.ts';
import { readText } from '../../spec/read-text.ts';
import { invalidValues, type InvalidValue } from '../../spec/values/invalid-values.ts';
import { sampleValue } from '../../spec/values/sample-value.ts';
import type { Confidence, RequestPlan } from '../case.ts';
import { formReader } from './form-values.ts';
import { preferredBody, sampling, type Planning } from '../planning.ts';
import { referencesOf } from '../inference/references.ts';
import { reversedTimes } from './reversed-times.ts';
import { transplant } from './transplant.ts';
import { isSendable, lessSure, withParameter, type Variation } from './variations.ts';

/** What breaks one promise each: values of parameters, and bodies beside an ordinary one. */
export interface BrokenValues {
  readonly parameters: readonly BrokenParameter[];
  readonly ordinary: Json | undefined;
  readonly bodies: readonly InvalidValue[];
}

interface BrokenParameter extends Pick<InvalidValue, 'value' | 'what' | 'confidence'> {
  readonly parameter: Parameter;
  readonly broken: SchemaViolation;
}

/** What the invalid variations of a request are made of, and of every other one of its operation whose body has the same variant. */
export function brokenValues(planning: Planning, { operation, body }: RequestPlan): BrokenValues {
  const parameters = operation.parameters.flatMap((parameter) => brokenParameters(planning, parameter));
  const schema = preferredBody(operation)?.schema;
  if (!schema || body?.value === undefined) return { parameters, ordinary: undefined, bodies: [] };
  const options = sampling(planning, body.variant ?? 0, 'body');
  const ordinary = sampleValue(planning.contract, schema, options);
  return { parameters, ordinary, bodies: invalidValues(planning.contract, schema, options) };
}

/** Requests that break exactly one promise each. */
export function invalidVariations(planning: Planning, base: RequestPlan, broken: BrokenValues = brokenValues(planning, base)): Variation[] {
  const { operation } = base;
  const missing = operation.parameters
    .filter((parameter) => parameter.required && parameter.in !== 'path')
    .map((parameter): Variation => ({
      title: `without the required ${parameter.in} parameter ${parameter.name}`,
      request: { ...base, parameters: base.parameters.filter((value) => value.name !== parameter.name || value.in !== parameter.in) },
      promise: `${parameter.pointer}/required`,
      place: parameter.pointer,
      ordinary: false,
      open: false,
      topic: `${parameter.pointer} required`,
      confidence: 'certain',
    }));
  return [
    ...missing,
    ...broken.parameters.map((one) => invalidParameter(base, one)),
    ...invalidBodies(planning, base, broken),
    ...reversedTimes(planning, base),
  ];
}

function brokenParameters(planning: Planning, parameter: Parameter): BrokenParameter[] {
  if (!parameter.schema) return [];
  const { schema } = planning.contract.resolve(parameter.schema);
  const values = invalidValues(planning.contract, parameter.schema, { direction: 'request', seed: planning.seed, name: parameter.name });
  return values.flatMap(({ value, what, confidence, habit }) => {
    // in a URL all is text, and many spell truth values as 1 and yes there
    if (habit !== undefined) return [];
    const broken = isSendable(parameter, value) ? brokenAsText(planning, parameter, schema, value) : undefined;
    if (!broken) return [];
    // a server that looks for `name[member]` sees neither `name` nor members that it does not know
    const seen = parameter.style !== 'deepObject' || (isObject(value) && !/additional|unevaluated/.test(broken.keyword));
    // many read `?name=` as if it were not there; a shortest length says that it is
    const sent = value !== '' || parameter.required || broken.keyword === 'minLength';
    return [{ parameter, value, what, confidence: seen && sent ? confidence : lessSure(confidence), broken }];
  });
}

function invalidParameter(base: RequestPlan, { parameter, value, what, confidence, broken }: BrokenParameter): Variation {
  return {
    title: what,
    request: withParameter(base, { name: parameter.name, in: parameter.in, value }),
    promise: broken.schema,
    place: parameter.pointer,
    ordinary: false,
    open: false,
    topic: broken.schema,
    confidence: certainty(broken.keyword, confidence),
  };
}

/** The promise that a scalar, or a list of them, breaks once it has become text: `7` is a string then, perhaps of the wrong format. Objects as text are too ambiguous to accuse. */
function brokenAsText(planning: Planning, parameter: Parameter, schema: Json, value: Json): SchemaViolation | undefined {
  const read = readBack(planning, parameter, schema, value);
  if (!parameter.schema || read === undefined) return undefined;
  const validity = planning.contract.validators.validate(parameter.schema, read, 'request');
  return validity.kind === 'invalid' ? validity.violations[0] : undefined;
}

/** What a reader makes of a value that has become text; undefined where readers may differ. */
function readBack(planning: Planning, parameter: Parameter, schema: Json, value: Json): Json | undefined {
  const items = parameter.schema ? itemsOf(planning.contract, parameter.schema) : undefined;
  if (!Array.isArray(value)) {
    if (typeof value === 'object')
      return parameter.style === 'deepObject' && isObject(value) ? membersBack(planning, parameter, value) : undefined;
    // one text is a list of one
    return items ? [readText(String(value), planning.contract.resolve(items).schema)] : readText(String(value), schema);
  }
  // a lone item, and an item with the separator inside of it, are read in more ways than one
  if (
    !items ||
    parameter.in !== 'query' ||
    value.length < 1 ||
    value.some((item: Json) => typeof item === 'object' || /[,|\s]|^$/.test(String(item)))
  )
    return undefined;
  return value.map((item: Json) => readText(String(item), planning.contract.resolve(items).schema));
}

/** Each member of a deep object is a text of its own; undefined where one is no scalar, or none is there. */
function membersBack({ contract }: Planning, { schema }: Parameter, value: JsonObject): Json | undefined {
  const places = schema ? propertiesOf(contract, schema) : new Map<string, SchemaPlace>();
  const members = Object.entries(value);
  if (members.length === 0 || members.some(([, one]) => one === null || typeof one === 'object')) return undefined;
  const read = ([name, one]: [string, Json]): [string, Json] => {
    const place = places.get(name);
    return [name, place ? readText(String(one), contract.resolve(place).schema) : String(one)];
  };
  return Object.fromEntries(members.map(read));
}

function invalidBodies(planning: Planning, base: RequestPlan, { ordinary, bodies }: BrokenValues): Variation[] {
  const { body, operation } = base;
  const media = preferredBody(operation);
  if (!media?.schema || body?.value === undefined) return [];
  const { schema } = media;
  const form = isJsonType(body.mediaType) ? undefined : formReader(planning, body.mediaType, media, body.value);
  if (!isJsonType(body.mediaType) && !form) return [];
  const control = body.value;
  const refer = referencesOf(planning, operation, control);
  return bodies.flatMap(({ value, what, at, broken, confidence, habit }): Variation[] => {
    // of those for a draw one is sent
    const request = once((): RequestPlan => {
      const moved = refer(transplant(planning.contract, schema, value, ordinary, control), at);
      const sent = planning.contract.validators.validate(schema, moved, 'request').kind === 'invalid' ? moved : value;
      return { ...base, body: { ...body, value: sent } };
    });
    if (form && !form(request().body?.value ?? null)) return [];
    return [
      {
        title: what,
        get request() {
          return request();
        },
        promise: broken.schema,
        place: at,
        ordinary: false,
        open: false,
        topic: habit ?? broken.schema,
        confidence: certainty(broken.keyword, confidence),
      },
    ];
  });
}

/** A format is an annotation unless the API's author means it otherwise. */
function certainty(keyword: string, confidence: Confidence): Confidence {
  return keyword === 'format' ? lessSure(confidence) : confidence;
}
