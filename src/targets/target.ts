/** Targets: where the API is. A target gives a base URL and its own disposal. */
import type { ProcessTargetOptions } from './process.ts';
import type { EmbeddedTargetOptions } from './embedded/options.ts';

/** An API that is up. */
export interface Target {
  readonly kind: 'live' | 'process' | 'container' | 'embedded';
  /** Where the document's paths begin, without a trailing slash: `http://127.0.0.1:8000/api`. */
  readonly baseUrl: string;
  /** URL of the served document, where the target knows it. */
  readonly documentUrl: string | undefined;
  /** Issuer of the target's own OIDC provider, where it starts one. */
  readonly issuer: string | undefined;
  /** Stops all that was started for it, in reverse order; safe to call twice. */
  readonly dispose: () => Promise<void>;
}

export interface LiveTargetOptions {
  readonly kind: 'live';
  readonly baseUrl: string;
}

export type TargetOptions = LiveTargetOptions | ProcessTargetOptions | EmbeddedTargetOptions;
