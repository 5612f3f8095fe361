/** Envelopes around one entity: `{data: {…}}`. */
import type { SchemaPlace } from '../../spec/contract.ts';
import type { Shapes } from './shapes.ts';

const wrappers = new Set(['data', 'result', 'item', 'entity', 'payload', 'object', 'record', 'resource', 'attributes', 'response']);

/** The schema inside an envelope and the property that holds it; the schema itself, with no wrapper, where there is none. */
export function unwrapped(shapes: Shapes, place: SchemaPlace): { readonly place: SchemaPlace; readonly wrapper: string | undefined } {
  const properties = [...shapes.properties(place).values()];
  const objects = properties.filter((property) => shapes.properties(property.place).size > 0 && shapes.items(property.place) === undefined);
  const [only] = objects;
  const wrapping = objects.find((property) => wrappers.has(property.name)) ?? (properties.length === 1 ? only : undefined);
  const identified = properties.some((property) => property.name === 'id' || property.name === 'uuid');
  return wrapping === undefined || identified
    ? { place: shapes.settled(place), wrapper: undefined }
    : { place: shapes.settled(wrapping.place), wrapper: wrapping.name };
}
