/** A pier whose boats name zones that are there before anybody asks, by names that no `_id` tells. */
import type { Json, JsonObject } from '../../../src/lib/json.ts';

const text: Json = { type: 'string', minLength: 2, maxLength: 60 };
const object = (properties: Json, ...required: readonly string[]): Json => ({ type: 'object', properties, required: [...required] });
const content = (schema: Json): Json => ({ 'application/json': { schema } });
const answers = (status: string, schema?: Json): Json => ({
  [status]: { description: '', ...(schema !== undefined && { content: content(schema) }) },
  400: { description: '' },
  404: { description: '' },
  409: { description: '' },
});
const takes = (schema: Json): Json => ({ required: true, content: content(schema) });
const inPath = (...names: readonly string[]): Json => names.map((name) => ({ name, in: 'path', required: true, schema: text }));

const zone = object({ name: text, depth: { type: 'integer' } }, 'name', 'depth');
const boat = object(
  {
    name: text,
    zone: { ...(text as object), example: 'zone-851' },
    hullName: { ...(text as object), example: 'catamaran', description: 'Name of the type of its hull' },
  },
  'name',
  'zone',
  'hullName',
);
const mark = object({ kind: { ...(text as object), example: 'plain' }, value: text }, 'kind', 'value');
const flag: Json = { type: 'boolean' };
const log = object({ pier: text, note: text, best: flag, wasVoided: flag }, 'note', 'best', 'wasVoided');
const oneLog = object({ id: text, pier: text, note: text, best: flag, wasVoided: flag }, 'id', 'pier', 'note', 'best', 'wasVoided');
const pier = object({ id: text, name: text, logCount: { type: 'integer' } }, 'id', 'name', 'logCount');

/** The OpenAPI document of the pier. */
export const pierDocument: JsonObject = {
  openapi: '3.1.0',
  info: { title: 'Pier', version: '1' },
  paths: {
    '/zones': { get: { responses: answers('200', { type: 'array', items: zone }) } },
    '/zones/{name}': { parameters: inPath('name'), get: { responses: answers('200', zone) } },
    '/boats': {
      get: { responses: answers('200', { type: 'array', items: boat }) },
      post: { requestBody: takes(boat), responses: answers('201', boat) },
    },
    '/boats/{boatName}': {
      parameters: inPath('boatName'),
      get: { responses: answers('200', boat) },
      delete: { responses: answers('204') },
    },
    '/boats/{boatName}/zones/{zone}': {
      parameters: inPath('boatName', 'zone'),
      get: { responses: answers('200', object({ fits: { type: 'boolean' } })) },
    },
    '/client/boats/{boatName}': { parameters: inPath('boatName'), get: { responses: answers('200', boat) } },
    '/marks': {
      get: { responses: answers('200', { type: 'array', items: mark }) },
      post: { requestBody: takes(mark), responses: answers('201', object({ mark }, 'mark')) },
    },
    '/marks/{kind}': { parameters: inPath('kind'), get: { responses: answers('200', { type: 'array', items: mark }) } },
    '/marks/{kind}/{value}': {
      parameters: inPath('kind', 'value'),
      get: { responses: answers('200', object({ mark }, 'mark')) },
      delete: { responses: answers('204') },
    },
    '/piers': {
      get: { responses: answers('200', { type: 'array', items: pier }) },
      post: { requestBody: takes(object({ name: text }, 'name')), responses: answers('201', pier) },
    },
    '/piers/{pierId}': { parameters: inPath('pierId'), get: { responses: answers('200', pier) } },
    '/piers/{pierId}/logs': {
      parameters: inPath('pierId'),
      get: { responses: answers('200', { type: 'array', items: oneLog }) },
      post: { requestBody: takes(log), responses: answers('201', oneLog) },
    },
    '/piers/{pierId}/logs/{logId}': { parameters: inPath('pierId', 'logId'), get: { responses: answers('200', oneLog) } },
  },
};
