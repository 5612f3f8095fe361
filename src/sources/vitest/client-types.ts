/** Types of the typed client: what a call may say and what it gives back, from the `paths` type that openapi-typescript generates. */
import type { Exchange, Headers } from '../../requests/exchange.ts';
import type { Verdict } from '../../verdicts/verdict.ts';

/** Methods as the generated types spell them. */
export type Verb = 'get' | 'put' | 'post' | 'delete' | 'options' | 'head' | 'patch' | 'trace';

/** Paths that have an operation of that method. */
export type PathsWith<Paths, Method extends Verb> = {
  [Path in keyof Paths]: Operation<Paths, Path, Method> extends never ? never : Path;
}[keyof Paths] &
  string;

/** The operation of a path and method as the generated types describe it; never where there is none. */
export type Operation<Paths, Path extends keyof Paths, Method extends Verb> = Method extends keyof Paths[Path]
  ? Extract<Paths[Path][Method], object>
  : never;

/** One file of a multipart form, where a `File` or bare bytes would not say enough. */
export interface FilePart {
  readonly bytes: Uint8Array;
  readonly fileName: string;
  /** Media type; `application/octet-stream` by default. */
  readonly type?: string;
}

/** The members of a type that must be there. */
type RequiredKeys<Type> = { [Key in keyof Type]-?: object extends Pick<Type, Key> ? never : Key }[keyof Type];

/** A member of that name: optional where all of its own members are, absent where the operation has none. */
type Group<Name extends string, Type> = [Type] extends [never]
  ? unknown
  : RequiredKeys<Type> extends never
    ? { readonly [Key in Name]?: Readonly<Type> }
    : { readonly [Key in Name]: Readonly<Type> };

type ParametersIn<Op, Place extends string> = Op extends { parameters: infer Parameters }
  ? Place extends keyof Parameters
    ? Extract<Parameters[Place], object>
    : never
  : never;

type FormValue<Value> = Value | File | Uint8Array | FilePart | (Value extends readonly (infer Item)[] ? readonly FormValue<Item>[] : never);

/** Bytes go as they stand, whatever the media type. */
type BodyOf<Media, Type> = Media extends `multipart/${string}`
  ? { readonly [Name in keyof Type]: FormValue<Type[Name]> }
  : Media extends `${string}json${string}` | 'application/x-www-form-urlencoded'
    ? Type | Uint8Array
    : string | Uint8Array;

/** The body, and its media type where the operation takes several. */
type BodyMembers<Content, Optional extends boolean> = {
  [Media in keyof Content]: Optional extends true
    ? { readonly body?: BodyOf<Media, Content[Media]>; readonly mediaType?: Media }
    : { readonly body: BodyOf<Media, Content[Media]>; readonly mediaType?: Media };
}[keyof Content];

type BodyGroup<Op> = Op extends { requestBody: { content: infer Content } }
  ? BodyMembers<Content, false>
  : Op extends { requestBody?: { content: infer Content } }
    ? [Content] extends [never]
      ? unknown
      : unknown extends Content
        ? unknown
        : BodyMembers<Content, true>
    : unknown;

/** What any call may say. */
export interface CommonOptions {
  /** Name of the identity to call as; null for nobody. The client's own by default. */
  readonly identity?: string | null;
  /** Further header fields; they replace the client's of the same name. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a call of the operation says. */
export type CallOptions<Op> = Group<'path', ParametersIn<Op, 'path'>> &
  Group<'query', ParametersIn<Op, 'query'>> &
  Group<'header', ParametersIn<Op, 'header'>> &
  Group<'cookie', ParametersIn<Op, 'cookie'>> &
  BodyGroup<Op> &
  CommonOptions;

/** What every answer has. */
export interface Answered {
  readonly headers: Headers;
  /** A header field's value, several lines joined; undefined where it did not come. */
  readonly header: (name: string) => string | undefined;
  /** The body's bytes after content decoding. */
  readonly bytes: Uint8Array;
  readonly exchange: Exchange;
  /** What the judge says of the exchange. */
  readonly verdict: Verdict;
}

/** An answer of one status: its body is parsed when it is JSON, text when it is text, else undefined (see `bytes`). */
export interface Result<Status, Body> extends Answered {
  readonly status: Status;
  readonly body: Body;
}

type ResponsesOf<Op> = Op extends { responses: infer Responses } ? Responses : never;

type ContentOf<Response> = Response extends { content: infer Content }
  ? [Content] extends [never]
    ? undefined
    : {
        [Media in keyof Content]: Media extends `${string}json${string}`
          ? Content[Media]
          : Media extends `text/${string}`
            ? string
            : undefined;
      }[keyof Content]
  : undefined;

/** `2XX` and `default` stand for many statuses. */
type StatusOf<Key> = Key extends number ? Key : number;

/** One result for each declared status. */
export type DeclaredResult<Op> = {
  [Key in keyof ResponsesOf<Op>]: Result<StatusOf<Key>, ContentOf<ResponsesOf<Op>[Key]>>;
}[keyof ResponsesOf<Op>];

/** The result of the status that was expected; its body is unknown where the document does not declare the status. */
export type ExpectedResult<Op, Status extends number> = Status extends keyof ResponsesOf<Op>
  ? Result<Status, ContentOf<ResponsesOf<Op>[Status]>>
  : Result<Status, unknown>;

/** A call that says which status it expects fails at once with any other, and gives back that status's result. */
export type ResultOf<Op, Expected> = [Expected] extends [number] ? ExpectedResult<Op, Expected> : DeclaredResult<Op>;

type Arguments<Op, Expected> =
  RequiredKeys<CallOptions<Op>> extends never
    ? [options?: CallOptions<Op> & { readonly expect?: Expected }]
    : [options: CallOptions<Op> & { readonly expect?: Expected }];

/** Calls the operation of that method at a path. Throws an assertion error as the client's options say. */
export type Call<Paths, Method extends Verb> = <
  Path extends PathsWith<Paths, Method>,
  const Expected extends number | undefined = undefined,
>(
  path: Path,
  ...options: Arguments<Operation<Paths, Path, Method>, Expected>
) => Promise<ResultOf<Operation<Paths, Path, Method>, Expected>>;

/** A client of an API that knows its paths, parameters, bodies and answers. */
export type ApiClient<Paths> = { readonly [Method in Verb]: Call<Paths, Method> } & {
  /** The same client calling as another identity; null for nobody. */
  readonly as: (identity: string | null) => ApiClient<Paths>;
};
