/** The request of a collection's item: path, query, header fields and a realistic body, with variables for what earlier items made. Pure. */
import { isObject, type Json, type JsonObject } from '../../lib/json.ts';
import { safeMethods } from '../../lib/methods.ts';
import { concreteType, isJsonType } from '../../lib/media-type.ts';
import { ordinaryBody, parameterValue, type Planning } from '../../cases/planning.ts';
import type { Resource } from '../../cases/inference/resources.ts';
import type { BodyValue } from '../../cases/case.ts';
import { formParts } from '../../requests/serialize-multipart.ts';
import { serializeBody } from '../../requests/serialize-body.ts';
import { headerText, pathText, queryText } from '../../requests/serialize-parameter.ts';
import type { Operation, Parameter } from '../../spec/contract.ts';
import { writtenPath } from '../../spec/last-slash.ts';
import type { Entry } from './sequence.ts';

/** A stand-in for a variable that no serialisation escapes; spelled out at the end. */
const mark = (name: string): string => `specproof.${name}.variable`;
const spellOut = (text: string): string => text.replaceAll(/specproof\.(\w+)\.variable/g, '{{$1}}');

/** The Request Object. @see https://schema.postman.com/json/collection/v2.1.0/docs/index.html */
export function itemRequest(planning: Planning, entry: Entry, names: ReadonlyMap<Resource, string>): JsonObject {
  const { operation } = entry;
  const values = new Map(operation.parameters.map((parameter) => [parameter, valueOf(planning, entry, parameter, names)]));
  const given = (place: Parameter['in']): readonly (readonly [Parameter, Json])[] =>
    [...values].flatMap(([parameter, value]) => (parameter.in === place && value !== undefined ? [[parameter, value] as const] : []));
  const path = writtenPath(operation)
    .split('/')
    .slice(1)
    .map((segment) => segmentText(segment, given('path')));
  const query = given('query').flatMap(([parameter, value]) => queryPairs(parameter, value));
  const raw = `{{baseUrl}}/${path.join('/')}${query.length === 0 ? '' : `?${query.map(({ key, value }) => `${key}=${value}`).join('&')}`}`;
  const body = ordinaryBody(planning, operation, 0);
  const written = body && bodyOf(planning, entry, body, names);
  const fields = given('header').flatMap(([parameter, value]) => {
    const text = headerText({ name: parameter.name, in: 'header', value }, parameter);
    return text === undefined ? [] : [{ key: parameter.name, value: spellOut(text) }];
  });
  return {
    method: operation.method,
    header: [...fields, ...(written?.contentType === undefined ? [] : [{ key: 'Content-Type', value: written.contentType }])],
    ...(written !== undefined && { body: written.body }),
    url: { raw, host: ['{{baseUrl}}'], path, ...(query.length > 0 && { query }) },
  };
}

/** Required parameters have a value: the variable of what they refer to where the collection may touch it, else an ordinary one. */
function valueOf(
  planning: Planning,
  { operation, needs, makes }: Entry,
  parameter: Parameter,
  names: ReadonlyMap<Resource, string>,
): Json | undefined {
  if (!parameter.required && parameter.in !== 'path') return undefined;
  const resource = needs.get(parameter.name);
  const name = resource && names.get(resource);
  const mine = resource?.create !== undefined || resource === makes || safeMethods.has(operation.method);
  return name !== undefined && mine ? mark(name) : (parameterValue(planning, parameter, 0)?.value ?? 'x');
}

function segmentText(segment: string, given: readonly (readonly [Parameter, Json])[]): string {
  return segment.replaceAll(/\{([^{}]+)\}/g, (_, name: string) => {
    const [parameter, value = 'x'] = given.find(([one]) => one.name === name) ?? [];
    return spellOut(pathText({ name, in: 'path', value }, parameter));
  });
}

function queryPairs(parameter: Parameter, value: Json): readonly { readonly key: string; readonly value: string }[] {
  const text = queryText({ name: parameter.name, in: 'query', value }, parameter) ?? '';
  return text.split('&').flatMap((pair) => {
    const [key = '', ...rest] = pair.split('=');
    return key === '' ? [] : [{ key, value: spellOut(rest.join('=')) }];
  });
}

interface WrittenBody {
  readonly body: JsonObject;
  /** Where the body does not say it itself. */
  readonly contentType: string | undefined;
}

function bodyOf({ contract }: Planning, entry: Entry, { mediaType, value }: BodyValue, names: ReadonlyMap<Resource, string>): WrittenBody {
  const declared = entry.operation.requestBody?.content.find(({ type }) => type === mediaType);
  const own = value === undefined ? null : withVariables(entry, value, names);
  if (isJsonType(mediaType)) {
    // A variable in place of a number stands without quotes.
    const raw = JSON.stringify(own, undefined, 2).replaceAll(/"(specproof\.\w+\.variable)\.number"/g, '$1');
    return { body: { mode: 'raw', raw: spellOut(raw), options: { raw: { language: 'json' } } }, contentType: mediaType };
  }
  if (mediaType.startsWith('multipart/') && isObject(own)) {
    const formdata = formParts(own, declared, contract.resolve).map(({ name, bytes, contentType, fileName }) => ({
      key: name,
      type: 'text',
      value: spellOut(new TextDecoder().decode(bytes)),
      ...(fileName !== undefined && { fileName }),
      ...(contentType !== undefined && { contentType }),
    }));
    return { body: { mode: 'formdata', formdata }, contentType: undefined };
  }
  // a collection holds no bytes: a person puts a file there
  const written =
    typeof own === 'string' ? own : new TextDecoder().decode(serializeBody({ mediaType, value: own }, declared, contract.resolve).bytes);
  const text = spellOut(written);
  if (mediaType.startsWith('application/x-www-form-urlencoded')) {
    const urlencoded = [...new URLSearchParams(text)].map(([key, content]) => ({ key, value: content }));
    return { body: { mode: 'urlencoded', urlencoded }, contentType: undefined };
  }
  return { body: { mode: 'raw', raw: text }, contentType: concreteType(mediaType) };
}

function withVariables({ needs }: Entry, value: Json, names: ReadonlyMap<Resource, string>): Json {
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, content]) => {
      const resource = needs.get(name);
      const variable = resource && names.get(resource);
      if (variable === undefined || (typeof content !== 'number' && typeof content !== 'string')) return [name, content];
      return [name, typeof content === 'number' ? `${mark(variable)}.number` : mark(variable)];
    }),
  );
}

/** Whether the request deletes things that the collection did not make. */
export function deletesOthers({ method, parameters }: Operation): boolean {
  return method === 'DELETE' && !parameters.some((parameter) => parameter.in === 'path');
}
