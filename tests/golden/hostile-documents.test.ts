import { expect, test } from 'vitest';
import { planScenarios, plannedPhases } from '../../src/cases/plan-scenarios.ts';
import type { Json, JsonObject } from '../../src/lib/json.ts';
import { createContract } from '../../src/spec/create-contract.ts';
import { parseDocument } from '../../src/spec/parse-document.ts';
import { assertLocalReferences } from '../../src/spec/references.ts';
import { upgradeDocument } from '../../src/spec/upgrade-document.ts';
import { schemaPlaces } from '../support/schema-contract.ts';
import { planOptions } from '../support/plan-options.ts';

/** A document that takes and gives the schema `It`, beside other components. */
function documentOf(it: Json, others: JsonObject = {}): JsonObject {
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/It' } } };
  const operation = { requestBody: { content }, responses: { 200: { description: 'ok', content } } };
  return {
    openapi: '3.1.0',
    info: { title: 'hostile', version: '1' },
    paths: { '/things/{id}': { post: operation, parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }] } },
    components: { schemas: { ...others, It: it } },
  };
}

/** All that a run does with a document before it sends anything, and what is said of a few bodies. */
function said(text: string): string {
  const { document, dialect } = upgradeDocument(parseDocument(text, 'hostile.json'));
  assertLocalReferences(document, 'hostile.json', () => undefined);
  const contract = createContract(document, { dialect, location: 'hostile.json' });
  const options = { ...planOptions, authenticated: false };
  for (const scenario of planScenarios(contract, { phases: new Set(plannedPhases), ...options })) scenario.start().next();
  const words = schemaPlaces(contract).flatMap(({ place, direction }) =>
    bodies.map((body) => {
      const validity = contract.validators.validate(place, body, direction);
      return validity.kind === 'cannot-judge' ? validity.reason : 'judged';
    }),
  );
  return [...new Set(words)].toSorted().join('; ');
}

const bodies: readonly Json[] = [null, 7, 'a'.repeat(2000), '!', [[[[{}]]]], { a: { a: { a: {} } } }, Array.from({ length: 50 }, () => 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!')];

const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const chain = (length: number, link: (next: JsonObject) => Json): JsonObject =>
  Object.fromEntries(Array.from({ length }, (_, index) => [`C${index}`, index + 1 < length ? link(ref(`C${index + 1}`)) : { type: 'integer' }]));
const nested = (depth: number): Json => (depth === 0 ? { type: 'integer' } : { type: 'object', properties: { a: nested(depth - 1) } });

test.each<[what: string, document: JsonObject]>([
  ['a required property of its own kind', documentOf({ type: 'object', required: ['a'], properties: { a: ref('It') } })],
  ['items of its own kind, at least two', documentOf({ type: 'array', minItems: 2, items: ref('It') })],
  ['a chain of 12 objects with two properties of the next', documentOf(ref('C0'), chain(12, (next) => ({ type: 'object', required: ['a', 'b'], properties: { a: next, b: next } })))],
  ['200 levels of properties', documentOf(nested(200))],
  ['a list of a thousand million items', documentOf({ type: 'array', minItems: 1e9, items: { type: 'integer' } })],
  ['a text of a thousand million characters', documentOf({ type: 'string', minLength: 1e9 })],
  ['an object of a million properties', documentOf({ type: 'object', minProperties: 1e6 })],
  ['numbers beyond reason', documentOf({ type: 'number', minimum: 1e308, multipleOf: 1e-300 })],
  ['an enumeration of 50,000 values', documentOf({ enum: Array.from({ length: 50_000 }, (_, index) => `v${index}`) })],
  ['a pattern that backtracks without end', documentOf({ type: 'string', pattern: '^(a+)+$', minLength: 40 })],
  ['a pattern of a million characters', documentOf({ type: 'string', pattern: '^((a{100}){100}){100}$' })],
  ['a pattern of counts above counts', documentOf({ type: 'string', pattern: '^(a{0,65535}){65535}$' })],
  ['a pattern for names that backtracks', documentOf({ type: 'object', patternProperties: { '^(a+)+$': { type: 'integer' } }, properties: { ['a'.repeat(40)]: {}, [`${'a'.repeat(40)}!`]: {} }, required: [`${'a'.repeat(40)}!`] })],
  ['names of the prototype', documentOf(JSON.parse('{"type":"object","required":["__proto__","constructor","toString"],"properties":{"__proto__":{"type":"integer"},"constructor":{"type":"object","properties":{"prototype":{"type":"string"}}},"toString":{}}}') as Json, JSON.parse('{"__proto__":{"type":"integer"},"constructor":{"type":"integer"}}') as JsonObject)],
  ['a chain of 100 references', documentOf(ref('C0'), chain(100, (next) => next))],
])('%s is judged', { timeout: 60_000 }, (_, document) => expect(said(JSON.stringify(document))).toBe('judged'));

test.each<[what: string, document: JsonObject, want: RegExp]>([
  ['a schema that is a reference to itself', documentOf(ref('It')), /Maximum call stack/],
  ['two schemas that refer to each other', documentOf(ref('Other'), { Other: ref('It') }), /Maximum call stack/],
  ['a schema that is all of itself', documentOf({ allOf: [ref('It')], type: 'object' }), /Maximum call stack/],
  ['a schema that is any of itself and itself', documentOf({ anyOf: [ref('It'), ref('It')] }), /Maximum call stack/],
  ['a schema that is none of itself', documentOf({ not: ref('It') }), /Maximum call stack/],
  ['a chain of 30 unions of twice the same', documentOf(ref('C0'), chain(30, (next) => ({ anyOf: [next, next] }))), /against more than 100000 schemas/],
  ['a chain of 30 exclusive unions', documentOf(ref('C0'), chain(30, (next) => ({ oneOf: [next, next] }))), /against more than 100000 schemas/],
  ['a chain of 30 intersections of twice the same', documentOf(ref('C0'), chain(30, (next) => ({ allOf: [next, next] }))), /against more than 100000 schemas/],
  ['a pattern of ambiguous branches', documentOf({ type: 'string', pattern: '^(a|aa|aaa)*b$', minLength: 60 }), /does not settle within 500 ms/],
])('of %s is told why it cannot be judged', { timeout: 60_000 }, (_, document, want) => expect(said(JSON.stringify(document))).toMatch(want));
