/** The JSON Schema test suite, judged as the schemas of a document are: what we do not judge, or judge otherwise on purpose, is listed with its reason. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isObject, type Json, type JsonObject } from '../../src/lib/json.ts';
import type { Dialect, Validators } from '../../src/spec/contract.ts';
import { createContract } from '../../src/spec/create-contract.ts';
import { skippedCases } from './skipped-cases.ts';

interface Group {
  readonly description: string;
  readonly schema: Json;
  readonly tests: readonly { readonly description: string; readonly data: Json; readonly valid: boolean }[];
}

const folder = new URL('../json-schema-test-suite/', import.meta.url);
const read = (name: string): Json => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Json;
const remotes = Object.entries(read('remotes.json') as JsonObject);
const here = '/components/schemas/It';

/** Schemas of 2020-12 stand under an identifier of their own; those of draft-04 refer to the document, as in OpenAPI 3.0. */
function validatorsOf(schema: Json, dialect: Dialect): Validators {
  const text = JSON.stringify(schema);
  const it = dialect === '3.0' ? JSON.parse(text.replaceAll('"$ref":"#', `"$ref":"#${here}`)) : named(schema, 'https://suite.test/it');
  const others = text.includes('localhost:1234') ? remotes.map(([uri, remote], index): [string, Json] => [`Remote${index}`, named(remote, uri)]) : [];
  const schemas = { It: it as Json, ...Object.fromEntries(others) };
  return createContract({ openapi: `${dialect}.0`, info: { title: 't', version: '1' }, paths: {}, components: { schemas } }).validators;
}

function named(schema: Json, uri: string): Json {
  return isObject(schema) && typeof schema['$id'] !== 'string' ? { $id: uri, ...schema } : schema;
}

/** Descriptions of the cases that are judged otherwise than the suite says. */
function misjudged({ schema, tests }: Group, dialect: Dialect): readonly string[] {
  const validators = validatorsOf(schema, dialect);
  return tests
    .map(({ description, data, valid }) => ({ description, valid, said: validators.validate({ pointer: here, schema: true }, data, 'request') }))
    .filter(({ said, valid }) => said.kind !== (valid ? 'valid' : 'invalid'))
    .map(({ description, said }) => `${description}: ${said.kind}`);
}

describe.each([
  ['draft2020-12', '3.1'],
  ['draft4', '3.0'],
] as const)('%s in OpenAPI %s', (draft, dialect) => {
  const files = Object.entries(read(`${draft}.json`) as unknown as Readonly<Record<string, readonly Group[]>>);
  const skips = skippedCases[draft];

  test.each(files)('%s', (file, groups) => {
    const wrong = groups.flatMap((group) =>
      misjudged(group, dialect)
        .map((name) => `${group.description} / ${name}`)
        .filter((name) => !Object.keys(skips).some((skip) => `${file} / ${name}`.startsWith(skip))),
    );
    expect(wrong).toEqual([]);
  });

  test('nothing is left out that is judged rightly', () => {
    const all = files.flatMap(([file, groups]) => groups.flatMap((group) => misjudged(group, dialect).map((name) => `${file} / ${group.description} / ${name}`)));
    expect(Object.keys(skips).filter((skip) => !all.some((name) => name.startsWith(skip)))).toEqual([]);
  });
});
