import { describe, expect, it } from 'vitest';
import { isHarnessError } from '../../../src/errors.ts';
import { parseDocument } from '../../../src/spec/parse-document.ts';
import { parseText } from '../../../src/spec/parse-text.ts';

function refusal(act: () => unknown): { readonly code: string; readonly message: string } {
  try {
    act();
  } catch (error) {
    if (isHarnessError(error)) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('parseDocument', () => {
  it.each([
    ['JSON', '{"openapi":"3.1.0","info":{"title":"t","version":"1"},"paths":{}}'],
    ['JSON after a byte order mark', '\uFEFF{"openapi":"3.1.0","info":{"title":"t","version":"1"},"paths":{}}'],
    ['block YAML', 'openapi: 3.1.0\ninfo: { title: t, version: "1" }\npaths: {}\n'],
    ['flow YAML that opens like JSON', '{openapi: 3.1.0, info: {title: t, version: "1"}, paths: {}}'],
  ])('reads %s', (_, text) => {
    expect(parseDocument(text, 'api')).toEqual({ openapi: '3.1.0', info: { title: 't', version: '1' }, paths: {} });
  });

  it.each(['swagger: "2.0"', 'openapi: 3.0.4', 'openapi: 3.1.0', 'openapi: 3.2.0'])('reads the version %s', (text) => {
    expect(Object.keys(parseDocument(text, 'api'))).toHaveLength(1);
  });

  it('keeps YAML 1.2 scalars as authors mean them: dates and `no` are texts, statuses are names', () => {
    const document = parseDocument('openapi: 3.1.0\nx-a: 2020-01-01\nx-b: no\nx-c: { 200: ok }', 'api');
    expect(document).toMatchObject({ 'x-a': '2020-01-01', 'x-b': 'no', 'x-c': { '200': 'ok' } });
  });

  it('keeps members called like inherited ones as ordinary members', () => {
    for (const text of ['{"openapi":"3.1.0","__proto__":{"a":1}}', 'openapi: 3.1.0\n__proto__: { a: 1 }']) {
      const document = parseDocument(text, 'api');
      expect(Object.keys(document)).toEqual(['openapi', '__proto__']);
      expect(Object.getPrototypeOf(document)).toBe(Object.prototype);
    }
  });

  it.each([
    ['broken JSON', '{\n  "openapi": "3.1.0",\n  "info": {,}\n}', 'E_SPEC_PARSE', /^api:3:12 is neither JSON nor YAML: /],
    ['broken YAML', 'openapi: 3.1.0\ninfo: [', 'E_SPEC_PARSE', /^api:\d+:\d+ is neither JSON nor YAML: /],
    ['a key given twice', 'openapi: 3.1.0\nopenapi: 3.1.0', 'E_SPEC_PARSE', /^api:2:1 .*duplicat/],
    ['nothing', ' \n', 'E_SPEC_PARSE', /^api is empty$/],
    ['an HTML page', '<!doctype html><title>My  API</title>', 'E_SPEC_INVALID', /^api is a page \("My API"\), not an OpenAPI document/],
    [
      'a Postman collection',
      '{"info":{"schema":"https://schema.getpostman.com/json/collection/v2.1.0/"}}',
      'E_SPEC_INVALID',
      /is a Postman collection/,
    ],
    ['an AsyncAPI document', 'asyncapi: 3.0.0', 'E_SPEC_INVALID', /is an AsyncAPI document/],
    ['a list', '[1]', 'E_SPEC_INVALID', /is a list/],
    ['a word', 'hello', 'E_SPEC_INVALID', /is a string/],
    ['another object', '{"detail":"Not Found"}', 'E_SPEC_INVALID', /an object with "detail"/],
    ['an unquoted version', 'swagger: 2.0', 'E_SPEC_INVALID', /number 2, and must be a text: write swagger: "2.0"/],
    ['a version to come', 'openapi: 4.0.0', 'E_SPEC_INVALID', /\/openapi is "4.0.0"; specproof reads OpenAPI 2.0, 3.0, 3.1 and 3.2/],
    ['a version before', 'swagger: "1.2"', 'E_SPEC_INVALID', /\/swagger is "1.2"/],
  ])('says what %s is instead of a document, in one line', (_, text, code, message) => {
    const got = refusal(() => parseDocument(text, 'api'));
    expect(got.code).toBe(code);
    expect(got.message).toMatch(message);
    expect(got.message).not.toContain('\n');
  });
});

describe('parseText', () => {
  it('gives every alias a tree of its own', () => {
    const value = parseText('a: &x { b: 1 }\nc: *x', 'api') as { a: object; c: object };
    expect(value).toEqual({ a: { b: 1 }, c: { b: 1 } });
    expect(value.a).not.toBe(value.c);
  });

  it('refuses an alias that contains itself', () => {
    expect(refusal(() => parseText('a: &x { b: *x }', 'api')).message).toMatch(/an alias that contains itself at \/a\/b/);
  });

  it('refuses aliases that multiply without end, soon', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 12; level++)
      lines.push(`a${level}: &a${level} [${Array.from({ length: 10 }, () => `*a${level - 1}`).join(', ')}]`);
    expect(refusal(() => parseText(lines.join('\n'), 'api')).message).toMatch(/aliases expand to more than/);
  });

  it.each([
    ['JSON', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['YAML', `- ${'['.repeat(5000)}`],
  ])('refuses %s that is nested too deep', (_, text) => {
    expect(refusal(() => parseText(text, 'api')).code).toBe('E_SPEC_PARSE');
  });

  it('refuses values that JSON does not have', () => {
    expect(refusal(() => parseText('a: .inf', 'api')).message).toMatch(/Infinity is no JSON number, at \/a/);
  });

  it('throws the code that the caller asks for', () => {
    expect(refusal(() => parseText('{', 'overlay.yaml', 'E_OVERLAY')).code).toBe('E_OVERLAY');
  });
});
