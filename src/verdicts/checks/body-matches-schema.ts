/** The body must fit the schema that the response declares for its media type: one judgement a broken promise. */
import { isObject, type Json } from '../../lib/json.ts';
import { valueAt } from '../../lib/json-pointer.ts';
import { isJson } from '../../lib/media-type.ts';
import { parsedBody } from '../../requests/answer.ts';
import type { Confidence } from '../../cases/case.ts';
import type { MediaType, SchemaPlace } from '../../spec/contract.ts';
import type { Check } from '../check.ts';
import { bodyLost, cannotJudge, fail, pass } from '../judgements.ts';
import type { Judgement } from '../verdict.ts';
import { declaredMediaType, type Subject } from '../subject.ts';

const id = 'body-matches-schema';

export const bodyMatchesSchema: Check = {
  id,
  title: 'the body fits the declared schema',
  source: 'OpenAPI 3.1.1 Schema Object; JSON Schema 2020-12',
  judge: (subject) => {
    const { bodiless, response, exchange, declared, mediaType } = subject;
    if (bodiless || exchange.fault || (response.body.length === 0 && !response.bodyLost)) return [];
    if (declared) return mediaType?.schema ? judgeBody(subject, mediaType, mediaType.schema, 'certain') : [];
    // the body of an undeclared success is held against its nearest declared sibling
    const sibling = response.status < 300 ? siblingMediaType(subject) : undefined;
    return sibling?.schema ? judgeBody(subject, sibling, sibling.schema, 'likely') : [];
  },
};

function siblingMediaType({ operation, type }: Subject): MediaType | undefined {
  const successes = operation.responses.filter(({ status }) => status.startsWith('2'));
  return successes.map(({ content }) => declaredMediaType(content, type)).find((found) => found?.schema !== undefined);
}

function judgeBody(subject: Subject, mediaType: MediaType, schema: SchemaPlace, confidence: Confidence): readonly Judgement[] {
  const value = bodyValue(subject, schema);
  if (value.kind === 'none') return [];
  const promise = { pointer: schema.pointer, text: mediaType.type };
  if (value.kind === 'unknown') return [cannotJudge(id, value.reason, promise)];
  const validity = subject.contract.validators.validate(schema, value.value, 'response');
  if (validity.kind === 'valid') return [pass(id)];
  if (validity.kind === 'cannot-judge') return [cannotJudge(id, validity.reason, promise)];
  return validity.violations.map((violation) =>
    fail(id, `${violation.instance === '' ? 'the body' : violation.instance} ${violation.message}`, {
      topic: violation.schema,
      where: `response.body${violation.instance}`,
      promise: { pointer: violation.schema, text: violation.message },
      came: shown(valueAt(value.value, violation.instance)),
      confidence,
    }),
  );
}

type BodyValue =
  | { readonly kind: 'value'; readonly value: Json }
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown'; readonly reason: string };

/** JSON is parsed, text is a string; anything else can only be judged by a schema that asks nothing of it. */
function bodyValue({ type, response, contract }: Subject, place: SchemaPlace): BodyValue {
  if (response.bodyLost) return { kind: 'unknown', reason: bodyLost };
  if (type && isJson(type)) {
    const parsed = parsedBody(response);
    return parsed.kind === 'json' ? { kind: 'value', value: parsed.value } : { kind: 'none' };
  }
  const { schema } = contract.resolve(place);
  if (!isObject(schema) || Object.keys(schema).every((keyword) => annotations.has(keyword))) return { kind: 'none' };
  const binary = schema['format'] === 'binary' || schema['contentMediaType'] !== undefined || schema['contentEncoding'] !== undefined;
  if (type?.type === 'text' && (type.subtype === 'plain' || schema['type'] === 'string') && !binary) {
    return { kind: 'value', value: new TextDecoder().decode(response.body) };
  }
  if (
    schema['type'] === 'string' &&
    schema['pattern'] === undefined &&
    schema['minLength'] === undefined &&
    schema['maxLength'] === undefined
  )
    return { kind: 'none' };
  return { kind: 'unknown', reason: `a body of ${type ? `${type.type}/${type.subtype}` : 'no media type'} cannot be judged by its schema` };
}

const annotations = new Set(['title', 'description', 'example', 'examples', 'deprecated', 'format']);

function shown(value: Json | undefined): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 160 ? `${text.slice(0, 159)}…` : text;
}
