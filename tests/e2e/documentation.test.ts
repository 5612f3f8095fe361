import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pages, shownCommands } from '../support/documentation.ts';
import { notesDocument } from '../support/apis/notes.ts';
import { makeFolder } from '../support/run-main.ts';
import { runPage } from '../support/run-page.ts';
import { requestToken, startServe, type Served } from '../support/run-serve.ts';

/** Pages whose commands are not run here, and what runs them. */
const elsewhere: Readonly<Record<string, string>> = {
  'README.md': '.ci/run runs the two commands; the others are those of the guides',
  'CONTRIBUTING.md': '.ci/run',
  'docs/guides/consumers.md': 'tests/real/consumers.test.ts, with the real clients',
  'docs/guides/containers.md': 'tests/container, .ci/run: they need a container engine',
  'docs/guides/login.md': 'tests/real/identities.test.ts, with the real provider',
  'docs/guides/proxy.md': 'tests/unit/cli/proxy.test.ts: a proxy stays until it is ended',
  'docs/guides/stand-in.md': 'this test itself starts a stand-in, and tests/e2e/seed.test.ts one with a recording',
  'docs/tutorial.md': 'tests/package/tutorial.test.ts, with the packed tarball',
  'stacks/jobbergate/README.md': 'npm run jobbergate',
};

/** Notes whose stars may be missing: else the stand-in puts some, now and then the former ones. */
const notes = JSON.stringify(notesDocument).replaceAll('"required":["id","title","stars"]', '"required":["id","title"]');

/** Notes that declare their refusals; the page about what a document leaves out begins with those that do not. */
const declared: unknown = JSON.parse(notes.replaceAll('"responses":{', '"responses":{"401":{"description":""},"422":{"description":""},'));

const clients = { keeper: { secret: 'k' }, guest: { secret: 'g' } };

const environment = {
  target: { kind: 'live', baseUrl: 'ORIGIN' },
  identities: { me: { kind: 'environment', variable: 'TOKEN' }, guest: { kind: 'environment', variable: 'GUEST_TOKEN' } },
};

const config = {
  api: 'notes',
  document: 'ORIGIN/openapi.json',
  environments: { local: environment, staging: environment },
  collections: [{ file: 'collections/notes.postman_collection.json' }],
  seed: 1,
};

const files = {
  // a few cases of every operation: the commands are what is tried here
  'specproof.config.json': JSON.stringify({ ...config, phases: ['examples', 'stateful'] }),
  'collections/notes.postman_collection.json': JSON.stringify({
    info: { name: 'Notes', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
    item: [
      {
        name: 'list',
        request: { method: 'GET', url: '{{baseUrl}}/notes', header: [{ key: 'Authorization', value: 'Bearer {{token}}' }] },
        event: [{ listen: 'test', script: { exec: ["pm.test('200', () => pm.response.to.have.status(200))"] } }],
      },
    ],
  }),
};

/** What a page begins with beyond `files`. */
const begins: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'docs/guides/from-portman.md': { 'collections/local.json': JSON.stringify({ name: 'local', values: [] }) },
  'docs/guides/known-deviations.md': {
    'specs/notes/.keep': '',
    'notes.json': notes,
    // all of them: what they are accused of must be gone in the end
    'specproof.config.json': JSON.stringify({ ...config, document: 'notes.json', randomCases: 2 }),
  },
};

let server: Served;
let tokens: readonly string[];

beforeAll(async () => {
  const target = { kind: 'embedded', clients };
  const folder = await makeFolder({
    'notes.json': JSON.stringify(declared),
    'specproof.config.json': JSON.stringify({ api: 'notes', document: 'notes.json', environments: { local: { target } } }),
  });
  server = await startServe(folder.path);
  tokens = await Promise.all(Object.entries(clients).map(([id, { secret }]) => requestToken(server.issuer, id, secret)));
  await folder.dispose();
});
afterAll(async () => {
  await server.stop();
});

describe('the documentation', () => {
  it.each(pages.filter((page) => !Object.hasOwn(elsewhere, page) && shownCommands(page).length > 0))(
    'shows commands that do as it says: %s',
    async (page) => {
      const prepared = Object.entries({ ...files, ...begins[page] }).map(([name, text]) => [
        name,
        text.replaceAll('ORIGIN', server.baseUrl),
      ]);
      const folder = await makeFolder(Object.fromEntries(prepared));
      const commands = shownCommands(page);
      const [token = '', guest = ''] = tokens;
      const outcomes = await runPage(commands, {
        cwd: folder.path,
        env: { TOKEN: token, GUEST_TOKEN: guest },
        replace: {
          'http://127.0.0.1:8000': server.baseUrl,
          'https://staging.example': server.baseUrl,
          'STAGING_TOKEN=…': `STAGING_TOKEN=${token}`,
          '--rate 5': '--rate 500',
        },
      });
      await folder.dispose();
      const wrong = outcomes.filter(({ exits }, index) => exits !== commands[index]?.exits);
      expect(wrong).toEqual([]);
      expect(outcomes).toHaveLength(commands.length);
    },
  );

  it('names the pages that are tried elsewhere, and no others', () => {
    expect(Object.keys(elsewhere).filter((page) => !pages.includes(page))).toEqual([]);
  });
});
