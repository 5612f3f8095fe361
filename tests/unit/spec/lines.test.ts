import { describe, expect, it } from 'vitest';
import { createLineFinder } from '../../../src/spec/lines.ts';

const json = `{
  "openapi": "3.1.0",
  "paths": {
    "/a/{b}": {
      "get": {
        "parameters": [
          { "name": "x" },
          { "name": "y" }
        ]
      }
    }
  }
}`;

const yaml = `openapi: 3.1.0
paths:
  /a/{b}:
    get:
      parameters:
        - name: x
        - name: y
      responses:
        200: &ok
          description: fine
        201: *ok
`;

describe('createLineFinder', () => {
  it.each([
    ['', 1],
    ['/openapi', 2],
    ['/paths', 3],
    ['/paths/~1a~1{b}/get', 5],
    ['/paths/~1a~1{b}/get/parameters/1', 8],
    ['/paths/~1a~1{b}/get/parameters/1/name', 8],
    ['/paths/~1a~1{b}/get/responses/404', 5],
    ['/paths/~1nowhere', 3],
    ['/components/schemas/X', 1],
  ])('finds %s of a JSON text in line %i', (pointer, want) => {
    expect(createLineFinder(json)(pointer)).toBe(want);
  });

  it.each([
    ['/paths/~1a~1{b}/get', 4],
    ['/paths/~1a~1{b}/get/parameters/1', 7],
    ['/paths/~1a~1{b}/get/responses/200/description', 10],
    ['/paths/~1a~1{b}/get/responses/201', 11],
    ['/paths/~1a~1{b}/get/responses/201/description', 10],
    ['/paths/~1a~1{b}/get/requestBody', 4],
  ])('finds %s of a YAML text in line %i', (pointer, want) => {
    expect(createLineFinder(yaml)(pointer)).toBe(want);
  });

  it.each([
    ['/components/schemas/Pet/properties/name', 4],
    ['/components/securitySchemes/key', 5],
    ['/paths/~1pets/get/responses/200/content/application~1json/schema', 6],
    ['/paths/~1pets/get/requestBody/content/application~1json', 6],
  ])('finds %s, a pointer into the 3.1 shape, in the 2.0 text', (pointer, want) => {
    const text = `{ "swagger": "2.0",
  "definitions": {
    "Pet": { "properties": {
      "name": {} } } }, "securityDefinitions": {
    "key": {} },
  "paths": { "/pets": { "get": { "parameters": [], "responses": { "200": { "schema": {} } } } } } }`;
    expect(createLineFinder(text)(pointer)).toBe(want);
  });

  it.each(['', '\u0000', '{"a":1}', '{"a":1}\n'])('has no line for a document of one line, of which a pointer says more: %j', (text) => {
    expect(createLineFinder(text)('/a')).toBeUndefined();
  });

  it('answers the first line where nothing can be found', () => {
    expect(createLineFinder('\u0000\n\u0000')('/a')).toBe(1);
  });

  it('finds the last line of a text with Windows line ends', () => {
    expect(createLineFinder('{\r\n"a": 1,\r\n"b": 2\r\n}')('/b')).toBe(3);
  });
});
