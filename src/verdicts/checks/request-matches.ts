/** What a client sent must be what the document allows. A request that the API refused is nobody's broken promise: it may have been meant so. */
import { valueAt } from '../../lib/json-pointer.ts';
import { headerValue } from '../../requests/exchange.ts';
import { holdsMark } from '../../requests/redact.ts';
import type { Contract, MediaType, Operation, Parameter, SchemaPlace } from '../../spec/contract.ts';
import { propertiesOf, typesOf } from '../../spec/properties.ts';
import { readParameter, type GivenParameter } from '../../spec/read-parameter.ts';
import type { TypedValue } from '../../spec/typed-value.ts';
import type { Check } from '../check.ts';
import { readContent, type Content } from '../content.ts';
import { bodyLost, cannotJudge, fail, pass } from '../judgements.ts';
import { parameterTexts, sentMediaType } from '../sent-request.ts';
import type { Subject } from '../subject.ts';
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
  const { operation, exchange, path, contract } = subject;
  const texts = parameterTexts(operation, exchange.request, path);
  const { query } = texts;
  const undeclared = [...new Set(query.map(([name]) => name))].filter((name) => !isDeclared(name, subject));
  return [
    ...undeclared.map((name) =>
      fail(id, `the query parameter ${name} is not declared`, {
        topic: `undeclared query ${name}`,
        where: `request.query.${name}`,
        promise: { pointer: operation.pointer, text: namesOf(operation) || 'no query parameters' },
        came: `${name}=${query.find(([other]) => other === name)?.[1] ?? ''}`.slice(0, 160),
        confidence: 'likely',
      }),
    ),
    ...operation.parameters.flatMap((parameter) => judgeParameter(subject, parameter, readParameter(contract, parameter, texts))),
  ];
}

const namesOf = ({ parameters }: Operation): string =>
  parameters
    .filter((parameter) => parameter.in === 'query')
    .map(({ name }) => name)
    .join(', ');

/** Whether a query parameter is one, or a part of one, that the operation or its security declares. */
function isDeclared(name: string, { contract, operation }: Subject): boolean {
  const isCredential = [...contract.securitySchemes.values()].some((scheme) => scheme.in === 'query' && scheme.parameterName === name);
  return isCredential || operation.parameters.some((parameter) => covers(parameter, name, contract));
}

function covers(parameter: Parameter, name: string, contract: Contract): boolean {
  if (parameter.in === 'querystring' || (parameter.in === 'query' && parameter.name === name)) return true;
  if (parameter.in !== 'query') return false;
  // members of exploded objects travel under names of their own, which a map leaves open
  return parameter.style === 'deepObject' ? name.startsWith(`${parameter.name}[`) : isExplodedObject(parameter, contract);
}

function isExplodedObject({ schema, explode }: Parameter, contract: Contract): boolean {
  return explode && schema !== undefined && (typesOf(contract, schema).has('object') || propertiesOf(contract, schema).size > 0);
}

function judgeParameter({ contract }: Subject, parameter: Parameter, given: GivenParameter): Judgement[] {
  const where = `request.${parameter.in}.${parameter.name}`;
  const what = `${parameter.in} parameter ${parameter.name}`;
  if (given.kind === 'absent') {
    // an object without members has no text, and who recorded the request may have left out what identifies
    if (!parameter.required || parameter.in === 'cookie' || isExplodedObject(parameter, contract) || parameter.style === 'deepObject')
      return [];
    const promise = { pointer: parameter.pointer, text: 'required' };
    return [fail(id, `the required ${what} is missing`, { topic: `${parameter.pointer} missing`, where, promise, came: 'nothing' })];
  }
  if (given.kind === 'broken') {
    const promise = { pointer: parameter.pointer, text: parameter.mediaType?.type ?? '' };
    return [
      fail(id, `the ${what} is no JSON, and the API took it`, {
        topic: `${parameter.pointer} content`,
        where,
        promise,
        came: given.text.slice(0, 160),
      }),
    ];
  }
  const place = parameter.schema ?? parameter.mediaType?.schema;
  return place ? judgeValue(contract, place, given, where) : [];
}

function judgeValue(contract: Contract, place: SchemaPlace, { value, numbers }: TypedValue, where: string): Judgement[] {
  const validity = contract.validators.validate(place, value, 'request', numbers);
  if (validity.kind === 'valid') return [];
  if (validity.kind === 'cannot-judge') return [cannotJudge(id, validity.reason, { pointer: place.pointer, text: where })];
  return validity.violations.flatMap((violation) => {
    const part = valueAt(value, violation.instance);
    // of a credential only a mark was kept
    if (typeof part === 'string' && holdsMark(part)) return [];
    return fail(id, `${where}${violation.instance} ${violation.message}, and the API took it`, {
      topic: violation.schema,
      where: where + violation.instance,
      promise: { pointer: violation.schema, text: violation.message },
      came: (JSON.stringify(part) ?? 'nothing').slice(0, 160),
    });
  });
}

function judgeBody({ operation, exchange, contract }: Subject): Judgement[] {
  const { body, headers } = exchange.request;
  const declared = operation.requestBody;
  const where = 'request.body';
  if (exchange.request.bodyLost) return declared ? [cannotJudge(id, bodyLost, { pointer: declared.pointer, text: 'a body' })] : [];
  if (body === undefined || body.length === 0) {
    if (!declared?.required) return [];
    const promise = { pointer: declared.pointer, text: 'required' };
    return [fail(id, 'the required body is missing', { topic: `${declared.pointer} missing`, where, promise, came: 'nothing' })];
  }
  const came = headerValue(headers, 'content-type') ?? 'no Content-Type';
  if (!declared) {
    const promise = { pointer: operation.pointer, text: 'no body' };
    return [fail(id, 'a body is sent where none is declared', { topic: 'undeclared body', where, promise, came, confidence: 'likely' })];
  }
  const sent = sentMediaType(operation, exchange.request);
  if (!sent) {
    const promise = { pointer: declared.pointer, text: declared.content.map((content) => content.type).join(', ') };
    return [
      fail(id, `a body of ${came} is not declared`, { topic: `media type ${came}`, where: 'request.headers.content-type', promise, came }),
    ];
  }
  const { media, type } = sent;
  return judgeContent(contract, media, readContent(body, type, { contract, direction: 'request', media }), where);
}

function judgeContent(contract: Contract, media: MediaType, content: Content, where: string): Judgement[] {
  switch (content.kind) {
    case 'parts':
      return content.parts.flatMap(({ place, at, ...typed }) => judgeValue(contract, place, typed, where + at));
    case 'misfit': {
      const { pointer, promise, came, at } = content;
      return [
        fail(id, `${where}${at} ${promise}, and the API took it`, {
          topic: pointer,
          where: where + at,
          promise: { pointer, text: promise },
          came,
        }),
      ];
    }
    case 'unknown':
      return [cannotJudge(id, content.reason, { pointer: media.pointer, text: media.type })];
    case 'broken': {
      const promise = { pointer: media.pointer, text: media.type };
      return [fail(id, `the body ${content.reason}, and the API took it`, { topic: 'not json', where, promise, came: content.reason })];
    }
    case 'free':
      return [];
    default:
      return content satisfies never;
  }
}
