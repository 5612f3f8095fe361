/** Declared response headers: there when required, and of their schema. */
import { headerValue } from '../../requests/exchange.ts';
import type { Header, Parameter } from '../../spec/contract.ts';
import { readParameter } from '../../spec/read-parameter.ts';
import type { Check } from '../check.ts';
import { cannotJudge, fail, pass } from '../judgements.ts';
import { mayStopBefore, type Subject } from '../subject.ts';
import type { Judgement } from '../verdict.ts';

const id = 'headers-match';

export const headersMatch: Check = {
  id,
  title: 'declared headers are there when required, and fit their schemas',
  source: 'OpenAPI 3.1.1 Header Object',
  judge: (subject) => (subject.declared?.headers ?? []).flatMap((header) => judgeHeader(header, subject)),
};

function judgeHeader(header: Header, subject: Subject): readonly Judgement[] {
  const { response, contract } = subject;
  const text = headerValue(response.headers, header.name);
  const where = `response.headers.${header.name.toLowerCase()}`;
  if (text === undefined) {
    if (!header.required || mayStopBefore(subject)) return [];
    const promise = { pointer: header.pointer, text: `${header.name} is required` };
    return [
      fail(id, `the header ${header.name} is missing`, { topic: `${header.pointer} missing`, where, promise, came: 'no such header' }),
    ];
  }
  const place = header.schema ?? header.mediaType?.schema;
  if (!place) return [];
  const given = readParameter(contract, parameterOf(header), { path: nowhere, query: [], cookies: [], header: () => text });
  const came = text.slice(0, 160);
  if (given.kind !== 'value') {
    const promise = { pointer: header.pointer, text: header.mediaType?.type ?? '' };
    return [fail(id, `the header ${header.name} holds no JSON`, { topic: `${header.pointer} content`, where, promise, came })];
  }
  const validity = contract.validators.validate(place, given.value, 'response', given.numbers);
  if (validity.kind === 'valid') return [pass(id)];
  if (validity.kind === 'cannot-judge') return [cannotJudge(id, validity.reason, { pointer: header.pointer, text: header.name })];
  return validity.violations.map((violation) =>
    fail(id, `the header ${header.name} ${violation.message}`, {
      topic: violation.schema,
      where,
      promise: { pointer: violation.schema, text: violation.message },
      came,
    }),
  );
}

const nowhere: ReadonlyMap<string, string> = new Map();

/** A header of an answer is written as a header parameter is. @see https://spec.openapis.org/oas/v3.1.1#header-object */
function parameterOf({ name, required, schema, mediaType, explode, pointer }: Header): Parameter {
  return {
    name,
    in: 'header',
    required,
    deprecated: false,
    schema,
    mediaType,
    style: 'simple',
    explode,
    allowReserved: false,
    pointer,
    examples: [],
  };
}
