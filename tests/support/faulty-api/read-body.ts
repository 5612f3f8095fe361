/** Reads a request's body as the rules say. Refuses with 400, 413, 415 or 422. */
import { isObject, type Json, type JsonObject } from '../../../src/lib/json.ts';
import type { Call } from './hooks.ts';
import { refuse } from './reply.ts';
import { violationsOf } from './validate.ts';

/** Most bytes of a body. */
export const mostBytes: number = 256 * 1024;
const mostLevels = 64;

/** The parsed and valid JSON body; undefined for a body of bytes, which is only looked at from outside. */
export function readBody(rules: JsonObject, content: JsonObject, call: Call): Json | undefined {
  const { bytes, oversized } = call.arrival;
  const declared = declaredType(content, call);
  if (oversized) throw refuse(413, 'The body is larger than 256 KiB.');
  if (!Object.keys(content)[0]?.endsWith('json')) {
    if (bytes.length === 0) throw refuse(422, 'There is no body.', {}, [{ pointer: '', message: 'minLength is 1' }]);
    return undefined;
  }
  const value = parse(bytes, call);
  if (depth(value) > mostLevels) throw refuse(413, 'The body is nested deeper than 64 levels.');
  const found = violationsOf(rules, isObject(declared) ? declared['schema'] : true, value);
  if (found.length > 0) throw refuse(422, 'The body breaks its schema.', {}, found);
  return value;
}

function declaredType(content: JsonObject, call: Call): Json | undefined {
  const [first] = Object.values(content);
  const header = call.arrival.headers['content-type'];
  if (header === undefined && call.arrival.bytes.length === 0 && !call.arrival.oversized) return first;
  const [type = '', ...parameters] = (header ?? '').split(';').map((part) => part.trim().toLowerCase());
  const declared = Object.hasOwn(content, type) ? content[type] : undefined;
  if (declared === undefined && !call.lifted.has('media-type')) throw refuse(415, `The body must be ${Object.keys(content).join(' or ')}.`);
  const charset = parameters
    .find((parameter) => parameter.startsWith('charset='))
    ?.slice(8)
    .replaceAll('"', '');
  if (charset !== undefined && charset !== 'utf-8' && charset !== 'utf8' && !call.lifted.has('charset'))
    throw refuse(415, 'The charset must be UTF-8.');
  const coding = call.arrival.headers['content-encoding']?.toLowerCase() ?? 'identity';
  if (coding !== 'identity') throw refuse(415, 'The body must not be encoded.');
  return declared ?? first;
}

function parse(bytes: Uint8Array, call: Call): Json {
  if (bytes.length === 0 && call.lifted.has('empty')) return {};
  if (bytes.length === 0) throw refuse(400, 'There is no body.');
  try {
    // a byte order mark is kept, so that the parser refuses it
    return JSON.parse(new TextDecoder('utf-8', { fatal: !call.lifted.has('charset'), ignoreBOM: true }).decode(bytes)) as Json;
  } catch {
    if (call.lifted.has('malformed')) return {};
    throw refuse(400, 'The body is no JSON.');
  }
}

/** Levels of nesting, counted without recursion. */
function depth(value: Json): number {
  let level: readonly Json[] = [value];
  let levels = 0;
  while (levels <= mostLevels) {
    level = level.flatMap((entry) => (Array.isArray(entry) ? (entry as readonly Json[]) : isObject(entry) ? Object.values(entry) : []));
    if (level.length === 0) break;
    levels += 1;
  }
  return levels;
}
