/** How the stand-in and its OIDC provider are configured. */
import type { Json } from '../../lib/json.ts';

/** A stand-in for the API within this process, made of the document alone. */
export interface EmbeddedTargetOptions {
  readonly kind: 'embedded';
  /** Path prefix of the API, `/` by default the path of the document's first server. */
  readonly basePath?: string;
  /** Path of a recording (HAR 1.2): what its successful answers show is there at the start. */
  readonly seed?: string;
  /** Port of the API; 0 takes a free one. */
  readonly port?: number;
  /** Clients that the embedded provider knows, by client id. */
  readonly clients?: Readonly<Record<string, EmbeddedClient>>;
  /** Claim of the access token that lists the caller's roles; `scope` by default. */
  readonly rolesClaim?: string;
  /** Claim that says who the caller is, for properties named like an owner (`owner_email`, `created_by`) that no `x-specproof-owner` speaks of; else `email` or `sub` by the property's name. */
  readonly ownerClaim?: string;
}

/** A client of the stand-in's OIDC provider. */
export interface EmbeddedClient {
  readonly secret: string;
  /** Claims to put into its access tokens; they win over the provider's own. Where roles are scopes, `scope: ''` makes a client without any: one that names no scope gets all of the contract's. */
  readonly claims?: Readonly<Record<string, Json>>;
  /** Lifetime of its access tokens in seconds; 300 by default. */
  readonly lifetime?: number;
}
