import { expect, test } from 'vitest';
import type { Answer, Case } from '../../../src/cases/case.ts';
import { isObject, type Json, type JsonObject } from '../../../src/lib/json.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { brokenIn } from '../../support/broken-in.ts';
import { answered } from '../../support/converse.ts';
import { planOptions } from '../../support/plan-options.ts';

const content = (schema: Json): JsonObject => ({ content: { 'application/json': { schema } } });
const integer = { type: 'integer' };
const bed = { type: 'object', properties: { id: integer, title: { type: 'string' }, plant_count: integer } };
const plant = { type: 'object', properties: { id: integer, title: { type: 'string' }, bed_id: integer } };
const id = { name: 'id', in: 'path', required: true, schema: integer };

function resource(thing: JsonObject, required: string[]): readonly [JsonObject, JsonObject] {
  const properties = isObject(thing['properties']) ? thing['properties'] : {};
  const written = Object.fromEntries(required.map((name) => [name, properties[name] ?? true]));
  const body = { required: true, ...content({ type: 'object', required, properties: written }) };
  return [
    {
      get: { responses: { 200: { description: '', ...content({ type: 'array', items: thing }) } } },
      post: { requestBody: body, responses: { 201: { description: '', ...content(thing) } } },
    },
    { get: { parameters: [id], responses: { 200: { description: '', ...content(thing) } } } },
  ];
}

const [beds, oneBed] = resource(bed, ['title']);
const [plants, onePlant] = resource(plant, ['title', 'bed_id']);
const contract = createContract({
  openapi: '3.1.0',
  info: { title: 'Garden', version: '1' },
  paths: { '/beds': beds, '/beds/{id}': oneBed, '/plants': plants, '/plants/{id}': onePlant },
});

/** Beds that tell how many plants refer to them, wrong by so many. */
function createGarden(wrong: number): (planned: Case) => Answer {
  const kept = { beds: [] as JsonObject[], plants: [] as JsonObject[] };
  const shown = (thing: JsonObject, isBed: boolean): JsonObject =>
    isBed ? { ...thing, plant_count: kept.plants.filter((one) => one['bed_id'] === thing['id']).length + wrong } : thing;
  return ({ request }) => {
    const { method, path } = request.operation;
    const isBed = path.startsWith('/beds');
    const things = isBed ? kept.beds : kept.plants;
    if (method === 'POST') things.push({ ...(isObject(request.body?.value) && request.body.value), id: things.length + 1 });
    if (method === 'POST') return answered(201, shown(things.at(-1) ?? {}, isBed));
    if (!path.endsWith('}'))
      return answered(
        200,
        things.map((thing) => shown(thing, isBed)),
      );
    const found = things.find((thing) => thing['id'] === request.parameters[0]?.value);
    return found ? answered(200, shown(found, isBed)) : answered(404);
  };
}

function broken(wrong: number): readonly string[] {
  return brokenIn(contract, { ...planOptions, phases: new Set(['relations']) }, () => createGarden(wrong));
}

test('a thing counts those that refer to it: what is listed and not counted is certain, what is counted and not listed may be hidden', () => {
  expect(broken(0)).toEqual([]);
  expect(broken(-1)).toEqual([expect.stringMatching(/^certain count-agrees: plant_count is \d+, and \d+ are listed$/)]);
  expect(broken(1)).toEqual([expect.stringMatching(/^likely count-agrees: plant_count is \d+, and \d+ are listed$/)]);
});
