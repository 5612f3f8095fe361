/** Breaks answers on purpose, for the faults that are switched on. Pure. */
import { isObject, type Json } from '../../lib/json.ts';
import type { Operation, SchemaPlace } from '../../spec/contract.ts';
import { jsonAnswer, type Answer } from './answer.ts';
import type { FaultSwitch } from './faults.ts';
import type { Shapes } from './shapes.ts';
import { isJsonType } from '../../lib/media-type.ts';

/** The answer as the faults have it. Those of the connection are not its business. */
export function breakAnswer(shapes: Shapes, faults: FaultSwitch, operation: Operation | undefined, answer: Answer): Answer {
  if (operation === undefined) return answer;
  if (faults.has('server-error')) return jsonAnswer(500, { detail: 'A fault is switched on' });
  const isSuccess = answer.status >= 200 && answer.status < 300;
  if (faults.has('wrong-status') && isSuccess) return { ...answer, status: undeclared(operation) };
  return faults.has('broken-body') && answer.status === 200 ? withoutProperty(shapes, operation, answer) : answer;
}

function undeclared(operation: Operation): number {
  const declared = new Set(operation.responses.map((response) => response.status));
  return [203, 206, 200].find((status) => !declared.has(String(status))) ?? 203;
}

function withoutProperty(shapes: Shapes, operation: Operation, answer: Answer): Answer {
  const content = operation.responses.find((response) => response.status === '200')?.content ?? [];
  const media = content.find((candidate) => isJsonType(candidate.type));
  const [, type = ''] = answer.headers?.find(([name]) => name.toLowerCase() === 'content-type') ?? [];
  if (media?.schema === undefined || answer.body === undefined || !isJsonType(type)) return answer;
  const value = JSON.parse(Buffer.from(answer.body).toString()) as Json;
  return { ...answer, body: Buffer.from(JSON.stringify(broken(shapes, media.schema, value))) };
}

/** The value without its first required property; a number where it has none. */
function broken(shapes: Shapes, place: SchemaPlace, value: Json): Json {
  const items = shapes.items(place);
  if (Array.isArray(value))
    return items === undefined || value.length === 0
      ? { broken: true }
      : (value as readonly Json[]).map((entry) => broken(shapes, items, entry));
  if (!isObject(value)) return { broken: true };
  const required = [...shapes.properties(place).values()].find((property) => property.required && Object.hasOwn(value, property.name));
  if (required === undefined) return shapes.properties(place).size === 0 && shapes.types(place).size === 0 ? value : 0;
  const { [required.name]: _dropped, ...rest } = value;
  return rest;
}
