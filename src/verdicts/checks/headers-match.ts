/** Declared response headers: there when required, and of their schema. */
import { isObject, type Json } from '../../lib/json.ts';
import { headerValue } from '../../requests/exchange.ts';
import type { Header } from '../../spec/contract.ts';
import type { Check } from '../check.ts';
import { cannotJudge, fail, pass } from '../judgements.ts';
import type { Subject } from '../subject.ts';
import type { Judgement } from '../verdict.ts';
import { readText } from '../../spec/read-text.ts';

const id = 'headers-match';

export const headersMatch: Check = {
  id,
  title: 'declared headers are there when required, and fit their schemas',
  source: 'OpenAPI 3.1.1 Header Object',
  judge: (subject) => (subject.declared?.headers ?? []).flatMap((header) => judgeHeader(header, subject)),
};

function judgeHeader(header: Header, { response, contract }: Subject): readonly Judgement[] {
  const text = headerValue(response.headers, header.name);
  const where = `response.headers.${header.name.toLowerCase()}`;
  if (text === undefined) {
    if (!header.required) return [];
    const promise = { pointer: header.pointer, text: `${header.name} is required` };
    return [
      fail(id, `the header ${header.name} is missing`, { topic: `${header.pointer} missing`, where, promise, came: 'no such header' }),
    ];
  }
  if (!header.schema) return [];
  const validity = contract.validators.validate(
    header.schema,
    headerJson(text, header, contract.resolve(header.schema).schema),
    'response',
  );
  if (validity.kind === 'valid') return [pass(id)];
  if (validity.kind === 'cannot-judge') return [cannotJudge(id, validity.reason, { pointer: header.pointer, text: header.name })];
  return validity.violations.map((violation) =>
    fail(id, `the header ${header.name} ${violation.message}`, {
      topic: violation.schema,
      where,
      promise: { pointer: violation.schema, text: violation.message },
      came: text.slice(0, 160),
    }),
  );
}

/** Style `simple`: lists are split at commas, scalars are read as their schema says. @see https://spec.openapis.org/oas/v3.1.1#style-values */
function headerJson(text: string, header: Header, schema: unknown): Json {
  if (isObject(schema) && schema['type'] === 'array') return text.split(',').map((part) => readText(part.trim(), schema['items'] ?? true));
  if (isObject(schema) && schema['type'] === 'object') {
    const parts = text.split(',').map((part) => part.trim());
    const properties = isObject(schema['properties']) ? schema['properties'] : {};
    const pairs = header.explode
      ? parts.map((part) => part.split('=', 2))
      : parts.flatMap((part, index) => (index % 2 === 0 ? [[part, parts[index + 1] ?? '']] : []));
    return Object.fromEntries(pairs.map(([name = '', value = '']) => [name, readText(value, properties[name] ?? true)]));
  }
  return readText(text, isObject(schema) ? schema : true);
}
