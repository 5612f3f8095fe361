/** The commands, as data: help comes from here alone, so that it loads nothing else. */
import { optionNames, type OptionName } from '../run/options.ts';
import { networkNames } from '../run/settings.ts';
import type { Command } from './command.ts';

const everywhere: readonly OptionName[] = [
  'environment',
  'document',
  'target',
  'baseUrl',
  'headers',
  'identities',
  'main',
  'timeout',
  ...networkNames,
  'allowRefHosts',
  'color',
  'quiet',
];
/** What becomes of verdicts. */
const reporting = [
  'checks',
  'maxResponseTime',
  'strict',
  'failOn',
  'minCoverage',
  'bail',
  'format',
  'reports',
  'suggestOverlay',
  'color',
  'quiet',
] as const;
const documentArgument = [
  '[document]',
  'URL or file of the OpenAPI document, or a page that shows it; the configured one by default',
] as const;

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  {
    name: 'pull',
    summary: 'fetches the document, locks it and generates types',
    arguments: [['[source]', 'URL or file of the document, or of the page that shows it']],
    settings: everywhere,
    flags: [
      { flag: '--check', help: 'writes nothing: exits 1 when the document is not the locked one, and says what moved' },
      { flag: '--types-only', help: 'generates the types of the locked document anew' },
    ],
    examples: ['specproof pull', 'specproof pull http://127.0.0.1:8000/docs', 'specproof pull --check --env staging'],
    load: async () => (await import('./commands/pull.ts')).pull,
  },
  {
    name: 'run',
    summary: 'judges every exchange of all suites: generated cases, tests, collections',
    arguments: [documentArgument],
    settings: optionNames.filter((name) => name !== 'document'),
    examples: [
      'specproof run',
      'specproof run http://127.0.0.1:8000/openapi.json -H "Authorization: Bearer $TOKEN"',
      'specproof run --env ci --format ndjson --report junit=reports/junit.xml',
    ],
    load: async () => (await import('./commands/run.ts')).runAll,
  },
  {
    name: 'smoke',
    summary: 'run limited to safe methods: nothing is changed',
    arguments: [documentArgument],
    settings: optionNames.filter((name) => name !== 'document' && name !== 'allowWrites'),
    examples: ['specproof smoke --env staging'],
    load: async () => (await import('./commands/smoke.ts')).smoke,
  },
  {
    name: 'call',
    summary: 'sends one request with the identity’s token and judges the answer',
    arguments: [
      ['[method]', 'GET, POST, …; without it GET, or POST with a body. Or an operation id of the document, alone'],
      ['[path]', 'path below the base URL, perhaps a template with --path, or an absolute URL below it'],
    ],
    settings: [...everywhere, 'maxResponseTime', 'strict', 'failOn', 'retryAfter', 'allowWrites'],
    flags: [
      { flag: '-q, --query <name=value>', repeatable: true, help: 'query parameter' },
      { flag: '-p, --path <name=value>', repeatable: true, help: 'parameter of the path template' },
      {
        flag: '-d, --data <body>',
        help: 'body; @file reads a file, @- reads stdin; JSON unless a Content-Type header or the document says otherwise',
      },
      { flag: '-F, --form <name=value>', repeatable: true, help: 'form field, or a file: name=@path, name=@path;type=text/plain' },
      { flag: '--example', help: 'body made from the schema' },
      { flag: '--as <kind>', help: 'prints the request instead of sending it: curl, httpx, fetch, httpie, or its body alone' },
      { flag: '-i, --include', help: 'prints status and header fields before the body' },
      { flag: '--again [number]', help: 'sends the last call again, or that of specproof history' },
    ],
    examples: [
      'specproof call GET /things -q page=1 | jq .total',
      'specproof call getThing -p id=3',
      'specproof call POST /things -d @thing.json',
      'specproof call POST /things --example --as body > thing.json',
      'specproof call POST /things/3/files -F file=@notes.txt',
      'specproof call GET /things --as httpx',
    ],
    load: async () => (await import('./commands/call.ts')).call,
  },
  {
    name: 'history',
    summary: 'lists the calls that were typed in this folder',
    settings: [],
    flags: [{ flag: '--clear', help: 'forgets the calls of all folders' }],
    load: async () => (await import('./commands/history.ts')).history,
  },
  {
    name: 'login',
    summary: 'logs a user in and keeps the tokens for identities of kind login',
    arguments: [['[identity]', 'name of the identity; the only one of that kind by default']],
    settings: ['environment', 'main', ...networkNames, 'timeout', 'color', 'quiet'],
    flags: [{ flag: '--browser', help: 'in this machine’s browser; else a code is shown that can be typed on any device' }],
    examples: ['specproof login', 'specproof login me --browser'],
    load: async () => (await import('./commands/login.ts')).login,
  },
  {
    name: 'logout',
    summary: 'forgets the tokens of a login, here and at the provider',
    arguments: [['[identity]', 'name of the identity; the only one of that kind by default']],
    settings: ['environment', 'main', ...networkNames, 'timeout', 'color', 'quiet'],
    load: async () => (await import('./commands/logout.ts')).logout,
  },
  {
    name: 'token',
    summary: 'prints an identity’s token',
    arguments: [['[identity]', 'name of the identity; the main one by default']],
    settings: everywhere.filter((name) => name !== 'headers'),
    flags: [
      { flag: '--header', help: 'as a whole header field' },
      { flag: '--decode', help: 'header and claims of a JWT, as JSON' },
    ],
    examples: ['curl -H "$(specproof token --header)" http://127.0.0.1:8000/things'],
    load: async () => (await import('./commands/token.ts')).token,
  },
  {
    name: 'judge',
    summary: 'judges recorded traffic: a HAR file of a browser, a proxy or a run',
    arguments: [['<file>', 'HAR file']],
    settings: ['environment', 'document', 'baseUrl', 'headers', 'timeout', ...networkNames, 'allowRefHosts', ...reporting],
    examples: [
      'specproof judge recording.har --base-url https://api.example/v1',
      'specproof judge recording.har --document openapi.yaml --format ndjson',
    ],
    load: async () => (await import('./commands/judge.ts')).judge,
  },
  {
    name: 'proxy',
    summary: 'stands between any client and the API, and judges what passes until Ctrl-C',
    arguments: [documentArgument],
    settings: [
      'environment',
      'target',
      'baseUrl',
      'timeout',
      ...networkNames.filter((name) => name !== 'http2'),
      'allowRefHosts',
      ...reporting,
    ],
    flags: [{ flag: '--port <number>', help: 'port on 127.0.0.1; a free one by default' }],
    examples: [
      'specproof proxy openapi.yaml --base-url http://127.0.0.1:8000/api --port 8080',
      'specproof proxy --env staging --report har=traffic.har',
    ],
    load: async () => (await import('./commands/proxy.ts')).proxy,
  },
  {
    name: 'serve',
    summary: 'runs the stand-in and its OIDC provider until Ctrl-C',
    arguments: [documentArgument],
    settings: ['environment', ...networkNames, 'allowRefHosts', 'color', 'quiet'],
    flags: [
      { flag: '--port <number>', help: 'port of the API; a free one by default' },
      { flag: '--fault <name>', repeatable: true, help: 'switches a fault on; a wrong name lists them' },
      { flag: '--seed <file>', help: 'recording (HAR) of a browser, a proxy or a former run: what it shows is there at the start' },
    ],
    examples: ['specproof serve', 'specproof serve openapi.yaml --port 8080 --fault server-error', 'specproof serve --seed session.har'],
    load: async () => (await import('./commands/serve.ts')).serve,
  },
  {
    name: 'checks',
    summary: 'lists every check with its source',
    settings: ['format'],
    load: async () => (await import('./commands/checks.ts')).listChecks,
  },
  {
    name: 'doctor',
    summary: 'tells what is reachable, what is not, and what to do',
    arguments: [documentArgument],
    settings: everywhere.filter((name) => name !== 'document'),
    load: async () => (await import('./commands/doctor.ts')).doctor,
  },
];
