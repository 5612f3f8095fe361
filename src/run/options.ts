/** The one table of settings: flag, configuration key, parser and help. Help, parsing and the configuration's shape all come from it. */
import { phases } from '../cases/case.ts';
import { assignments, choice, duration, integer, list, parser, positive, repeated, text, toggle, type Parser } from './parse-setting.ts';
import { dimensions } from '../report/dimensions.ts';
import { aCollection } from './collection-config.ts';
import { field, userField } from './parse-field.ts';
import { resolvedHost, webAddress } from './parse-address.ts';
import { coverageGate } from './parse-coverage.ts';
import { strictness } from './parse-strictness.ts';
import { reportFiles } from './parse-reports.ts';
import { formats, reportKinds, suiteNames, targetKinds, type Settings } from './settings.ts';

/** One setting. */
export interface Option<T> {
  /** As commander takes it: `-H, --header <field>`. */
  readonly flag: string;
  /** May be given several times. */
  readonly repeatable?: boolean;
  /** Where it stands in the configuration file; `*` is the environment's name. */
  readonly key: string;
  readonly parse: Parser<T>;
  readonly help: string;
}

/** Names of the settings. */
export type OptionName = keyof Settings;

type OptionTable = { readonly [Name in OptionName]-?: Option<NonNullable<Settings[Name]>> };

/** Every setting of `run` and `smoke`, in the order of the help. */
export const options: OptionTable = {
  document: {
    flag: '--document <source>',
    key: 'document',
    parse: text,
    help: 'URL or file of the OpenAPI document, or a page that shows it',
  },
  environment: { flag: '--env <name>', key: 'defaultEnvironment', parse: text, help: 'environment of the configuration' },
  target: {
    flag: '--target <kind>',
    key: 'environments.*.target.kind',
    parse: choice('target', targetKinds),
    help: `where the API is: ${targetKinds.join(', ')}`,
  },
  baseUrl: { flag: '--base-url <url>', key: 'environments.*.target.baseUrl', parse: webAddress, help: "where the document's paths begin" },
  headers: {
    flag: '-H, --header <field>',
    repeatable: true,
    key: 'environments.*.headers',
    parse: repeated(field),
    help: 'header field "Name: value" for every request',
  },
  user: { flag: '-u, --user <name:password>', key: 'environments.*.headers', parse: userField, help: 'basic authentication' },
  identities: {
    flag: '--identity <name=token>',
    repeatable: true,
    key: 'environments.*.identities',
    parse: assignments('NAME=TOKEN'),
    help: 'identity with a token; the first one is the main one',
  },
  authWfc: {
    flag: '--auth-wfc <file>',
    key: 'environments.*.authWfc',
    parse: text,
    help: 'Web Fuzzing Commons file of further identities: fixed header fields, or calls of a login endpoint',
  },
  main: { flag: '--main <name>', key: 'environments.*.main', parse: text, help: 'identity that requests are sent as' },
  readers: {
    flag: '--reader <name>',
    repeatable: true,
    key: 'environments.*.readers',
    parse: list(text),
    help: 'identity that may only read',
  },
  peers: {
    flag: '--peer <name>',
    repeatable: true,
    key: 'environments.*.peers',
    parse: list(text),
    help: 'identity that sees but never changes what others made',
  },
  strangers: {
    flag: '--stranger <name>',
    repeatable: true,
    key: 'environments.*.strangers',
    parse: list(text),
    help: 'identity that sees nothing that others made',
  },
  proxy: {
    flag: '--proxy <url>',
    key: 'environments.*.proxy',
    parse: text,
    help: 'proxy to go through, NO_PROXY excepted; by default what HTTPS_PROXY and HTTP_PROXY say, loopback excepted',
  },
  cacert: { flag: '--cacert <file>', key: 'environments.*.tls.cacert', parse: text, help: 'PEM file of certificates to trust too' },
  cert: { flag: '--cert <file>', key: 'environments.*.tls.cert', parse: text, help: 'PEM file of the client certificate (mTLS)' },
  key: {
    flag: '--key <file>',
    key: 'environments.*.tls.key',
    parse: text,
    help: 'PEM file of its private key; the --cert file by default',
  },
  keyPassphrase: {
    flag: '--key-passphrase <variable>',
    key: 'environments.*.tls.keyPassphrase',
    parse: text,
    help: 'environment variable that holds the passphrase of the key',
  },
  insecure: {
    flag: '-k, --insecure',
    key: 'environments.*.tls.insecure',
    parse: toggle,
    help: 'trusts ANY certificate: whoever is in between can read and change everything',
  },
  resolve: {
    flag: '--resolve <host:port:address>',
    repeatable: true,
    key: 'environments.*.resolve',
    parse: repeated(resolvedHost),
    help: 'address to use for a host and port; goes there without a proxy',
  },
  http2: { flag: '--http2', key: 'environments.*.http2', parse: toggle, help: 'HTTP/2 where an https server offers it' },
  only: {
    flag: '--only <suites>',
    repeatable: true,
    key: 'only',
    parse: list(choice('suite', suiteNames)),
    help: `only these suites: ${suiteNames.join(', ')}`,
  },
  phases: {
    flag: '--phases <phases>',
    repeatable: true,
    key: 'phases',
    parse: list(choice('phase', phases)),
    help: `only these phases of the generated suite: ${phases.join(', ')}`,
  },
  operations: {
    flag: '--operation <name>',
    repeatable: true,
    key: 'operations',
    parse: repeated(text),
    help: 'generated cases only about this: "POST /pets", "/pets/*", an operationId or a tag; others are asked to prepare',
  },
  skipOperations: {
    flag: '--skip-operation <name>',
    repeatable: true,
    key: 'skipOperations',
    parse: repeated(text),
    help: 'operation that generated cases never ask for, named likewise',
  },
  skipDeprecated: {
    flag: '--skip-deprecated',
    key: 'skipDeprecated',
    parse: toggle,
    help: 'generated cases never ask for operations that the document calls deprecated',
  },
  checks: { flag: '--checks <ids>', repeatable: true, key: 'checks', parse: list(text), help: 'only these checks, see specproof checks' },
  skipChecks: { flag: '--skip-check <id>', repeatable: true, key: 'skipChecks', parse: list(text), help: 'all checks but this one' },
  seed: { flag: '--seed <number>', key: 'seed', parse: integer(0, 0xff_ff_ff_ff), help: 'makes the generated cases repeatable' },
  maxResponseTime: {
    flag: '--max-response-time <time>',
    key: 'maxResponseTime',
    parse: duration,
    help: 'slower answers are findings: 500ms, 2s',
  },
  strict: {
    flag: '--strict <level>',
    repeatable: true,
    key: 'strict',
    parse: strictness,
    help: 'finds properties that the document does not name: off, warn, fail; for one operation "METHOD /path=LEVEL"',
  },
  settle: {
    flag: '--settle <time>',
    key: 'settle',
    parse: duration,
    help: 'how long a write may take until it shows: tests repeat idempotent calls so long (default 0)',
  },
  timeout: { flag: '--timeout <time>', key: 'timeout', parse: duration, help: 'gives a request up after this time: 30s, 2m (default 10s)' },
  wait: {
    flag: '--wait <time>',
    key: 'wait',
    parse: duration,
    help: 'waits so long for a server that is coming up: 30s, 2m (default not at all)',
  },
  concurrency: { flag: '--concurrency <count>', key: 'concurrency', parse: integer(1, 1000), help: 'scenarios at once' },
  rate: { flag: '--rate <number>', key: 'rate', parse: positive, help: 'most requests a second' },
  retryAfter: {
    flag: '--retry-after <time>',
    key: 'retryAfter',
    parse: parser({ anyOf: [{ const: 0 }, duration.schema] }, (given) => (given === 0 || given === '0' ? { value: 0 } : duration(given))),
    help: 'longest that a Retry-After of a 429 or 503 may hold a request back, 0 for not at all (default 60s on a live target)',
  },
  maxCases: { flag: '--max-cases <count>', key: 'maxCases', parse: integer(1), help: 'most generated cases' },
  maxTime: { flag: '--max-time <time>', key: 'maxTime', parse: duration, help: 'no generated case begins after this time: 60s, 5m' },
  randomCases: {
    flag: '--random-cases <count>',
    key: 'randomCases',
    parse: integer(1, 100_000),
    help: 'requests that the random phase draws for each operation (default 20)',
  },
  failOn: {
    flag: '--fail-on <confidence>',
    key: 'failOn',
    parse: choice('confidence', ['certain', 'likely', 'unsure']),
    help: 'least sure finding that fails the run (default certain)',
  },
  minCoverage: {
    flag: '--min-coverage <dimension=percent>',
    repeatable: true,
    key: 'minCoverage',
    parse: coverageGate,
    help: `least coverage that passes, such as operation=100,status=80: ${dimensions.join(', ')}`,
  },
  bail: { flag: '--bail', key: 'bail', parse: toggle, help: 'ends at the first finding that fails the run' },
  allowWrites: {
    flag: '--allow-writes',
    key: 'environments.*.allowWrites',
    parse: toggle,
    help: 'sends unsafe methods to a target outside loopback: data there WILL be created, changed and deleted',
  },
  writePrefix: {
    flag: '--write-prefix <text>',
    key: 'environments.*.writePrefix',
    parse: text,
    help: 'what names of things that generated cases make begin with, where the schema lets them (default specproof- outside loopback)',
  },
  collections: {
    flag: '--collection <file>',
    repeatable: true,
    key: 'collections',
    parse: repeated(aCollection),
    help: 'Postman collection to run in place of the configured ones; with ,environment=FILE ,data=FILE ,folder=NAME ,reporter=NAME:FILE behind it',
  },
  recordings: {
    flag: '--recording <file>',
    repeatable: true,
    key: 'recordings',
    parse: repeated(text),
    help: 'HAR file of a browser, the proxy or another run: judged and counted with the suites',
  },
  format: {
    flag: '--format <format>',
    key: 'format',
    parse: choice('format', formats),
    help: `of the results on stdout: ${formats.join(', ')}`,
  },
  reports: {
    flag: '--report <kind=file>',
    repeatable: true,
    key: 'reports',
    parse: reportFiles,
    help: `writes a report to a file (of allure, to a folder): ${reportKinds.join(', ')}`,
  },
  suggestOverlay: {
    flag: '--suggest-overlay <file>',
    key: 'suggestOverlay',
    parse: text,
    help: 'writes an overlay that declares the 4xx the document is silent about',
  },
  writeTests: {
    flag: '--write-tests <folder>',
    key: 'writeTests',
    parse: text,
    help: 'keeps each finding that fails the run as a vitest test, which fails until it is mended',
  },
  lockAccess: {
    flag: '--lock-access',
    key: 'lockAccess',
    parse: toggle,
    help: 'writes who may call what to access.yaml beside the lock, for review; later runs report every change',
  },
  allowRefHosts: {
    flag: '--allow-ref-host <host>',
    repeatable: true,
    key: 'allowRefHosts',
    parse: list(text),
    help: 'host that a $ref of the document may lead to',
  },
  replay: {
    flag: '--replay <id>',
    key: 'replay',
    parse: text,
    help: 'sends the scenario of a finding again, writing no report; with the seed of the JSON report that has it, else --seed',
  },
  color: { flag: '--no-color', key: 'color', parse: toggle, help: 'no colours' },
  quiet: { flag: '--quiet', key: 'quiet', parse: toggle, help: 'no progress on stderr' },
};

/** Whether a text names a setting. */
export function isOptionName(name: string): name is OptionName {
  return Object.hasOwn(options, name);
}

/** Names of all settings, in the order of the help. */
export const optionNames: readonly OptionName[] = Object.keys(options).filter(isOptionName);
