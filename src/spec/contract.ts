/** The contract: what an OpenAPI document promises, as plain read-only data that every later stage reads. Made by `createContract`. */
import type { ExactNumbers } from '../lib/json-text.ts';
import type { Json, JsonObject } from '../lib/json.ts';

/** A JSON Schema in the 2020-12 dialect (documents of other dialects are lowered to it on load). */
export type Schema = boolean | JsonObject;

/** A schema and where it stands: the identity of a validator. */
export interface SchemaPlace {
  /** JSON Pointer into `Contract.document`. */
  readonly pointer: string;
  readonly schema: Schema;
}

/** Request methods as RFC 9110 writes them; OpenAPI 3.2 adds QUERY and any further one. */
export type Method = string;

/** Where a parameter stands in a request. @see https://spec.openapis.org/oas/v3.2.0#parameter-locations */
export type ParameterLocation = 'path' | 'query' | 'header' | 'cookie' | 'querystring';

/** How a parameter's value is written. @see https://spec.openapis.org/oas/v3.1.1#style-values */
export type ParameterStyle = 'simple' | 'label' | 'matrix' | 'form' | 'spaceDelimited' | 'pipeDelimited' | 'deepObject';

/** @see https://spec.openapis.org/oas/v3.1.1#parameter-object */
export interface Parameter {
  readonly name: string;
  readonly in: ParameterLocation;
  readonly required: boolean;
  readonly deprecated: boolean;
  /** Undefined where the parameter is described by `mediaType` instead. */
  readonly schema: SchemaPlace | undefined;
  /** The one entry of `content`, where the parameter has it. */
  readonly mediaType: MediaType | undefined;
  readonly style: ParameterStyle;
  readonly explode: boolean;
  readonly allowReserved: boolean;
  readonly pointer: string;
  /** Values of `example` and `examples`. */
  readonly examples: readonly Json[];
}

/** @see https://spec.openapis.org/oas/v3.1.1#media-type-object */
export interface MediaType {
  /** As written, for instance `application/json; charset=utf-8` or `image/*`. */
  readonly type: string;
  readonly schema: SchemaPlace | undefined;
  /** Of each item of a sequential media type. @see https://spec.openapis.org/oas/v3.2.0#sequential-media-types */
  readonly itemSchema: SchemaPlace | undefined;
  readonly pointer: string;
  readonly examples: readonly Json[];
  /** `encoding`, by property name. @see https://spec.openapis.org/oas/v3.1.1#encoding-object */
  readonly encoding: JsonObject;
}

/** @see https://spec.openapis.org/oas/v3.1.1#request-body-object */
export interface RequestBody {
  readonly required: boolean;
  readonly content: readonly MediaType[];
  readonly pointer: string;
}

/** @see https://spec.openapis.org/oas/v3.1.1#header-object */
export interface Header {
  readonly name: string;
  readonly required: boolean;
  readonly schema: SchemaPlace | undefined;
  /** The one entry of `content`, where the header has it. */
  readonly mediaType: MediaType | undefined;
  readonly explode: boolean;
  readonly pointer: string;
}

/** @see https://spec.openapis.org/oas/v3.1.1#response-object */
export interface ResponseObject {
  /** `200`, `2XX` (upper case) or `default`. */
  readonly status: string;
  readonly content: readonly MediaType[];
  readonly headers: readonly Header[];
  /** Link Objects as written, by name. */
  readonly links: JsonObject;
  readonly pointer: string;
}

/** One alternative of `security`: every scheme in it must be satisfied; none at all means anonymous is allowed. */
export type SecurityRequirement = readonly {
  readonly scheme: string;
  /** Scopes, or since 3.1 the role names, that the operation needs. */
  readonly scopes: readonly string[];
}[];

/** @see https://spec.openapis.org/oas/v3.1.1#security-scheme-object */
export interface SecurityScheme {
  readonly name: string;
  readonly type: 'apiKey' | 'http' | 'oauth2' | 'openIdConnect' | 'mutualTLS';
  /** Of `http`, lower case: `bearer`, `basic`, … */
  readonly scheme: string | undefined;
  /** Of `apiKey`: where and under what name. */
  readonly in: 'query' | 'header' | 'cookie' | undefined;
  readonly parameterName: string | undefined;
  readonly pointer: string;
}

/** @see https://spec.openapis.org/oas/v3.1.1#server-object */
export interface Server {
  /** As written: possibly relative, with its variables in braces. */
  readonly url: string;
  /** What a variable stands for where nothing else is said, and what alone it may stand for where that is stated. */
  readonly variables: ReadonlyMap<string, { readonly standard: string; readonly allowed: readonly string[] }>;
}

/** @see https://spec.openapis.org/oas/v3.1.1#operation-object */
export interface Operation {
  /** `METHOD /path/template` as the document writes it: the operation's name everywhere. */
  readonly id: string;
  readonly method: Method;
  /** The template; in a plan without the slash at its end. */
  readonly path: string;
  /** What addresses have behind `path`, where a plan has left it out. */
  readonly ending?: '/';
  readonly operationId: string | undefined;
  readonly tags: readonly string[];
  readonly deprecated: boolean;
  readonly pointer: string;
  /** Of the path item and the operation, merged; `Accept`, `Content-Type` and `Authorization` header parameters are left out as the standard says. */
  readonly parameters: readonly Parameter[];
  readonly requestBody: RequestBody | undefined;
  readonly responses: readonly ResponseObject[];
  /** Alternatives; empty when the operation declares no security at all. */
  readonly security: readonly SecurityRequirement[];
  /** Own ones, of the operation or else of its path item; none where the document's apply. */
  readonly servers: readonly Server[];
  /** The operation's `x-…` members (path item's and operation's, merged). */
  readonly extensions: JsonObject;
}

/** OpenAPI versions by feature set, as the author wrote the document. */
export type Dialect = '2.0' | '3.0' | '3.1' | '3.2';

/** What a document promises, ready to plan from and to judge by. Knows no target. */
export interface Contract {
  readonly title: string;
  readonly version: string;
  readonly dialect: Dialect;
  /** Bundled, overlaid, in 3.1 shape with 2020-12 schemas; every pointer points into it. */
  readonly document: JsonObject;
  /** File or URL to name in messages, with `line` giving lines in it. */
  readonly location: string;
  readonly operations: readonly Operation[];
  readonly securitySchemes: ReadonlyMap<string, SecurityScheme>;
  /** The document's own, or else the first that an operation names. */
  readonly servers: readonly Server[];
  /** What the loader noticed and the user should hear: colliding paths, webhooks not exercised, … */
  readonly notes: readonly string[];
  /** The operation that a method and a path (below the base path, no query) belong to: concrete templates before templated ones. */
  readonly match: (method: Method, path: string) => Operation | undefined;
  /** The templates that a path fits, whatever the method: empty when the document does not know the path. */
  readonly matchPath: (path: string) => readonly Operation[];
  /** A schema place with its `$ref`s followed to the first schema that has none (or none but siblings: those stay). */
  readonly resolve: (place: SchemaPlace) => SchemaPlace;
  /** One-based line of a pointer (or of its nearest existing ancestor) in the file at `location`; undefined when its text is not at hand. */
  readonly line: (pointer: string) => number | undefined;
  /** What the file at `location` holds; undefined when it is not at hand. */
  readonly text: string | undefined;
  readonly validators: Validators;
}

/** Which side a message travels: decides what `readOnly` and `writeOnly` mean. */
export type Direction = 'request' | 'response';

/** One broken keyword. */
export interface SchemaViolation {
  /** JSON Pointer into the instance. */
  readonly instance: string;
  /** JSON Pointer of the keyword in `Contract.document`. */
  readonly schema: string;
  readonly keyword: string;
  /** What was promised, for people: `must be >= 1`. */
  readonly message: string;
}

/** What a validator says of a value. */
export type Validity =
  | { readonly kind: 'valid' }
  | { readonly kind: 'invalid'; readonly violations: readonly SchemaViolation[] }
  | { readonly kind: 'cannot-judge'; readonly reason: string };

/** A schema that no validator can be made of. */
export interface SchemaFlaw {
  /** Of the schema in `Contract.document`. */
  readonly pointer: string;
  /** Goes on after "the schema": `cannot be compiled: …`. */
  readonly problem: string;
}

/** Judges values by schema place; compiles lazily, once per place and direction, and never throws. */
export interface Validators {
  /** `numbers` are those of the value that a double does not hold, where its text is known. */
  readonly validate: (place: SchemaPlace, value: unknown, direction: Direction, numbers?: ExactNumbers) => Validity;
  /** Why some values of the place cannot be judged: the first schema on the ways from it that no validator can be made of. Undefined where there is none; makes all of them. */
  readonly flaw: (place: SchemaPlace, direction: Direction) => SchemaFlaw | undefined;
}
