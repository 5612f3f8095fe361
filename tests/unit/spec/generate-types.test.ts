import { readFile } from 'node:fs/promises';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { isObject, member, type Json, type JsonObject } from '../../../src/lib/json.ts';
import { generateTypes } from '../../../src/spec/generate-types.ts';

/** Compiler complaints about a module of these lines, under the strictest options of this repository. */
function complaints(text: string): readonly string[] {
  const options: ts.CompilerOptions = {
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    isolatedDeclarations: true,
    declaration: true,
    erasableSyntaxOnly: true,
    verbatimModuleSyntax: true,
    noEmit: true,
    noLib: true,
    types: [],
  };
  const globals =
    'interface Array<T> { length: number; [n: number]: T } interface Boolean {} interface Function {} interface CallableFunction {} interface NewableFunction {} interface IArguments {} interface Number {} interface Object {} interface RegExp {} interface String {} type Record<K extends string, T> = { [P in K]: T }; type Omit<T, K> = { [P in keyof T as P extends K ? never : P]: T[P] };';
  const files = new Map([
    ['/types.ts', text],
    ['/globals.d.ts', globals],
  ]);
  const host: ts.CompilerHost = {
    ...ts.createCompilerHost(options),
    getSourceFile: (name, version) => (files.has(name) ? ts.createSourceFile(name, files.get(name) ?? '', version) : undefined),
    fileExists: (name) => files.has(name),
    readFile: (name) => files.get(name),
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

/** `method path` of everything in `paths` that is an operation. */
function operationsIn(text: string): readonly string[] {
  const source = ts.createSourceFile('types.ts', text, ts.ScriptTarget.ES2024);
  const paths = source.statements.find(
    (node): node is ts.InterfaceDeclaration => ts.isInterfaceDeclaration(node) && node.name.text === 'paths',
  );
  const nameOf = (element: ts.TypeElement): string => (element.name !== undefined && 'text' in element.name ? element.name.text : '');
  return (paths?.members ?? [])
    .flatMap((path) => {
      const item = ts.isPropertySignature(path) && path.type !== undefined && ts.isTypeLiteralNode(path.type) ? path.type.members : [];
      return item
        .filter((element) => element.questionToken === undefined && nameOf(element) !== 'parameters')
        .map((element) => `${nameOf(element)} ${nameOf(path)}`);
    })
    .sort();
}

const ok = { responses: { 200: { description: '', content: { 'application/json': { schema: { $ref: '#/components/schemas/A' } } } } } };

const modern: JsonObject = {
  openapi: '3.2.0',
  info: { title: 't', version: '1' },
  paths: {
    '/a': {
      parameters: [{ name: 'x', in: 'query', schema: { type: 'string' } }],
      get: ok,
      query: { operationId: 'ask', ...ok },
      additionalOperations: { LINK: ok },
    },
    '/b': { $ref: '#/components/pathItems/B' },
    '/c': { get: { ...ok, operationId: 'same' }, put: { ...ok, operationId: 'same' } },
  },
  components: {
    pathItems: { B: { query: ok } },
    schemas: {
      A: {
        type: 'object',
        required: ['kind'],
        properties: { kind: { enum: ['a', 'b-c', '1'] }, 'odd name': { type: 'string', default: 'x' } },
        discriminator: { propertyName: 'kind', mapping: { a: 'B', x: 'Nowhere' } },
      },
      B: { allOf: [{ $ref: '#/components/schemas/A' }] },
    },
  },
};

describe('generateTypes', () => {
  it('loses no operation of 3.2, behind a reference or with an operationId of its own', async () => {
    const text = await generateTypes(modern);
    expect(operationsIn(text)).toEqual(['LINK /a', 'get /a', 'get /c', 'put /c', 'query /a', 'query /b']);
    expect(text).toContain('"query": operations["ask"]');
  });

  it('gives a module that type-checks under strict options and needs nothing but type stripping', async () => {
    expect(complaints(await generateTypes(modern))).toEqual([]);
  });

  it('takes data for data that looks like a reference', async () => {
    const operation = { ...ok, 'x-shown': { made: { $ref: './examples/made.json' } } };
    const schemas = { A: { type: 'object', example: { $ref: '#/nowhere', kept: 1 }, properties: { b: { $ref: '#/x-shared/B' } } } };
    const shared = { B: { type: 'array', items: { $ref: '#/x-shared/C' } }, C: { type: 'boolean' } };
    const text = await generateTypes({ ...modern, paths: { '/a': { get: operation } }, components: { schemas }, 'x-shared': shared });
    expect(operationsIn(text)).toEqual(['get /a']);
  });

  it('upgrades 2.0 before', async () => {
    const document = {
      swagger: '2.0',
      info: { title: 't', version: '1' },
      paths: {
        '/a': {
          post: {
            parameters: [{ in: 'body', name: 'b', schema: { type: 'object', properties: { c: { type: 'integer' } } } }],
            responses: { 204: { description: '' } },
          },
        },
      },
    };
    const text = await generateTypes(document);
    expect(operationsIn(text)).toEqual(['post /a']);
    expect(text).toMatch(/requestBody\?: \{\s+content: \{\s+"application\/json": \{\s+c\?: number;/);
  });

  it('is the same text for the same content, and names the digest of it', async () => {
    const turned = Object.fromEntries(Object.entries(modern).toReversed());
    const [text, other] = await Promise.all([generateTypes(modern), generateTypes(turned)]);
    expect(other).toBe(text);
    expect(text).toMatch(/^\/\*\*\n \* Types of the API, generated by specproof[^]*sha256:[\da-f]{64}\n \*\/\n\nexport interface paths /);
  });

  it("has written this repository's types, with every operation of the lock", async () => {
    const folder = new URL('../../../specs/jobbergate/', import.meta.url);
    const [locked, types] = await Promise.all(['openapi.json', 'types.ts'].map((name) => readFile(new URL(name, folder), 'utf8')));
    const document = JSON.parse(locked ?? '') as JsonObject;
    expect(await generateTypes(document)).toBe(types);
    const declared = Object.entries(document['paths'] ?? {}).flatMap(([path, item]: [string, Json]) =>
      Object.keys(isObject(item) ? item : {}).map((method) => `${method} ${path}`),
    );
    expect(operationsIn(types ?? '')).toEqual(declared.sort());
    expect(member(document['info'], 'version')).toBeTypeOf('string');
  });

  it('says in one line why a document has no types', async () => {
    await expect(
      generateTypes({ openapi: '3.1.0', info: { title: 't', version: '1' }, paths: { '/a': { get: { $ref: '#/nope', responses: {} } } } }),
    ).rejects.toMatchObject({
      code: 'E_SPEC_INVALID',
      message: expect.stringMatching(/^no types can be generated: [^\n]+$/) as string,
    });
  });
});
