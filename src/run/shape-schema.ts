/** A shape as JSON Schema, for editors. Pure. */
import type { JsonObject } from '../lib/json.ts';
import type { Shape } from './shape.ts';

/** The schema of the values that `findFlaw` finds no flaw in, in their native forms. @see https://json-schema.org/draft/2020-12 */
export function shapeSchema(shape: Shape): JsonObject {
  const $defs: Record<string, JsonObject> = {};
  const schema = schemaOf(shape, $defs);
  return Object.keys($defs).length === 0 ? schema : { ...schema, $defs };
}

/** Variants are written once, under their kinds: `$defs` takes them. */
function schemaOf(shape: Shape, $defs: Record<string, JsonObject>): JsonObject {
  switch (shape.kind) {
    case 'any':
      return {};
    case 'parsed':
      return { ...shape.parse.schema, ...(shape.help !== undefined && { description: shape.help }) };
    case 'text-or':
      return { anyOf: [{ type: 'string' }, schemaOf(shape.of, $defs)] };
    case 'list':
      return { type: 'array', items: schemaOf(shape.of, $defs) };
    case 'record':
      return { type: 'object', additionalProperties: schemaOf(shape.of, $defs) };
    case 'object':
      return closed(shape.members, shape.required, $defs);
    case 'variant':
      for (const [kind, { members, required }] of Object.entries(shape.of)) $defs[kind] ??= closed(members, ['kind', ...required], $defs);
      return { oneOf: Object.keys(shape.of).map((kind) => ({ $ref: `#/$defs/${kind}` })) };
    case 'either':
      return { oneOf: Object.entries(shape.of).map(([name, member]) => closed({ [name]: member }, [name], $defs)) };
    default:
      return shape satisfies never;
  }
}

function closed(members: Readonly<Record<string, Shape>>, required: readonly string[], $defs: Record<string, JsonObject>): JsonObject {
  const properties = Object.fromEntries(Object.entries(members).map(([name, member]) => [name, schemaOf(member, $defs)]));
  return { type: 'object', properties, ...(required.length > 0 && { required: [...required] }), additionalProperties: false };
}
