/** Reads a scalar that travelled as text (in a URL, a header, a form) as the type that its schema names. */
import { isObject, type Json } from '../lib/json.ts';

const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** The value that the text stands for under the schema; the text itself where no other reading is a JSON value of a named type. */
export function readText(text: string, schema: Json): Json {
  const type = isObject(schema) ? schema['type'] : undefined;
  const types: readonly Json[] = Array.isArray(type) ? type : [type ?? null];
  if ((types.includes('integer') || types.includes('number')) && number.test(text)) return Number(text);
  if (types.includes('boolean') && (text === 'true' || text === 'false')) return text === 'true';
  if (types.includes('null') && type !== undefined && (text === '' || text === 'null')) return null;
  const branches = isObject(schema) ? (schema['anyOf'] ?? schema['oneOf']) : undefined;
  if (Array.isArray(branches)) {
    for (const branch of branches) {
      const value = readText(text, branch);
      if (value !== text) return value;
    }
  }
  return text;
}
