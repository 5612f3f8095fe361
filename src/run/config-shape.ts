/** The shape of `specproof.config.ts`. Settings that have a flag take their parser from the table of options. */
import { options, type OptionName } from './options.ts';
import { field } from './parse-field.ts';
import { choice, integer, text, toggle, parser, type Parser } from './parse-setting.ts';
import type { Shape } from './shape.ts';

type ObjectShape = Shape & { readonly kind: 'object' };

const parsed = (parse: Parser<unknown>, help?: string): Shape => ({ kind: 'parsed', parse, ...(help !== undefined && { help }) });
const aText = parsed(text);
/** An empty one, too: an empty scheme sends the secret bare. */
const anyText: Parser<string> = parser({ type: 'string' }, (given) =>
  typeof given === 'string' ? { value: given } : { problem: 'must be a text' },
);
const milliseconds = parsed(integer(1, 0x7f_ff_ff_ff));
const texts: Shape = { kind: 'list', of: aText };
const object = (members: Readonly<Record<string, Shape>>, ...required: readonly string[]): ObjectShape => ({
  kind: 'object',
  members,
  required,
});
const setting = (name: OptionName): Shape => parsed(options[name].parse, options[name].help);
const settings = (...names: readonly OptionName[]): Record<string, Shape> => Object.fromEntries(names.map((name) => [name, setting(name)]));

const limits = settings(
  'allowWrites',
  'concurrency',
  'rate',
  'retryAfter',
  'timeout',
  'wait',
  'maxResponseTime',
  'strict',
  'settle',
  'maxCases',
  'maxTime',
  'randomCases',
  'failOn',
  'minCoverage',
  'phases',
  'operations',
  'skipOperations',
  'skipDeprecated',
  'checks',
  'skipChecks',
  'only',
  'seed',
);

const step = object(
  {
    name: aText,
    command: texts,
    cwd: aText,
    env: { kind: 'record', of: parsed(anyText) },
    ready: aText,
    readyTimeout: milliseconds,
  },
  'name',
  'command',
);

const kind = (name: string): Shape => parsed(choice('kind', [name]));

const containerTexts: Shape = { kind: 'record', of: { kind: 'text-or', of: object({ variable: aText }, 'variable') } };
const port = parsed(integer(1, 65_535));
const readiness: Shape = {
  kind: 'list',
  of: {
    kind: 'variant',
    of: {
      health: object({ kind: kind('health') }),
      port: object({ kind: kind('port'), port }, 'port'),
      http: object({ kind: kind('http'), port, path: aText }, 'port', 'path'),
      log: object({ kind: kind('log'), text: aText }, 'text'),
      done: object({ kind: kind('done') }),
    },
  },
};

const container = object(
  {
    image: {
      kind: 'text-or',
      of: object({ context: aText, dockerfile: aText, args: { kind: 'record', of: parsed(anyText) }, target: aText }, 'context'),
    },
    needs: texts,
    command: texts,
    env: containerTexts,
    ports: { kind: 'list', of: { kind: 'text-or', of: port } },
    aliases: texts,
    files: { kind: 'record', of: aText },
    hosts: { kind: 'record', of: aText },
    health: object({ command: aText, interval: milliseconds, retries: parsed(integer(1)) }, 'command'),
    ready: readiness,
    readyTimeout: milliseconds,
  },
  'image',
);

const compose = object(
  { files: texts, services: texts, env: containerTexts, ready: { kind: 'record', of: readiness }, readyTimeout: milliseconds },
  'files',
);

const target: Shape = {
  kind: 'variant',
  of: {
    live: object({ kind: kind('live'), baseUrl: setting('baseUrl') }, 'baseUrl'),
    process: object(
      { kind: kind('process'), baseUrl: setting('baseUrl'), document: aText, issuer: aText, steps: { kind: 'list', of: step } },
      'baseUrl',
      'steps',
    ),
    container: object(
      {
        kind: kind('container'),
        baseUrl: setting('baseUrl'),
        document: aText,
        issuer: aText,
        containers: { kind: 'record', of: container },
        compose,
        reuse: parsed(toggle),
      },
      'baseUrl',
    ),
    embedded: object({
      kind: kind('embedded'),
      basePath: aText,
      seed: aText,
      port: parsed(integer(0, 65_535)),
      clients: {
        kind: 'record',
        of: object({ secret: aText, claims: { kind: 'record', of: { kind: 'any' } }, lifetime: parsed(integer(1)) }, 'secret'),
      },
      rolesClaim: aText,
      ownerClaim: aText,
    }),
  },
};

const secret: Shape = { kind: 'either', of: { variable: aText, testValue: aText } };
const fields: Shape = { kind: 'record', of: { kind: 'text-or', of: secret } };
const client: Readonly<Record<string, Shape>> = {
  issuer: aText,
  tokenEndpoint: aText,
  deviceAuthorizationEndpoint: aText,
  authorizationEndpoint: aText,
  clientId: aText,
  clientSecret: secret,
  privateKey: { kind: 'either', of: { variable: aText, file: aText } },
  keyId: aText,
  scope: aText,
  audience: aText,
};

const credentials: Readonly<Record<string, ObjectShape>> = {
  static: object({ kind: kind('static'), token: aText, scheme: parsed(anyText) }, 'token'),
  environment: object({ kind: kind('environment'), variable: aText, scheme: parsed(anyText) }, 'variable'),
  basic: object({ kind: kind('basic'), username: aText, password: secret }, 'username', 'password'),
  'api-key': object({ kind: kind('api-key'), key: secret, in: parsed(choice('place', ['header', 'query', 'cookie'])), name: aText }, 'key'),
  headers: object({ kind: kind('headers'), headers: fields }, 'headers'),
  'login-call': object(
    {
      kind: kind('login-call'),
      url: aText,
      method: aText,
      contentType: aText,
      fields,
      body: secret,
      headers: fields,
      token: { kind: 'either', of: { body: parsed(anyText), header: aText } },
      send: object({ in: parsed(choice('place', ['header', 'query'])), name: aText, scheme: aText }, 'in', 'name'),
      along: fields,
    },
    'url',
  ),
  'client-credentials': object({ kind: kind('client-credentials'), ...client }, 'clientId'),
  password: object({ kind: kind('password'), ...client, username: aText, password: secret }, 'username', 'password'),
  'token-exchange': object({ kind: kind('token-exchange'), ...client, subject: aText }, 'clientId', 'subject'),
  login: object(
    {
      kind: kind('login'),
      ...client,
      flow: parsed(choice('flow', ['device', 'browser'])),
      user: aText,
      redirectPort: parsed(integer(0, 65_535)),
    },
    'clientId',
  ),
  'token-file': object(
    { kind: kind('token-file'), ...client, accessToken: aText, refreshToken: aText, useRefreshToken: parsed(toggle) },
    'accessToken',
  ),
};

const identity: Shape = {
  kind: 'variant',
  of: {
    ...credentials,
    several: object({ kind: kind('several'), credentials: { kind: 'record', of: { kind: 'variant', of: credentials } } }, 'credentials'),
  },
};

/** The shape of one environment. */
export const environmentShape: ObjectShape = object(
  {
    target,
    identities: { kind: 'record', of: identity },
    ...settings('authWfc', 'main', 'readers', 'peers', 'strangers'),
    headers: { kind: 'list', of: parsed(field) },
    ...settings('proxy', 'resolve', 'http2', 'writePrefix'),
    tls: object(settings('cacert', 'cert', 'key', 'keyPassphrase', 'insecure')),
    ...limits,
  },
  'target',
);

const reporters: Shape = { kind: 'record', of: { kind: 'text-or', of: { kind: 'record', of: parsed(anyText) } } };

/** The shape of the whole file. */
export const configShape: ObjectShape = object(
  {
    api: aText,
    folder: aText,
    document: aText,
    prose: parsed(choice('way', ['keep', 'strip'])),
    defaultEnvironment: aText,
    environments: { kind: 'record', of: environmentShape },
    collections: {
      kind: 'list',
      of: object({ file: aText, environment: aText, folders: texts, data: aText, reporters, after: texts }, 'file'),
    },
    tests: texts,
    ...limits,
    ...settings('bail', 'recordings', 'format', 'reports', 'suggestOverlay', 'writeTests', 'lockAccess', 'allowRefHosts', 'replay'),
    color: parsed(toggle),
    quiet: parsed(toggle),
    $schema: aText,
  },
  'api',
  'environments',
);
