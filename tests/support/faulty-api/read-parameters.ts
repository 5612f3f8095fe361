/** Reads parameters as the rules say, exactly: nothing unknown, nothing twice, no text where a number belongs. */
import { isObject, type Json, type JsonObject } from '../../../src/lib/json.ts';
import type { Call } from './hooks.ts';
import { plain } from './plain.ts';
import { refuse } from './reply.ts';
import { decode } from './routes.ts';
import { resolve, violationsOf, type Violation } from './validate.ts';

interface Declared {
  readonly name: string;
  readonly in: string;
  readonly schema: JsonObject;
}

/** Fills `path` and `query` of the call. Refuses with 400 or 422. */
export function readParameters(
  rules: JsonObject,
  item: JsonObject,
  operation: JsonObject,
  texts: Readonly<Record<string, string>>,
  call: Call,
): void {
  const declared = [item['parameters'], operation['parameters']]
    .flatMap((list) => (Array.isArray(list) ? (list as readonly Json[]) : []))
    .map((entry) => declaration(rules, entry));
  const found: Violation[] = [];
  const take = (parameter: Declared, text: string): Json => {
    const value = readValue(parameter.schema, text);
    for (const { pointer, message } of violationsOf(rules, parameter.schema, value))
      found.push({ pointer: `${parameter.in}/${parameter.name}${pointer}`, message });
    return value;
  };
  call.path = Object.fromEntries(
    declared
      .filter((parameter) => parameter.in === 'path')
      .map((parameter) => [parameter.name, take(parameter, texts[parameter.name] ?? '')]),
  );
  call.query = readQuery(declared, call, take, found);
  for (const parameter of declared.filter((entry) => entry.in === 'header')) {
    const text = call.arrival.headers[parameter.name.toLowerCase()];
    if (typeof text === 'string') take(parameter, text);
  }
  if (found.length > 0) throw refuse(422, 'A parameter breaks its schema.', {}, found);
}

function declaration(rules: JsonObject, entry: Json): Declared {
  const parameter = resolve(rules, entry);
  const schema = isObject(parameter) ? resolve(rules, parameter['schema']) : undefined;
  if (!isObject(parameter) || !isObject(schema)) throw new Error('the document has a parameter without schema');
  return { name: plain(parameter['name']), in: plain(parameter['in']), schema };
}

function readQuery(
  declared: readonly Declared[],
  call: Call,
  take: (parameter: Declared, text: string) => Json,
  found: Violation[],
): Record<string, Json> {
  const query: Record<string, Json> = {};
  for (const piece of call.arrival.query.split('&').filter((text) => text !== '')) {
    const [name = '', ...rest] = piece.replaceAll('+', ' ').split('=').map(decode);
    const text = rest.join('=');
    const parameter = declared.find((entry) => entry.in === 'query' && entry.name === name);
    if (!parameter) found.push({ pointer: `query/${name}`, message: 'is not known' });
    else if (parameter.schema['type'] === 'array') query[name] = [...((query[name] ?? []) as readonly Json[]), text];
    else if (Object.hasOwn(query, name) && !call.lifted.has('repeated')) found.push({ pointer: `query/${name}`, message: 'comes twice' });
    else query[name] = take(parameter, text);
  }
  for (const { name, schema } of declared.filter((entry) => entry.in === 'query' && entry.schema['type'] === 'array')) {
    const list = query[name];
    if (list !== undefined)
      found.push(
        ...violationsOf(schemaRoot, schema, list).map(({ pointer, message }) => ({ pointer: `query/${name}${pointer}`, message })),
      );
  }
  return query;
}

const schemaRoot: JsonObject = {};

/** A text as its schema's type, or the text itself where it is none. */
function readValue(schema: JsonObject, text: string): Json {
  if (schema['type'] === 'integer' && /^-?(0|[1-9]\d*)$/.test(text) && text !== '-0') return Number(text);
  if (schema['type'] === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}
