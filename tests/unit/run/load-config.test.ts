import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { checkConfig, loadConfig } from '../../../src/run/load-config.ts';
import { makeFolder } from '../../support/run-main.ts';

const folders: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const dispose of folders.splice(0)) await dispose();
});

async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const { path, dispose } = await makeFolder(files);
  folders.push(dispose);
  return path;
}

const minimal = { api: 'shop', environments: { local: { target: { kind: 'live', baseUrl: 'http://127.0.0.1:1' } } } };

describe('finding the configuration', () => {
  it('looks in the folders above', async () => {
    const path = await folderWith({ 'specproof.config.json': JSON.stringify(minimal) });
    await mkdir(join(path, 'a', 'b'), { recursive: true });
    const loaded = await loadConfig(join(path, 'a', 'b'));
    expect(loaded?.root).toBe(path);
    expect(loaded?.config.api).toBe('shop');
  });

  it('takes TypeScript before JSON', async () => {
    const path = await folderWith({
      'specproof.config.json': JSON.stringify(minimal),
      'specproof.config.ts': `const name: string = 'typed'; export default { api: name, environments: { local: { target: { kind: 'live', baseUrl: 'http://127.0.0.1:1' } } } };`,
    });
    expect((await loadConfig(path))?.config.api).toBe('typed');
  });

  it('reads JSON as Windows editors write it', async () => {
    const path = await folderWith({ 'specproof.config.json': `\uFEFF${JSON.stringify(minimal, undefined, 1).replaceAll('\n', '\r\n')}` });
    expect((await loadConfig(path))?.config.api).toBe('shop');
  });

  it('gives nothing where there is none', async () => {
    expect(await loadConfig(await folderWith({}))).toBeUndefined();
  });

  it.each([
    { name: 'specproof.config.json', text: '{', want: 'specproof.config.json cannot be loaded' },
    { name: 'specproof.config.mjs', text: 'export const config = {};', want: 'specproof.config.mjs has no default export' },
    {
      name: 'specproof.config.mjs',
      text: 'throw new Error("no such stack")',
      want: 'specproof.config.mjs cannot be loaded: no such stack',
    },
  ])('$want', async ({ name, text, want }) => {
    await expect(loadConfig(await folderWith({ [name]: text }))).rejects.toMatchObject({
      code: 'E_CONFIG',
      message: expect.stringContaining(want) as string,
    });
  });
});

describe('checking the configuration', () => {
  const local = minimal.environments.local;
  const withLocal = (more: object): object => ({ api: 'shop', environments: { local: { ...local, ...more } } });

  it.each([
    { given: minimal },
    {
      given: { ...minimal, timeout: '30s', phases: ['examples'], reports: { junit: 'x.xml' }, collections: [{ file: 'a.json' }], seed: 7 },
    },
    {
      given: withLocal({
        identities: { admin: { kind: 'environment', variable: 'TOKEN' } },
        main: 'admin',
        readers: [],
        headers: ['X-Tenant: a'],
        allowWrites: true,
      }),
    },
    {
      given: withLocal({
        identities: {
          me: { kind: 'login', issuer: 'https://id.example', clientId: 'cli', flow: 'browser', redirectPort: 8080, user: 'me' },
          file: {
            kind: 'token-file',
            accessToken: '~/a',
            refreshToken: '~/r',
            useRefreshToken: true,
            issuer: 'https://id.example',
            clientId: 'c',
          },
          plain: {
            kind: 'client-credentials',
            tokenEndpoint: 'https://id.example/token',
            clientId: 'c',
            privateKey: { file: 'k.pem' },
            keyId: 'k',
          },
          other: { kind: 'token-exchange', issuer: 'https://id.example', clientId: 'c', subject: 'me', audience: 'a' },
          user: { kind: 'password', issuer: 'https://id.example', clientId: 'c', username: 'u', password: { variable: 'P' } },
          both: {
            kind: 'several',
            credentials: {
              key: { kind: 'api-key', key: { variable: 'K' }, in: 'query', name: 'k' },
              basic: { kind: 'basic', username: 'u', password: { variable: 'P' } },
            },
          },
        },
      }),
    },
    {
      given: {
        api: 'shop',
        environments: { e: { target: { kind: 'embedded', clients: { a: { secret: 's', claims: { roles: ['x'] } } } } } },
      },
    },
  ])('accepts %#', ({ given }) => {
    expect(checkConfig(given, 'c.ts')).toBe(given);
  });

  it.each([
    { given: { ...minimal, ap: 1 }, want: 'c.ts: ap is no key, did you mean api?' },
    { given: { ...minimal, wholly: 1 }, want: 'c.ts: wholly is no key; there are api, folder' },
    { given: withLocal({ taget: 1 }), want: 'c.ts: environments.local.taget is no key, did you mean target?' },
    { given: { ...minimal, timeout: 'soon' }, want: 'c.ts: timeout must be milliseconds' },
    { given: { ...minimal, phases: ['exmples'] }, want: 'c.ts: phases knows no phase "exmples", did you mean examples?' },
    { given: { environments: minimal.environments }, want: 'c.ts: api is missing' },
    { given: { api: 'shop', environments: {} }, want: 'c.ts: environments has none' },
    { given: { api: 'shop', environments: { a: { target: { kind: 'live' } } } }, want: 'c.ts: environments.a.target.baseUrl is missing' },
    {
      given: { api: 'shop', environments: { a: { target: { kind: 'cloud' } } } },
      want: 'c.ts: environments.a.target.kind must be one of live, process, container, embedded',
    },
    {
      given: { ...minimal, defaultEnvironment: 'locl' },
      want: 'c.ts: defaultEnvironment names no environment: "locl", did you mean local?',
    },
    { given: withLocal({ main: 'admin' }), want: 'c.ts: environments.local.main names no identity: "admin"; there are none' },
    {
      given: withLocal({ identities: { a: { kind: 'client-credentials', issuer: 'x', clientId: 'y', clientSecret: 'z' } } }),
      want: 'c.ts: environments.local.identities.a.clientSecret must have exactly one of the keys variable, testValue',
    },
    {
      given: withLocal({ identities: { a: { kind: 'login', issuer: 'https://id.example' } } }),
      want: 'c.ts: environments.local.identities.a.clientId is missing',
    },
    {
      given: withLocal({ identities: { a: { kind: 'login', clientId: 'c', flow: 'devise' } } }),
      want: 'c.ts: environments.local.identities.a.flow knows no flow "devise", did you mean device?',
    },
    {
      given: withLocal({ identities: { a: { kind: 'several', credentials: { key: { kind: 'several', credentials: {} } } } } }),
      want: 'c.ts: environments.local.identities.a.credentials.key.kind must be one of static, environment, basic',
    },
    {
      given: withLocal({ identities: { a: { kind: 'token-exchange', issuer: 'https://id.example', clientId: 'c', subject: 'b' } } }),
      want: 'c.ts: environments.local.identities.a.subject names no identity: "b", did you mean a?',
    },
    { given: withLocal({ headers: ['x'] }), want: 'c.ts: environments.local.headers[0] must be a header field' },
    { given: null, want: 'c.ts: the configuration must be an object' },
    { given: [], want: 'c.ts: the configuration must be an object' },
  ])('refuses: $want', ({ given, want }) => {
    expect(() => checkConfig(given, 'c.ts')).toThrow(
      expect.objectContaining({ code: 'E_CONFIG', message: expect.stringContaining(want) as string }) as Error,
    );
  });
});
