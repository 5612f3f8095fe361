/** The errors that end a run before it can judge. Findings, faults and judgements are data and never thrown; a TypeError is a bug and stays one. */

/** What a code stands for. */
export interface ErrorKind {
  /** What went wrong, in general. */
  readonly summary: string;
  /** What a user can do about it. */
  readonly hint: string;
  /** Process exit code: 2 usage or configuration, 3 environment. */
  readonly exit: 2 | 3;
}

/** Every code of a HarnessError. */
export type ErrorCode =
  | 'E_USAGE'
  | 'E_NODE'
  | 'E_CONFIG'
  | 'E_SECRET'
  | 'E_SPEC_PARSE'
  | 'E_SPEC_INVALID'
  | 'E_SPEC_REF'
  | 'E_SPEC_SCHEMA'
  | 'E_SPEC_FETCH'
  | 'E_LOCK'
  | 'E_OVERLAY'
  | 'E_DEVIATIONS'
  | 'E_ACCESS_LOCK'
  | 'E_COLLECTION'
  | 'E_HAR'
  | 'E_TESTS'
  | 'E_OPTIONAL'
  | 'E_WRITE'
  | 'E_TARGET'
  | 'E_IDENTITY'
  | 'E_NETWORK';

/** What each code means, what to do, and the exit code. */
export const errorCodes: Readonly<Record<ErrorCode, ErrorKind>> = Object.freeze({
  E_USAGE: { summary: 'the command line is wrong', hint: 'see specproof --help', exit: 2 },
  E_NODE: { summary: 'this Node.js is too old', hint: 'install Node.js 24.15 or newer', exit: 2 },
  E_CONFIG: { summary: 'the configuration is wrong', hint: 'mend the named key in specproof.config.ts', exit: 2 },
  E_SECRET: { summary: 'a secret that the configuration names is not set', hint: 'export the named environment variable', exit: 2 },
  E_SPEC_PARSE: {
    summary: 'the document is neither JSON nor YAML',
    hint: 'name the OpenAPI document itself or a page that shows it',
    exit: 2,
  },
  E_SPEC_INVALID: { summary: 'the document is not a usable OpenAPI document', hint: 'mend the document at the named place', exit: 2 },
  E_SPEC_REF: { summary: 'a $ref cannot be resolved', hint: 'mend the reference, or allow its host with --allow-ref-host', exit: 2 },
  E_SPEC_SCHEMA: { summary: 'a schema cannot be compiled', hint: 'mend the schema at the named place', exit: 2 },
  E_SPEC_FETCH: { summary: 'the document cannot be fetched', hint: 'check the URL and that the API is up', exit: 3 },
  E_LOCK: { summary: 'there is no usable lock', hint: 'run specproof pull', exit: 2 },
  E_OVERLAY: { summary: 'the overlay is wrong', hint: 'mend the named action of the overlay', exit: 2 },
  E_DEVIATIONS: { summary: 'the file of known deviations is wrong', hint: 'mend the named entry', exit: 2 },
  E_ACCESS_LOCK: {
    summary: 'the reviewed matrix of access is wrong',
    hint: 'mend the named entry, or write the file anew with --lock-access',
    exit: 2,
  },
  E_COLLECTION: { summary: 'the collection cannot be run', hint: 'export it from Postman as Collection v2.1', exit: 2 },
  E_HAR: { summary: 'the recording cannot be read', hint: 'save it as HAR 1.2, for instance from the network panel of a browser', exit: 2 },
  E_TESTS: { summary: 'the contract tests cannot be run', hint: 'run vitest by hand to see what it says', exit: 2 },
  E_OPTIONAL: { summary: 'an optional package is not installed', hint: 'npm install --save-dev the named package', exit: 2 },
  E_WRITE: { summary: 'a file cannot be written', hint: 'check the folder and its permissions', exit: 2 },
  E_TARGET: { summary: 'the target cannot be reached or did not start', hint: 'run specproof doctor', exit: 3 },
  E_IDENTITY: {
    summary: 'no token can be had for an identity',
    hint: 'run specproof token for that identity, or specproof doctor',
    exit: 3,
  },
  E_NETWORK: { summary: 'a proxy, certificate or key cannot be used', hint: 'check the named flag, key or variable', exit: 2 },
});

/**
 * A run that cannot go on: `message` says what and where (one line, no secret, no colour), `hint` what to do next.
 * Outside this family stay findings and faults (data in a verdict) and bugs (not caught before bin).
 */
export class HarnessError extends Error {
  override readonly name = 'HarnessError';
  readonly code: ErrorCode;
  readonly hint: string;

  constructor(code: ErrorCode, message: string, options: { readonly hint?: string; readonly cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint ?? errorCodes[code].hint;
  }

  /** The exit code that this error asks for. */
  get exit(): 2 | 3 {
    return errorCodes[this.code].exit;
  }
}

/** Whether a caught value is a HarnessError. */
export function isHarnessError(value: unknown): value is HarnessError {
  return value instanceof HarnessError;
}
