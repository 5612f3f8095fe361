/** Short words for what the rental's document is made of. */
import type { Json, JsonObject } from '../../../src/lib/json.ts';

export const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
export const json = (schema: Json): JsonObject => ({ 'application/json': { schema } });
export const list = (schema: string): JsonObject => ({ type: 'array', items: ref(schema) });
export const object = (required: readonly string[], properties: JsonObject): JsonObject => ({ type: 'object', required, properties });
export const integer = (minimum: number, maximum: number, more: JsonObject = {}): JsonObject => ({
  type: 'integer',
  minimum,
  maximum,
  ...more,
});
export const text = (minLength: number, maxLength: number, more: JsonObject = {}): JsonObject => ({
  type: 'string',
  minLength,
  maxLength,
  ...more,
});
export const moment: JsonObject = { type: 'string', format: 'date-time' };
export const own = (schema: JsonObject): JsonObject => ({ ...schema, readOnly: true });
export const query = (name: string, schema: JsonObject, more: JsonObject = {}): JsonObject => ({ name, in: 'query', schema, ...more });
export const path = (name: string, schema: JsonObject): JsonObject => ({ name, in: 'path', required: true, schema });
export const header = (name: string, more: JsonObject = {}): JsonObject => ({ name, in: 'header', schema: { type: 'string' }, ...more });
export const takes = (content: JsonObject): JsonObject => ({ required: true, content });
export const field = (type: string, required = true): JsonObject => ({ required, schema: { type } });

/** A response object; refusals all look alike. */
export const gives = (content: JsonObject | undefined, headers: JsonObject = {}): JsonObject => ({
  description: 'It went well.',
  ...(content && { content }),
  ...(Object.keys(headers).length > 0 && { headers }),
});
export const refusals = (...statuses: readonly number[]): JsonObject =>
  Object.fromEntries(
    [400, 401, 403, 431, ...statuses].map((status) => [String(status), { description: 'It did not.', content: json(ref('Failure')) }]),
  );
