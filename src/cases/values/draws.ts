/** Whole requests as fast-check arbitraries: what an operation takes beyond the path, drawn at random. Pure. */
import * as fc from 'fast-check';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { isObject, type Json } from '../../lib/json.ts';
import { isJsonType } from '../../lib/media-type.ts';
import type { Operation, Parameter } from '../../spec/contract.ts';
import { readText } from '../../spec/read-text.ts';
import { arbitraryValue } from '../../spec/values/arbitrary-value.ts';
import { takesFreeText } from '../../spec/values/free-text.ts';
import { hash } from '../../spec/values/random.ts';
import { brief, inTimeOrder } from '../../spec/values/time-pairs.ts';
import type { BodyValue, ParameterValue, RequestPlan } from '../case.ts';
import { isWithoutParts } from './form-values.ts';
import { preferredBody, sampling, type Planning } from '../planning.ts';
import { maskOf } from '../inference/update-mask.ts';
import { isSendable } from './variations.ts';

/** Whether an operation takes anything beside its path that can be drawn. */
export function hasChoices(operation: Operation): boolean {
  return operation.parameters.some((parameter) => parameter.in !== 'path') || isDrawable(preferredBody(operation)?.type ?? '');
}

/** JSON, and forms, whose fields are text. */
function isDrawable(mediaType: string): boolean {
  return isJsonType(mediaType) || /^(?:application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(mediaType);
}

/**
 * Requests like the control, with other parameters and another body (JSON or a flat form); identifiers and references stay. Undefined where nothing else can vary.
 * Tame ones leave ordinary what the schema leaves open.
 */
export function arbitraryRequest(planning: Planning, control: RequestPlan, tame: boolean): fc.Arbitrary<RequestPlan> | undefined {
  const parameters = new Map(
    control.operation.parameters.flatMap((parameter) => {
      const values = arbitraryParameter(planning, control, parameter, tame);
      return values ? [[keyOf(parameter), values] as const] : [];
    }),
  );
  const body = arbitraryBody(planning, control, tame);
  if (parameters.size === 0 && body === undefined) return undefined;
  const kept = control.parameters.filter((one) => !parameters.has(keyOf(one)));
  return fc.tuple(fc.tuple(...parameters.values()), body ?? fc.constant(control.body)).map(([drawn, content]) => ({
    ...control,
    parameters: [...kept, ...drawn.flatMap((value) => value ?? [])],
    ...(content && { body: content }),
  }));
}

function keyOf(parameter: Pick<ParameterValue, 'name' | 'in'>): string {
  return `${parameter.in} ${parameter.name}`;
}

function arbitraryParameter(
  planning: Planning,
  control: RequestPlan,
  parameter: Parameter,
  tame: boolean,
): fc.Arbitrary<ParameterValue | undefined> | undefined {
  const place = parameter.schema ?? parameter.mediaType?.schema;
  if (!place || parameter.in === 'path' || planning.resources.ofReference(parameter.name) || maskOf(control.operation) === parameter)
    return undefined;
  const { contract } = planning;
  // such a text names something: a field to sort by, a search, a code
  if (tame && takesFreeText(contract, place)) return undefined;
  const { schema } = contract.resolve(place);
  const isTold = (value: Json): boolean =>
    isSendable(parameter, value) &&
    (parameter.mediaType !== undefined ||
      (typeof value === 'object'
        ? isPlain(value)
        : contract.validators.validate(place, readText(String(value), schema), 'request').kind === 'valid'));
  const values = arbitraryValue(contract, place, { ...sampling(planning, 0, parameter.name), tame: tame || isStructured(schema) });
  const ordinary = control.parameters.find((one) => keyOf(one) === keyOf(parameter));
  const drawn = values?.map((value): ParameterValue | undefined =>
    isTold(value) ? { name: parameter.name, in: parameter.in, value } : ordinary,
  );
  return parameter.required ? drawn : drawn && fc.option(drawn, { nil: undefined, freq: 2 });
}

function isStructured(schema: Json): boolean {
  return isObject(schema) && [schema['type']].flat().some((type) => type === 'array' || type === 'object');
}

/** Whether no text in it could be taken for what holds a list or an object together. */
function isPlain(value: Json): boolean {
  if (typeof value === 'string') return /^[\w.@:+-]+$/.test(value);
  if (typeof value !== 'object' || value === null) return value !== null;
  return Object.entries(value).every(([name, inner]) => /^\w+$/.test(name) && isPlain(inner));
}

/** Null is left to the phase about boundaries, which has it at each place alone: it is what APIs stumble over most, and would hide the rest. */
function arbitraryBody(planning: Planning, { operation, body }: RequestPlan, tame: boolean): fc.Arbitrary<BodyValue> | undefined {
  const media = preferredBody(operation);
  if (!media?.schema || body?.value === undefined || !isDrawable(body.mediaType)) return undefined;
  const values = arbitraryValue(planning.contract, media.schema, {
    ...sampling(planning, body.variant ?? 0, 'body'),
    tame,
    withoutNull: true,
  });
  // how lists and objects stand in a form is a question of its own
  // what is ordinary ends after it begins
  const timed = (value: Json): Json => (tame && isObject(value) ? brief(inTimeOrder(value)) : value);
  return values
    ?.map(timed)
    .map((value) => (isJsonType(body.mediaType) || (isFlat(value) && !isWithoutParts(body.mediaType, value)) ? { ...body, value } : body));
}

function isFlat(value: Json): boolean {
  return isObject(value) && Object.values(value).every((member) => typeof member !== 'object');
}

/** The draw of that number: the same for the same seed, whatever was drawn before. Later draws are less often small, as in fast-check's own runs. */
export function draw<Drawn>(arbitrary: fc.Arbitrary<Drawn>, seed: number, salt: string, number: number): fc.Value<Drawn> {
  const random = new fc.Random(xoroshiro128plus(hash(`${salt} ${number}`, seed)));
  return arbitrary.generate(random, 2 + Math.floor(Math.log10(number + 1)));
}
