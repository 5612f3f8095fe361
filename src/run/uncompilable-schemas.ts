/** Finds the schemas of a contract that no validator can be made of. Judges no message. */
import type { Contract, Direction, MediaType, Operation, SchemaPlace } from '../spec/contract.ts';

export interface UncompilableSchema {
  /** `METHOD /path`: the first operation that uses it. */
  readonly operation: string;
  /** File and line, or pointer where the line is not known. */
  readonly place: string;
  readonly reason: string;
}

/** Every schema of a parameter, header or body that cannot be compiled, once each. Compiles all others, which a run needs anyway. */
export function uncompilableSchemas(contract: Contract): readonly UncompilableSchema[] {
  const seen = new Map<string, UncompilableSchema>();
  for (const operation of contract.operations) {
    for (const [place, direction] of placesOf(operation)) {
      if (seen.has(place.pointer)) continue;
      const reason = contract.validators.flaw(place, direction);
      if (reason === undefined) continue;
      const line = contract.line(place.pointer);
      seen.set(place.pointer, {
        operation: operation.id,
        place: `${contract.location}:${line ?? ` ${place.pointer}`}`,
        // the place is told already
        reason: reason.replace(` at ${place.pointer} `, ' '),
      });
    }
  }
  return [...seen.values()];
}

function placesOf({ parameters, requestBody, responses }: Operation): (readonly [SchemaPlace, Direction])[] {
  const bodies = (content: readonly MediaType[]): readonly (SchemaPlace | undefined)[] => content.map(({ schema }) => schema);
  const sent = [...parameters.map(({ schema }) => schema), ...bodies(requestBody?.content ?? [])];
  const received = responses.flatMap(({ content, headers }) => [...bodies(content), ...headers.map(({ schema }) => schema)]);
  const paired = (places: readonly (SchemaPlace | undefined)[], direction: Direction): (readonly [SchemaPlace, Direction])[] =>
    places.flatMap((place) => (place === undefined ? [] : [[place, direction] as const]));
  return [...paired(sent, 'request'), ...paired(received, 'response')];
}
