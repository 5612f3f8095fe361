/** How a collection is run. */
import type { Connect } from '../../requests/network.ts';
import type { Withhold } from '../../requests/safety.ts';

/** What newman runs, and how. */
export interface CollectionOptions {
  /** File of the collection, format 2.0 or 2.1. */
  readonly collection: string;
  /** File of an environment. */
  readonly environment?: string;
  /** Only these folders or requests, by name or id. */
  readonly folder?: readonly string[];
  /** File of iteration data, JSON or CSV: the collection runs once for each row. */
  readonly iterationData?: string;
  /** newman's own reporters, or those that are installed beside it, by name: the file that each writes, or its options. */
  readonly reporters?: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  /** Where the API's paths begin; the variable `baseUrl`. */
  readonly baseUrl: string;
  /** A token that is good for now, asked for before each item; the variable `token`. */
  readonly token: () => Promise<string | undefined>;
  /** Told that the target refused a token with 401: whether another one is at hand now. None is where it is left out. */
  readonly renew?: (refused: string) => Promise<boolean>;
  /** Label of the identity behind the token. */
  readonly identity?: string;
  /** Further variables; they win over the environment's. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Why a request must not reach the target's origin; `withholdUnsafe` lets safe ones through alone. */
  readonly withhold?: Withhold | undefined;
  /** How connections come about; directly where it is left out. They must speak HTTP/1.1. */
  readonly connect?: Connect | undefined;
  /** Most requests of items a second. */
  readonly rate?: number | undefined;
  /** Everything that no record may hold, as known at the time of the call. */
  readonly secrets: () => readonly string[];
  /** Milliseconds for one request; 30 seconds by default. */
  readonly timeout?: number;
  /** Milliseconds for one script; 30 seconds by default. */
  readonly scriptTimeout?: number;
  /** Ends the run early, cleanly. */
  readonly signal?: AbortSignal;
}
