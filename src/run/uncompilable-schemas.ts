/** Finds the schemas of a contract that no validator can be made of. Judges no message. */
import type { Contract, Direction, MediaType, Operation, SchemaPlace } from '../spec/contract.ts';

export interface UncompilableSchema {
  /** `METHOD /path`: the first operation that uses it. */
  readonly operation: string;
  /** File and line, or pointer where the line is not known. */
  readonly place: string;
  readonly reason: string;
}

/** Every schema that a parameter, header or body of these operations leads to and that cannot be compiled, once each. Compiles all others, which takes seconds where there are thousands. */
export function uncompilableSchemas(contract: Contract, operations: readonly Operation[]): readonly UncompilableSchema[] {
  const found = new Map<string, UncompilableSchema>();
  for (const operation of operations) {
    for (const [place, direction] of placesOf(operation)) {
      const flaw = contract.validators.flaw(place, direction);
      if (flaw === undefined || found.has(flaw.pointer)) continue;
      const line = contract.line(flaw.pointer);
      found.set(flaw.pointer, {
        operation: operation.id,
        place: `${contract.location}:${line ?? ` ${flaw.pointer}`}`,
        reason: `the schema ${flaw.problem}`,
      });
    }
  }
  return [...found.values()];
}

function placesOf({ parameters, requestBody, responses }: Operation): (readonly [SchemaPlace, Direction])[] {
  const bodies = (content: readonly MediaType[]): readonly (SchemaPlace | undefined)[] => content.map(({ schema }) => schema);
  const sent = [...parameters.map(({ schema }) => schema), ...bodies(requestBody?.content ?? [])];
  const received = responses.flatMap(({ content, headers }) => [...bodies(content), ...headers.map(({ schema }) => schema)]);
  const paired = (places: readonly (SchemaPlace | undefined)[], direction: Direction): (readonly [SchemaPlace, Direction])[] =>
    places.flatMap((place) => (place === undefined ? [] : [[place, direction] as const]));
  return [...paired(sent, 'request'), ...paired(received, 'response')];
}
