/** What `specproof.config.ts` holds, as types. No secret belongs in it: identities name environment variables. */
import type { StrictLevel, Strictness } from '../verdicts/strictness.ts';
import type { IdentityOptions } from '../auth/identity-options.ts';
import type { TargetOptions } from '../targets/target.ts';
import type { CollectionConfig } from './collection-config.ts';
import type { Settings } from './settings.ts';

/** How an identity gets its credentials. The issuer `target` is the target's own OIDC provider. */
export type IdentityConfig = IdentityOptions;

/** Where the API is. */
export type TargetConfig = TargetOptions;

/** Limits that an environment may set for itself; its word wins over the file's. */
interface Limits extends Pick<
  Settings,
  | 'allowWrites'
  | 'concurrency'
  | 'rate'
  | 'maxCases'
  | 'randomCases'
  | 'failOn'
  | 'minCoverage'
  | 'phases'
  | 'operations'
  | 'skipOperations'
  | 'skipDeprecated'
  | 'checks'
  | 'skipChecks'
  | 'only'
  | 'seed'
> {
  /** Milliseconds, or a text such as `30s`. */
  readonly timeout?: number | string;
  /** Milliseconds, or a text such as `30s`: how long to wait for a server that is coming up. */
  readonly wait?: number | string;
  /** Milliseconds, or a text such as `30s`; 0 for not at all. */
  readonly retryAfter?: number | string;
  /** Milliseconds, or a text such as `500ms`. */
  readonly maxResponseTime?: number | string;
  /** `off`, `warn` or `fail` for properties that the document does not name; or levels by operation, `*` for all others. */
  readonly strict?: StrictLevel | Strictness;
  /** Milliseconds, or a text such as `5m`: after that no generated case begins. */
  readonly maxTime?: number | string;
  /** Milliseconds, or a text such as `2s`: how long a write may take until it shows. */
  readonly settle?: number | string;
}

/** One place where the API runs, and who calls it there. */
export interface Environment extends Limits, Pick<Settings, 'authWfc' | 'proxy' | 'http2' | 'writePrefix'> {
  readonly target: TargetConfig;
  /** Identities by name. */
  readonly identities?: Readonly<Record<string, IdentityConfig>>;
  /** Name of the identity that requests are sent as; the first one by default. */
  readonly main?: string;
  /** Names of identities that may only read. */
  readonly readers?: readonly string[];
  /** Names of identities that see but never change what others made. */
  readonly peers?: readonly string[];
  /** Names of identities that see nothing that others made. */
  readonly strangers?: readonly string[];
  /** Header fields for every request, as `Name: value`. */
  readonly headers?: readonly string[];
  /** Whom to trust, and the client's own certificate. */
  readonly tls?: Pick<Settings, 'cacert' | 'cert' | 'key' | 'keyPassphrase' | 'insecure'>;
  /** Addresses to use instead of a name server's, as `host:port:address`. */
  readonly resolve?: readonly string[];
}

/** The configuration of one API. Paths are relative to the configuration file. */
export interface Config
  extends
    Limits,
    Pick<
      Settings,
      | 'document'
      | 'bail'
      | 'recordings'
      | 'format'
      | 'reports'
      | 'suggestOverlay'
      | 'writeTests'
      | 'lockAccess'
      | 'allowRefHosts'
      | 'replay'
      | 'color'
      | 'quiet'
    > {
  /** Where the JSON Schema of a configuration in JSON is, for editors: `node_modules/specproof/schemas/config.json`. */
  readonly $schema?: string;
  /** Name of the API. */
  readonly api: string;
  /** Folder of the lock, types, overlay and known deviations; `specs/<api>` by default. */
  readonly folder?: string;
  /** Whether the lock keeps the descriptions and summaries of the API's authors; `keep` by default. */
  readonly prose?: 'keep' | 'strip';
  /** Name of the environment to use when none is named; the first one by default. */
  readonly defaultEnvironment?: string;
  /** Environments by name. */
  readonly environments: Readonly<Record<string, Environment>>;
  /** Postman collections. */
  readonly collections?: readonly CollectionConfig[];
  /** Globs of vitest suites. */
  readonly tests?: readonly string[];
}

/** The configuration as it is: gives editors the types. */
export function defineConfig(config: Config): Config {
  return config;
}
