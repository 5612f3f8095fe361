import { expect, it } from 'vitest';
import { rerunCommand } from '../../../src/cli/rerun-command.ts';
import type { LoadedConfig } from '../../../src/run/load-config.ts';
import type { Environment } from '../../../src/run/config.ts';

const environment: Environment = { target: { kind: 'live', baseUrl: 'http://127.0.0.1:1' } };
const loaded = (...names: readonly string[]): LoadedConfig => ({
  file: '/p/specproof.config.ts',
  root: '/p',
  config: { api: 'notes', environments: Object.fromEntries(names.map((name) => [name, environment])) },
});
const location = 'http://127.0.0.1:8000/my openapi.json';
const nobody = { named: undefined, loaded: undefined, name: undefined, settings: {} };

it.each<[string, Parameters<typeof rerunCommand>[0], string]>([
  ['is short where there is one environment', { ...nobody, loaded: loaded('local'), name: 'local' }, ''],
  ['names the environment where there are more', { ...nobody, loaded: loaded('local', 'staging'), name: 'staging' }, ' --env staging'],
  ['names the document that was named', { ...nobody, named: location }, ` '${location}'`],
  ['says where the API is', { ...nobody, settings: { baseUrl: 'http://127.0.0.1:2/v1' } }, ' --base-url http://127.0.0.1:2/v1'],
  [
    'keeps header fields, and of a credential only its scheme',
    {
      ...nobody,
      settings: {
        headers: [
          ['X-Tenant', "Ann's"],
          ['Authorization', 'Basic YTpi'],
          ['X-Api-Key', 'hush'],
          ['Cookie', 'sid=1'],
        ],
      },
    },
    String.raw` -H 'X-Tenant: Ann'\''s' -H "Authorization: Basic $TOKEN" -H "X-Api-Key: $TOKEN" -H "Cookie: $TOKEN"`,
  ],
  [
    'names who was given, not who is configured',
    { ...nobody, settings: { identities: { me: 'hush', ann: { kind: 'static', token: 'hush' } } } },
    ' --identity "me=$TOKEN"',
  ],
])('the command of another run %s', (_, plan, words) => {
  expect(rerunCommand(plan, location)).toBe(`specproof run${words}`);
});
