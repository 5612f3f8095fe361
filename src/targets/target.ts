/** Targets: where the API is. A target gives a base URL and its own disposal. */
import type { HarnessError } from '../errors.ts';
import type { ContainerTargetOptions } from './container/options.ts';
import type { EmbeddedTargetOptions } from './embedded/options.ts';
import type { ProcessTargetOptions } from './process.ts';

/** An API that is up. */
export interface Target {
  readonly kind: 'live' | 'process' | 'container' | 'embedded';
  /** Where the document's paths begin, without a trailing slash: `http://127.0.0.1:8000/api`. */
  readonly baseUrl: string;
  /** URL of the served document, where the target knows it. */
  readonly documentUrl: string | undefined;
  /** Issuer of the target's own OIDC provider, where it starts one. */
  readonly issuer: string | undefined;
  /** Resolves with the error that ends the run when a part of the target ends on its own; never after `dispose` was called. Absent where no part is ours. */
  readonly died?: Promise<HarnessError>;
  /** The last lines that each of its parts has printed, by name. Absent where it has none. */
  readonly logs?: () => ReadonlyMap<string, readonly string[]>;
  /** Stops all that was started for it, in reverse order; safe to call twice. */
  readonly dispose: () => Promise<void>;
}

/** An API that runs already. */
export interface LiveTargetOptions {
  readonly kind: 'live';
  readonly baseUrl: string;
}

/** Where the API is, and how it comes to be there. */
export type TargetOptions = LiveTargetOptions | ProcessTargetOptions | ContainerTargetOptions | EmbeddedTargetOptions;
