/** What a run can be told, by flag or by configuration key, as one type. The table that reads them is in options.ts. */
import type { IdentityOptions } from '../auth/identity-options.ts';
import type { Confidence, Phase } from '../cases/case.ts';
import type { NetworkOptions } from '../requests/network.ts';
import type { CoverageGate } from '../report/coverage-gate.ts';
import type { Strictness } from '../verdicts/strictness.ts';
import type { CollectionConfig } from './collection-config.ts';
import type { RunSuiteName } from './events.ts';

/** Kinds of target. */
export const targetKinds = ['live', 'process', 'container', 'embedded'] as const;
export type TargetKind = (typeof targetKinds)[number];

export const formats = ['text', 'json', 'ndjson'] as const;
/** How results are written to stdout. */
export type Format = (typeof formats)[number];

/** The kinds of reports. */
export const reportKinds = ['html', 'json', 'ndjson', 'junit', 'sarif', 'ctrf', 'markdown', 'wfc', 'har', 'allure'] as const;
/** Reports that can be written to files; Allure's to a folder. */
export type ReportKind = (typeof reportKinds)[number];

export const suiteNames: readonly RunSuiteName[] = ['contract', 'generated', 'tests', 'newman'];

/** The settings of the network. */
export const networkNames: readonly (keyof NetworkOptions)[] = [
  'proxy',
  'cacert',
  'cert',
  'key',
  'keyPassphrase',
  'insecure',
  'resolve',
  'http2',
];

/** Everything that has both a flag and a configuration key. Undefined: not said, a default applies. */
export interface Settings extends NetworkOptions {
  /** URL, file or page of the OpenAPI document. */
  readonly document?: string;
  /** Name of the environment. */
  readonly environment?: string;
  readonly target?: TargetKind;
  /** Where the document's paths begin. */
  readonly baseUrl?: string;
  /** Header fields for every request. */
  readonly headers?: readonly (readonly [string, string])[];
  /** The field of basic authentication; the command line puts it before the other `headers`. */
  readonly user?: readonly [string, string];
  /** Static tokens, or what else an identity is, by its name; the first one is the main identity. */
  readonly identities?: Readonly<Record<string, string | IdentityOptions>>;
  /** Web Fuzzing Commons file of further identities. */
  readonly authWfc?: string;
  readonly main?: string;
  readonly readers?: readonly string[];
  readonly peers?: readonly string[];
  readonly strangers?: readonly string[];
  readonly phases?: readonly Phase[];
  /** Names of the operations that generated cases are about, and of those that they never ask for. */
  readonly operations?: readonly string[];
  readonly skipOperations?: readonly string[];
  /** Generated cases never ask for deprecated operations. */
  readonly skipDeprecated?: boolean;
  readonly checks?: readonly string[];
  readonly skipChecks?: readonly string[];
  readonly only?: readonly RunSuiteName[];
  readonly seed?: number;
  /** Milliseconds that an answer may take before that is a finding. */
  readonly maxResponseTime?: number;
  /** How strict the judge is about properties that the document does not name. */
  readonly strict?: Strictness;
  /** Milliseconds that a write may take until it shows: so long tests repeat an idempotent call that expects another status. */
  readonly settle?: number;
  /** Milliseconds after which a request is given up. */
  readonly timeout?: number;
  /** Milliseconds to wait for a server that is coming up. */
  readonly wait?: number;
  /** Scenarios at once. */
  readonly concurrency?: number;
  /** Requests a second. */
  readonly rate?: number;
  /** Most milliseconds that a `Retry-After` may hold a request back. */
  readonly retryAfter?: number;
  readonly maxCases?: number;
  /** Milliseconds after which no generated case begins. */
  readonly maxTime?: number;
  /** Requests drawn at random for each operation. */
  readonly randomCases?: number;
  readonly failOn?: Confidence;
  /** Percentages that have to be covered, by dimension. */
  readonly minCoverage?: CoverageGate;
  readonly bail?: boolean;
  /** Unsafe methods may reach a target outside loopback. */
  readonly allowWrites?: boolean;
  /** What names of things that a run makes begin with. */
  readonly writePrefix?: string;
  /** Postman collections to run; on the command line in place of the configured ones. */
  readonly collections?: readonly CollectionConfig[];
  /** HAR files of other clients' traffic, judged with the suites. */
  readonly recordings?: readonly string[];
  readonly format?: Format;
  /** Files by kind of report; of Allure's the folder. */
  readonly reports?: Readonly<Partial<Record<ReportKind, string>>>;
  /** File for an overlay that declares what the document is silent about. */
  readonly suggestOverlay?: string;
  /** Folder for vitest tests that fail until what was found is mended. */
  readonly writeTests?: string;
  /** Writes what the access phase showed as the reviewed matrix, instead of holding the API against it. */
  readonly lockAccess?: boolean;
  /** Hosts that a `$ref` may lead to. */
  readonly allowRefHosts?: readonly string[];
  /** Id of the finding, case or scenario to run again. */
  readonly replay?: string;
  readonly color?: boolean;
  readonly quiet?: boolean;
}
