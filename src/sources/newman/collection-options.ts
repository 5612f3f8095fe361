/** How a collection is run. */

export interface CollectionOptions {
  /** File of the collection, format 2.0 or 2.1. */
  readonly collection: string;
  /** File of an environment. */
  readonly environment?: string;
  /** Only these folders or requests, by name or id. */
  readonly folder?: readonly string[];
  /** File of iteration data, JSON or CSV: the collection runs once for each row. */
  readonly iterationData?: string;
  /** Where the API's paths begin; the variable `baseUrl`. */
  readonly baseUrl: string;
  /** A token that is good for now, asked for before each item; the variable `token`. */
  readonly token: () => Promise<string | undefined>;
  /** Label of the identity behind the token. */
  readonly identity?: string;
  /** Further variables; they win over the environment's. */
  readonly variables?: Readonly<Record<string, string>>;
  /** `safe-only` lets no unsafe request reach the target's origin. */
  readonly guard?: 'safe-only' | undefined;
  /** Everything that no record may hold, as known at the time of the call. */
  readonly secrets: () => readonly string[];
  /** Milliseconds for one request; 30 seconds by default. */
  readonly timeout?: number;
  /** Milliseconds for one script; 30 seconds by default. */
  readonly scriptTimeout?: number;
  /** Ends the run early, cleanly. */
  readonly signal?: AbortSignal;
}
