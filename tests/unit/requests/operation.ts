/** Operations and contracts for tests of this folder, with only what a test names set. */
import type { JsonObject } from '../../../src/lib/json.ts';
import { isObject, type Json } from '../../../src/lib/json.ts';
import { fragmentPointer, valueAt } from '../../../src/lib/json-pointer.ts';
import type { Contract, MediaType, Operation, Parameter, Schema, SchemaPlace, SecurityScheme } from '../../../src/spec/contract.ts';

export function parameter(given: Partial<Parameter> & Pick<Parameter, 'name' | 'in'>): Parameter {
  const form = given.in === 'query' || given.in === 'cookie';
  const style = given.style ?? (form ? 'form' : 'simple');
  return {
    required: false,
    deprecated: false,
    schema: undefined,
    mediaType: undefined,
    explode: style === 'form',
    allowReserved: false,
    pointer: '',
    examples: [],
    ...given,
    style,
  };
}

export function mediaType(
  type: string,
  given: { readonly schema?: Schema; readonly pointer?: string; readonly encoding?: JsonObject } = {},
): MediaType {
  const schema = given.schema === undefined ? undefined : { pointer: given.pointer ?? '/schema', schema: given.schema };
  return { type, schema, itemSchema: undefined, pointer: '', examples: [], encoding: given.encoding ?? {} };
}

export function operation(given: Partial<Operation> = {}): Operation {
  const method = given.method ?? 'GET';
  const path = given.path ?? '/things';
  return {
    id: `${method} ${path}`,
    method,
    path,
    operationId: undefined,
    tags: [],
    deprecated: false,
    pointer: '',
    parameters: [],
    requestBody: undefined,
    responses: [],
    security: [],
    servers: [],
    extensions: {},
    ...given,
  };
}

/** A contract that follows references in `document` and knows the schemes; nothing else is asked of it here. */
export function contract(given: { readonly document?: JsonObject; readonly schemes?: readonly SecurityScheme[] } = {}): Contract {
  const document = given.document ?? {};
  const resolve = (place: SchemaPlace): SchemaPlace => {
    const reference: Json | undefined = isObject(place.schema) ? place.schema['$ref'] : undefined;
    const pointer = typeof reference === 'string' ? fragmentPointer(reference) : undefined;
    return pointer === undefined ? place : resolve({ pointer, schema: valueAt(document, pointer) as Schema });
  };
  return {
    title: 'Things',
    version: '1',
    dialect: '3.1',
    document,
    location: 'things.json',
    operations: [],
    securitySchemes: new Map((given.schemes ?? []).map((scheme) => [scheme.name, scheme])),
    servers: [],
    notes: [],
    match: () => undefined,
    matchPath: () => [],
    resolve,
    line: () => undefined,
    text: undefined,
    validators: { validate: () => ({ kind: 'valid' }), flaw: () => undefined },
  };
}
