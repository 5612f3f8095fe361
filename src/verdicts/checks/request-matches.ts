/** What a client sent must be what the document allows. A request that the API refused is nobody's broken promise: it may have been meant so. */
import { isObject, type Json } from '../../lib/json.ts';
import { isJson, parseMediaType } from '../../lib/media-type.ts';
import { headerValue } from '../../requests/exchange.ts';
import { holdsMark } from '../../requests/redact.ts';
import type { Parameter, SchemaPlace } from '../../spec/contract.ts';
import { pathValues } from '../../spec/path-values.ts';
import { readText } from '../../spec/read-text.ts';
import type { Check } from '../check.ts';
import { bodyLost, cannotJudge, fail, pass } from '../judgements.ts';
import { declaredMediaType, type Subject } from '../subject.ts';
import type { Judgement } from '../verdict.ts';

const id = 'request-matches';

export const requestMatches: Check = {
  id,
  title: 'the request is one that the document allows',
  source: 'OpenAPI 3.1.1 Parameter Object, Request Body Object',
  judge: (subject) => {
    const { exchange, response } = subject;
    if (exchange.source === 'generated' || response.status >= 400) return [];
    const broken = [...judgeParameters(subject), ...judgeBody(subject)];
    return broken.length > 0 ? broken : [pass(id)];
  },
};

function judgeParameters(subject: Subject): Judgement[] {
  const { operation, exchange, path } = subject;
  const query = new URL(exchange.request.url).searchParams;
  const values = pathValues(operation.path, path);
  const known = new Set(operation.parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name));
  const open = operation.parameters.some(
    (parameter) => parameter.in === 'querystring' || parameter.style === 'deepObject' || isExplodedObject(parameter, subject),
  );
  const undeclared = open ? [] : [...new Set(query.keys())].filter((name) => !known.has(name) && !isCredential(name, subject));
  return [
    ...undeclared.map((name) =>
      fail(id, `the query parameter ${name} is not declared`, {
        topic: `undeclared query ${name}`,
        where: `request.query.${name}`,
        promise: { pointer: operation.pointer, text: [...known].join(', ') || 'no query parameters' },
        came: `${name}=${query.get(name) ?? ''}`.slice(0, 160),
        confidence: 'likely',
      }),
    ),
    ...operation.parameters.flatMap((parameter) => {
      if (parameter.in === 'path') return judgeText(subject, parameter, values.get(parameter.name));
      if (parameter.in === 'header') return judgeText(subject, parameter, headerValue(exchange.request.headers, parameter.name));
      return parameter.in === 'query'
        ? judgeText(subject, parameter, query.get(parameter.name) ?? undefined, query.getAll(parameter.name))
        : [];
    }),
  ];
}

function isCredential(name: string, { contract }: Subject): boolean {
  return [...contract.securitySchemes.values()].some((scheme) => scheme.in === 'query' && scheme.parameterName === name);
}

function isExplodedObject(parameter: Parameter, { contract }: Subject): boolean {
  const schema = parameter.schema && contract.resolve(parameter.schema).schema;
  return (
    parameter.in === 'query' && parameter.explode && isObject(schema) && (schema['type'] === 'object' || schema['properties'] !== undefined)
  );
}

/** Scalars only: the text of a list or an object can be read in several ways. */
function judgeText(subject: Subject, parameter: Parameter, text: string | undefined, all: readonly string[] = []): Judgement[] {
  const where = `request.${parameter.in}.${parameter.name}`;
  if (text === undefined) {
    if (!parameter.required || isExplodedObject(parameter, subject) || parameter.style === 'deepObject') return [];
    const promise = { pointer: parameter.pointer, text: 'required' };
    return [
      fail(id, `the required ${parameter.in} parameter ${parameter.name} is missing`, {
        topic: `${parameter.pointer} missing`,
        where,
        promise,
        came: 'nothing',
      }),
    ];
  }
  // Of a credential only a mark was kept.
  if (!parameter.schema || all.length > 1 || holdsMark(text)) return [];
  const { schema } = subject.contract.resolve(parameter.schema);
  if (
    !isObject(schema) ||
    schema['type'] === 'array' ||
    schema['type'] === 'object' ||
    parameter.style !== (parameter.in === 'query' ? 'form' : 'simple')
  )
    return [];
  return judgeValue(subject, parameter.schema, readText(text, schema), where);
}

function judgeValue({ contract }: Subject, place: SchemaPlace, value: Json, where: string): Judgement[] {
  const validity = contract.validators.validate(place, value, 'request');
  if (validity.kind === 'valid') return [];
  if (validity.kind === 'cannot-judge') return [cannotJudge(id, validity.reason, { pointer: place.pointer, text: where })];
  return validity.violations.map((violation) =>
    fail(id, `${where}${violation.instance} ${violation.message}, and the API took it`, {
      topic: violation.schema,
      where: where + violation.instance,
      promise: { pointer: violation.schema, text: violation.message },
      came: JSON.stringify(value).slice(0, 160),
    }),
  );
}

function judgeBody(subject: Subject): Judgement[] {
  const { operation, exchange } = subject;
  const { body, headers } = exchange.request;
  const declared = operation.requestBody;
  if (exchange.request.bodyLost) return declared ? [cannotJudge(id, bodyLost, { pointer: declared.pointer, text: 'a body' })] : [];
  if (body === undefined || body.length === 0) {
    if (!declared?.required) return [];
    return [
      fail(id, 'the required body is missing', {
        topic: `${declared.pointer} missing`,
        where: 'request.body',
        promise: { pointer: declared.pointer, text: 'required' },
        came: 'nothing',
      }),
    ];
  }
  if (!declared) return [];
  const type = parseMediaType(headerValue(headers, 'content-type') ?? '');
  const mediaType = declaredMediaType(declared.content, type);
  if (!mediaType || !type) {
    const text = declared.content.map((content) => content.type).join(', ');
    const came = headerValue(headers, 'content-type') ?? 'no Content-Type';
    return [
      fail(id, `a body of ${came} is not declared`, {
        topic: `media type ${came}`,
        where: 'request.headers.content-type',
        promise: { pointer: declared.pointer, text },
        came,
      }),
    ];
  }
  if (!mediaType.schema || !isJson(type)) return [];
  try {
    return judgeValue(subject, mediaType.schema, JSON.parse(new TextDecoder().decode(body)) as Json, 'request.body');
  } catch {
    return [
      fail(id, 'the body is no JSON, and the API took it', {
        topic: 'not json',
        where: 'request.body',
        promise: { pointer: mediaType.pointer, text: mediaType.type },
        came: 'no JSON',
      }),
    ];
  }
}
