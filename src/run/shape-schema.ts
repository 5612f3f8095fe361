/** A shape as JSON Schema, for editors. Pure. */
import type { JsonObject } from '../lib/json.ts';
import type { Shape } from './shape.ts';

/** The schema of the values that `findFlaw` finds no flaw in, in their native forms. @see https://json-schema.org/draft/2020-12 */
export function shapeSchema(shape: Shape): JsonObject {
  switch (shape.kind) {
    case 'any':
      return {};
    case 'parsed':
      return { ...shape.parse.schema, ...(shape.help !== undefined && { description: shape.help }) };
    case 'text-or':
      return { anyOf: [{ type: 'string' }, shapeSchema(shape.of)] };
    case 'list':
      return { type: 'array', items: shapeSchema(shape.of) };
    case 'record':
      return { type: 'object', additionalProperties: shapeSchema(shape.of) };
    case 'object':
      return closed(shape.members, shape.required);
    case 'variant':
      return { oneOf: Object.values(shape.of).map(({ members, required }) => closed(members, ['kind', ...required])) };
    case 'either':
      return { oneOf: Object.entries(shape.of).map(([name, member]) => closed({ [name]: member }, [name])) };
    default:
      return shape satisfies never;
  }
}

function closed(members: Readonly<Record<string, Shape>>, required: readonly string[]): JsonObject {
  const properties = Object.fromEntries(Object.entries(members).map(([name, member]) => [name, shapeSchema(member)]));
  return { type: 'object', properties, ...(required.length > 0 && { required: [...required] }), additionalProperties: false };
}
