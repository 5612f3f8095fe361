/** Where a switch may put its hand in: a request on its way through the API, and the places to bend it. */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { Json, JsonObject } from '../../../src/lib/json.ts';
import type { Reply } from './reply.ts';
import type { User } from './tokens.ts';
import type { World } from './world.ts';

/** Rules that a switch can lift by name. */
export type Guard =
  | 'authentication'
  | 'role'
  | 'owner'
  | 'institute'
  | 'private'
  | 'parent'
  | 'accept'
  | 'media-type'
  | 'charset'
  | 'malformed'
  | 'empty'
  | 'repeated'
  | 'if-match'
  | 'if-none-match';

/** A request as it came. */
export interface Arrival {
  readonly method: string;
  /** Below the base path, as sent, without the query. */
  readonly path: string;
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Uint8Array;
  /** The body was larger than is kept. */
  readonly oversized: boolean;
}

/** A request that has found its operation. Handlers and switches may change what is not read-only. */
export interface Call {
  /** `GET /telescopes/{telescope_id}`, for HEAD too. */
  readonly operation: string;
  readonly arrival: Arrival;
  readonly lifted: Set<Guard>;
  user: User;
  path: Readonly<Record<string, Json>>;
  query: Readonly<Record<string, Json>>;
  /** Parsed JSON, or undefined where there is none. */
  body: Json | undefined;
}

/** What a switch does. Everything but `arrive` and `rules` only at the switch's operations. */
export interface Hooks {
  /** Changes what is enforced; the served document stays as it is. */
  readonly rules?: (document: JsonObject) => JsonObject;
  /** Answers in place of the API, before a route is looked for. */
  readonly arrive?: (arrival: Arrival) => Reply | undefined;
  readonly lifts?: readonly Guard[];
  /** Lets somebody in whom the API would not. */
  readonly admit?: (authorization: string | undefined, key: string) => User | undefined;
  /** Comes between a good request and its handler. */
  readonly before?: (call: Call, world: World) => Reply | undefined;
  /** Changes the answer, refusals included. */
  readonly after?: (reply: Reply, call: Call, world: World) => Reply;
  /** Writes the answer itself and returns true. */
  readonly send?: (response: ServerResponse, reply: Reply, request: IncomingMessage) => boolean;
}
