/** Shared responses and headers. */
import type { Json, JsonObject } from '../../../../src/lib/json.ts';

const problem = (description: string, headers: JsonObject = {}): JsonObject => ({
  description,
  headers: { 'X-Api-Version': { $ref: '#/components/headers/ApiVersion' }, ...headers },
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

/** Headers by name, for `components.headers`. */
export const headers: JsonObject = {
  ApiVersion: { required: true, schema: { type: 'integer', minimum: 1 }, description: 'On every answer.' },
  ETag: { required: true, schema: { type: 'string', pattern: '^"[0-9a-f]{16}"$' } },
  Location: { required: true, schema: { type: 'string', format: 'uri-reference', pattern: '^/v1/' } },
  TotalCount: { required: true, schema: { type: 'integer', minimum: 0 } },
  Checksum: { required: true, schema: { type: 'string', pattern: '^[0-9a-f]{64}$' }, description: 'SHA-256 of the bytes.' },
  Challenge: { required: true, schema: { type: 'string', pattern: '^Bearer' } },
};

/** What may go wrong, for `components.responses`. */
export const responses: JsonObject = {
  BadRequest: problem('The request is malformed: HTTP, percent-encoding or JSON.'),
  Unauthorized: problem('Credentials are missing or not good.', { 'WWW-Authenticate': { $ref: '#/components/headers/Challenge' } }),
  Forbidden: problem('Not allowed: readers change nothing, and nobody changes what others made.'),
  NotFound: problem('There is no such thing, or it is hidden.'),
  NotAcceptable: problem('No representation fits `Accept`.'),
  Conflict: problem('The name is taken.'),
  PreconditionFailed: problem('`If-Match` does not fit.'),
  TooLarge: problem('The body is larger than 256 KiB, or nested deeper than 64 levels.'),
  UnsupportedMediaType: problem('The body is of another media type, charset or encoding than the declared ones.'),
  Unprocessable: problem('A parameter or the body breaks its schema.'),
  HeadersTooLarge: problem('The header section is too large.'),
};

const names: Readonly<Record<string, string>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  406: 'NotAcceptable',
  409: 'Conflict',
  412: 'PreconditionFailed',
  413: 'TooLarge',
  415: 'UnsupportedMediaType',
  422: 'Unprocessable',
  431: 'HeadersTooLarge',
};

/** References to shared responses, by status. */
export function refusals(...statuses: readonly number[]): JsonObject {
  return Object.fromEntries(statuses.map((status) => [String(status), { $ref: `#/components/responses/${names[status] ?? ''}` }]));
}

/** A success with JSON of the named schema, and the named shared headers. */
export function success(
  description: string,
  schema: string,
  more: { readonly headers?: Readonly<Record<string, string>>; readonly example?: Json; readonly links?: JsonObject } = {},
): JsonObject {
  return {
    description,
    headers: sharedHeaders(more.headers ?? {}),
    content: {
      'application/json': {
        schema: { $ref: `#/components/schemas/${schema}` },
        ...(more.example !== undefined && { example: more.example }),
      },
    },
    ...(more.links && { links: more.links }),
  };
}

/** A success without content. */
export function nothing(description: string, more: Readonly<Record<string, string>> = {}): JsonObject {
  return { description, headers: sharedHeaders(more) };
}

/** References to shared headers by field name, with the one that is on every answer. */
export function sharedHeaders(more: Readonly<Record<string, string>>): JsonObject {
  return Object.fromEntries(
    Object.entries({ 'X-Api-Version': 'ApiVersion', ...more }).map(([field, name]) => [field, { $ref: `#/components/headers/${name}` }]),
  );
}
