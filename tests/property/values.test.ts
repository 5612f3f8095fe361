import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../../src/lib/json.ts';
import type { Contract, SchemaPlace } from '../../src/spec/contract.ts';
import { createContract } from '../../src/spec/create-contract.ts';
import { parseDocument } from '../../src/spec/parse-document.ts';
import { arbitraryValue } from '../../src/spec/values/arbitrary-value.ts';
import { invalidValues } from '../../src/spec/values/invalid-values.ts';
import { sampleValue } from '../../src/spec/values/sample-value.ts';
import { validValues } from '../../src/spec/values/valid-values.ts';
import { contractOfFile, realDocumentFile, realDocuments } from '../support/real-documents.ts';
import { schemaContract, schemaPlaces } from '../support/schema-contract.ts';
import { secondOpinion } from '../support/second-opinion.ts';

const seed = process.env['SEED'] === undefined ? Date.now() : Number(process.env['SEED']);

/** How many values were judged, and those that either validator judges other than intended. */
async function disagreements(
  contract: Contract,
  place: SchemaPlace,
): Promise<{ readonly judged: number; readonly wrong: readonly string[] }> {
  const options = { direction: 'request', seed, limit: 60 } as const;
  const second = await secondOpinion(contract.document, place.pointer, 'request');
  const agree = (value: Json, valid: boolean): boolean =>
    (contract.validators.validate(place, value, 'request').kind === 'valid') === valid && second(value) === valid;
  const valid = validValues(contract, place, options);
  const invalid = invalidValues(contract, place, options).filter(({ broken }) => broken.keyword !== 'discriminator');
  const wrong = [...valid.filter(({ value }) => !agree(value, true)), ...invalid.filter(({ value }) => !agree(value, false))];
  return {
    judged: valid.length + invalid.length,
    wrong: wrong.map(({ what, value }) => `${what}: ${JSON.stringify(value).slice(0, 200)}`),
  };
}

const bounds = fc.record({ minimum: fc.integer({ min: -50, max: 20 }), maximum: fc.integer({ min: 21, max: 90 }) }, { requiredKeys: [] });
const lengths = fc.record({ minLength: fc.integer({ min: 0, max: 5 }), maxLength: fc.integer({ min: 5, max: 30 }) }, { requiredKeys: [] });
const sizes = fc.record(
  { minItems: fc.integer({ min: 0, max: 2 }), maxItems: fc.integer({ min: 2, max: 5 }), uniqueItems: fc.boolean() },
  { requiredKeys: [] },
);
const formats = ['date', 'date-time', 'uuid', 'email', 'ipv4', 'ipv6', 'uri', 'time', 'duration', 'json-pointer'];
const patterns = ['^[a-z]+$', '^\\d{2,4}$', '[A-Z]', '^x-', '^(a|bc)*$'];
const names = fc.constantFrom('id', 'name', 'owner_email', 'tags', 'kind', 'a/b', 'note~1');

/** Schemas of every type, nested. */
const { schema: schemas } = fc.letrec<{ schema: JsonObject }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'schema' },
    bounds.map((more) => ({ type: 'integer', ...more })),
    fc.tuple(bounds, fc.constantFrom(1, 3, 0.5)).map(([more, multipleOf]) => ({ type: 'number', multipleOf, ...more })),
    lengths.map((more) => ({ type: 'string', ...more })),
    fc.constantFrom(...formats).map((format) => ({ type: 'string', format })),
    fc.constantFrom(...patterns).map((pattern) => ({ type: 'string', pattern })),
    fc.uniqueArray(fc.oneof(fc.string(), fc.integer()), { minLength: 1, maxLength: 4 }).map((values) => ({ enum: values })),
    fc.constantFrom<JsonObject>(
      { type: 'boolean' },
      { type: ['string', 'null'] },
      { type: 'object', additionalProperties: { type: 'integer' } },
    ),
    fc.tuple(tie('schema'), sizes).map(([items, more]) => ({ type: 'array', items, ...more })),
    fc
      .tuple(fc.dictionary(names, tie('schema'), { maxKeys: 4 }), fc.boolean(), fc.integer({ min: 0, max: 2 }))
      .map(([properties, open, count]) => ({
        type: 'object',
        properties,
        required: Object.keys(properties).slice(0, count),
        ...(open ? {} : { additionalProperties: false }),
      })),
    fc.array(tie('schema'), { minLength: 2, maxLength: 3 }).map((anyOf) => ({ anyOf })),
    tie('schema').map((schema) => ({ anyOf: [schema, { type: 'null' }] })),
    fc.tuple(tie('schema'), tie('schema')).map((allOf) => ({ allOf })),
  ),
}));

test('of any schema, two validators find the valid values valid and the invalid ones invalid', async () => {
  let total = 0;
  await fc.assert(
    fc.asyncProperty(schemas, async (schema) => {
      const { contract, place } = schemaContract(schema);
      const { judged, wrong } = await disagreements(contract, place);
      total += judged;
      expect(wrong).toEqual([]);
    }),
    { seed, numRuns: 150 },
  );
  expect(total).toBeGreaterThan(1500);
});

test('of any schema, two validators find every draw of an arbitrary valid', async () => {
  let drawn = 0;
  await fc.assert(
    fc.asyncProperty(schemas, fc.boolean(), async (schema, tame) => {
      const { contract, place } = schemaContract(schema);
      const arbitrary = arbitraryValue(contract, place, { direction: 'request', seed, tame });
      const values = arbitrary ? fc.sample(arbitrary, { seed, numRuns: 10 }) : [];
      drawn += values.length;
      const second = await secondOpinion(contract.document, place.pointer, 'request');
      const isAgreed = (value: Json): boolean => contract.validators.validate(place, value, 'request').kind === 'valid' && second(value);
      expect(values.filter((value) => !isAgreed(value))).toEqual([]);
    }),
    { seed, numRuns: 100 },
  );
  expect(drawn).toBeGreaterThan(500);
});

test('of the components of a real document, two validators agree on every value', async () => {
  const contract = createContract(parseDocument(readFileSync('specs/jobbergate/openapi.json', 'utf8'), 'openapi.json'));
  const components = contract.document['components'] as { readonly schemas: JsonObject };
  for (const name of Object.keys(components.schemas)) {
    const pointer = `/components/schemas/${name}`;
    const { judged, wrong } = await disagreements(contract, { pointer, schema: components.schemas[name] as JsonObject });
    expect({ name, wrong }).toEqual({ name, wrong: [] });
    expect(judged).toBeGreaterThan(1);
  }
});

test('of the requests of real documents, two validators find every draw valid', { timeout: 60_000 }, async () => {
  const wrong: string[] = [];
  let place = 0;
  let drawn = 0;
  for (const file of realDocuments) {
    const contract = contractOfFile(realDocumentFile(file));
    // what a discriminator asks is OpenAPI's, which plain JSON Schema does not know
    if (JSON.stringify(contract.document).includes('"discriminator"')) continue;
    for (const { place: schema, direction, name } of schemaPlaces(contract)) {
      if (direction !== 'request' || (place++ + seed) % 8 !== 0) continue;
      const arbitrary = arbitraryValue(contract, schema, { direction, seed, name });
      // schemas that are none by the letter are judged by us alone
      const second = await secondOpinion(contract.document, schema.pointer, direction).catch(() => undefined);
      for (const value of arbitrary ? fc.sample(arbitrary, { seed, numRuns: 5 }) : []) {
        if (second) drawn++;
        if (contract.validators.validate(schema, value, direction).kind !== 'valid' || second?.(value) === false)
          wrong.push(`${file} ${schema.pointer} ${JSON.stringify(value).slice(0, 200)}`);
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(drawn).toBeGreaterThan(100);
});

test('real documents: a value is found for every schema that has one, and none makes the walk fail', { timeout: 60_000 }, async () => {
  let places = 0;
  let judged = 0;
  const without: string[] = [];
  for (const file of realDocuments) {
    const contract = contractOfFile(realDocumentFile(file));
    for (const { place, direction, name } of schemaPlaces(contract)) {
      places++;
      if (contract.validators.validate(place, null, direction).kind === 'cannot-judge') continue;
      judged++;
      const options = { direction, seed, name, limit: 25 };
      if (sampleValue(contract, place, options) === undefined) without.push(file);
      // on a busy machine the time for a pattern may be over that it was not over for when the value was made
      for (const { value } of validValues(contract, place, options))
        expect(contract.validators.validate(place, value, direction).kind, JSON.stringify(value)).not.toBe('invalid');
      for (const { value } of invalidValues(contract, place, options))
        expect(contract.validators.validate(place, value, direction).kind, JSON.stringify(value)).not.toBe('valid');
    }
  }
  expect(judged).toBeGreaterThan(places * 0.98);
  // each of these is unsatisfiable: endless recursion, `oneOf` over equal schemas, `allOf` of a string and an integer
  expect([...new Set(without)].toSorted()).toEqual([
    '3.0/json/circular-request-bodies.json',
    '3.0/json/readme-legacy.json',
    '3.0/json/schema-types.json',
    '3.1/json/schema-types.json',
  ]);
  expect(without).toHaveLength(10);
});
