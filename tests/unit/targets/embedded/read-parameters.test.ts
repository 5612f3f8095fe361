import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../../../src/lib/json.ts';
import { createContract } from '../../../../src/spec/create-contract.ts';
import { readParameters } from '../../../../src/targets/embedded/read-parameters.ts';
import { createShapes } from '../../../../src/targets/embedded/shapes.ts';

function read(
  parameter: JsonObject,
  sent: { readonly query?: string; readonly path?: string; readonly headers?: Record<string, string> },
): Json | undefined {
  const path = parameter['in'] === 'path' ? '/x/{v}' : '/x';
  const contract = createContract({
    openapi: '3.1.0',
    info: { title: 't', version: '1' },
    paths: { [path]: { get: { parameters: [{ name: 'v', ...parameter }], responses: {} } } },
  });
  const [operation] = contract.operations;
  if (operation === undefined) throw new Error('no operation');
  const incoming = {
    method: 'GET',
    target: '/',
    path: sent.path ?? '/x',
    operations: [operation],
    query: new URLSearchParams(sent.query),
    headers: sent.headers ?? {},
    body: new Uint8Array(),
  };
  return readParameters(contract, createShapes(contract), operation, incoming)[0]?.value;
}

const numbers: JsonObject = { type: 'array', items: { type: 'integer' } };
const pair: JsonObject = { type: 'object', properties: { a: { type: 'integer' }, b: { type: 'string' } } };

describe('parameters get the types of their schemas', () => {
  test.each<[string, JsonObject, Parameters<typeof read>[1], Json | undefined]>([
    ['absent', { in: 'query', schema: { type: 'integer' } }, {}, undefined],
    ['integer', { in: 'query', schema: { type: 'integer' } }, { query: 'v=12' }, 12],
    ['no integer', { in: 'query', schema: { type: 'integer' } }, { query: 'v=12x' }, '12x'],
    ['a number that is out of bounds keeps its type', { in: 'query', schema: { type: 'integer', maximum: 5 } }, { query: 'v=12' }, 12],
    ['digits as a text', { in: 'query', schema: { type: 'string' } }, { query: 'v=12' }, '12'],
    ['text or null', { in: 'query', schema: { anyOf: [{ type: 'string' }, { type: 'null' }] } }, { query: 'v=null' }, 'null'],
    ['integer or null', { in: 'query', schema: { anyOf: [{ type: 'integer' }, { type: 'null' }] } }, { query: 'v=null' }, null],
    ['boolean', { in: 'query', schema: { type: 'boolean' } }, { query: 'v=false' }, false],
    ['the last of several', { in: 'query', schema: { type: 'integer' } }, { query: 'v=1&v=2' }, 2],
    ['exploded array', { in: 'query', schema: numbers }, { query: 'v=1&v=2' }, [1, 2]],
    ['array of one', { in: 'query', schema: numbers }, { query: 'v=1' }, [1]],
    ['array in one text', { in: 'query', explode: false, schema: numbers }, { query: 'v=1,2' }, [1, 2]],
    ['piped array', { in: 'query', style: 'pipeDelimited', explode: false, schema: numbers }, { query: 'v=1|2' }, [1, 2]],
    ['deep object', { in: 'query', style: 'deepObject', schema: pair }, { query: 'v[a]=1&v[b]=2' }, { a: 1, b: '2' }],
    ['exploded object', { in: 'query', schema: pair }, { query: 'a=1&b=2' }, { a: 1, b: '2' }],
    ['JSON content', { in: 'query', content: { 'application/json': { schema: pair } } }, { query: 'v=%7B%22a%22%3A1%7D' }, { a: 1 }],
    ['path', { in: 'path', required: true, schema: { type: 'integer' } }, { path: '/x/7' }, 7],
    ['label', { in: 'path', required: true, style: 'label', schema: numbers }, { path: '/x/.1.2' }, [1, 2]],
    ['matrix', { in: 'path', required: true, style: 'matrix', schema: { type: 'integer' } }, { path: '/x/;v=3' }, 3],
    ['header', { in: 'header', schema: numbers }, { headers: { v: '1,2' } }, [1, 2]],
    ['cookie', { in: 'cookie', schema: { type: 'integer' } }, { headers: { cookie: 'u=1; v=2' } }, 2],
  ])('%s', (_title, parameter, sent, want) => expect(read(parameter, sent)).toEqual(want));
});
