/** What tests are provided with: plain data that travels to vitest's workers. */
import type { Strictness } from '../../verdicts/strictness.ts';
import type { IdentityOptions } from '../../auth/identity-options.ts';
import type { Confidence } from '../../cases/case.ts';
import type { JsonObject } from '../../lib/json.ts';
import type { KnownDeviation } from '../../report/known-deviations.ts';
import type { Headers } from '../../requests/exchange.ts';
import type { NetworkOptions } from '../../requests/network.ts';
import type { Dialect } from '../../spec/contract.ts';

/** The API under test, as vitest's `provide` carries it under the key `specproof`. */
export interface ProvidedApi {
  /** The document as `createContract` takes it: bundled, overlaid. */
  readonly document: JsonObject;
  readonly dialect?: Dialect;
  /** File that messages name; lines are looked up in it where it can be read. */
  readonly location: string;
  /** Where the document's paths begin. */
  readonly baseUrl: string;
  /** What kind of target it is; `embedded` is no real API. */
  readonly target: 'live' | 'process' | 'container' | 'embedded';
  /** How each identity gets its credentials; variables are read in the worker. */
  readonly identities: Readonly<Record<string, IdentityOptions>>;
  /** Name of the identity that calls are made as unless they say otherwise. */
  readonly main?: string;
  /** Names by what an identity may do, as a run's `--reader`, `--peer` and `--stranger` say. */
  readonly readers?: readonly string[];
  readonly peers?: readonly string[];
  readonly strangers?: readonly string[];
  /** Sent with every request. */
  readonly headers?: Headers;
  /** `standalone`: a broken promise fails the test. `run`: exchanges are handed to the run, which judges them. */
  readonly mode: 'standalone' | 'run';
  /** Least confidence that fails a test when standalone. */
  readonly failOn?: Confidence;
  /** Accepted for now: such findings fail no test. */
  readonly knownDeviations?: readonly KnownDeviation[];
  /** Why only safe methods may be sent: tests that send others are skipped. All may be sent where it is left out. */
  readonly safeOnly?: string;
  /** Operations that generated cases are about, and those that they never ask for, as `--operation` and `--skip-operation` name them. */
  readonly operations?: readonly string[];
  readonly skipOperations?: readonly string[];
  /** What names of things that generated cases make begin with. */
  readonly writePrefix?: string;
  /** The way to the target and to the providers of the identities. */
  readonly network?: NetworkOptions;
  /** Most requests a second of one worker. */
  readonly rate?: number;
  /** Most milliseconds that a `Retry-After` may hold a request back. */
  readonly retryAfter?: number;
  /** Milliseconds for one request. */
  readonly timeout?: number;
  /** Milliseconds; see the check `response-time`. */
  readonly maxResponseTime?: number;
  /** See the check `properties-declared`. */
  readonly strict?: Strictness;
  /** Milliseconds that a write may take until it shows. */
  readonly settle?: number;
  /** Of generated cases. */
  readonly seed?: number;
}

declare module 'vitest' {
  // vitest's own name: this adds to it.
  interface ProvidedContext {
    specproof: ProvidedApi;
  }
}
