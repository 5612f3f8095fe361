/** A contract around a single schema, for tests about schemas and values. */
import type { Json, JsonObject } from '../../src/lib/json.ts';
import type { Contract, Direction, SchemaPlace } from '../../src/spec/contract.ts';
import { createContract } from '../../src/spec/create-contract.ts';

/** The pointer of the schema under test. */
export const here = '/components/schemas/It';

/** A 3.1 contract whose component `It` is the schema, beside others it may refer to. */
export function schemaContract(schema: Json, others: JsonObject = {}): { readonly contract: Contract; readonly place: SchemaPlace } {
  const document: JsonObject = {
    openapi: '3.1.0',
    info: { title: 't', version: '1' },
    paths: {},
    components: { schemas: { ...others, It: schema } },
  };
  return { contract: createContract(document), place: { pointer: here, schema: schema as SchemaPlace['schema'] } };
}

/** Every schema of a contract's parameters and messages. */
export function schemaPlaces(
  contract: Contract,
): readonly { readonly place: SchemaPlace; readonly direction: Direction; readonly name: string }[] {
  const found = contract.operations.flatMap(({ parameters, requestBody, responses }) => [
    ...parameters.map(({ schema, name }) => ({ place: schema, direction: 'request' as const, name })),
    ...(requestBody?.content ?? []).map(({ schema }) => ({ place: schema, direction: 'request' as const, name: 'body' })),
    ...responses.flatMap(({ content }) => content.map(({ schema }) => ({ place: schema, direction: 'response' as const, name: 'body' }))),
  ]);
  const places = new Map(
    found.flatMap(({ place, ...rest }) => (place ? [[`${rest.direction} ${place.pointer}`, { ...rest, place }] as const] : [])),
  );
  return [...places.values()];
}
