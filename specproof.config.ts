/** How this repository tests the Jobbergate API: on the stand-in, on the real stack as processes and as containers, and on a staging system. */
import { defineConfig, type Config, type Environment } from './src/run/config.ts';
import { jobbergateContainers } from './stacks/jobbergate/containers.ts';
import { jobbergateStack } from './stacks/jobbergate/stack.ts';

const stack = jobbergateStack();

/** What the roles of Jobbergate are called, by resource. */
const permissions = (resource: string, ...actions: readonly string[]): readonly string[] =>
  actions.map((action) => `jobbergate:${resource}:${action}`);

const reading = [
  ...permissions('clusters', 'read'),
  ...permissions('job-scripts', 'read'),
  ...permissions('job-submissions', 'read'),
  ...permissions('job-templates', 'read'),
  ...permissions('metrics', 'read'),
];
const own = ['job-scripts', 'job-submissions', 'job-templates'].flatMap((resource) =>
  permissions(resource, 'create', 'read', 'update', 'delete'),
);
const agent = [
  ...permissions('clusters', 'update'),
  ...permissions('job-scripts', 'read', 'delete'),
  ...permissions('job-submissions', 'read', 'update'),
  ...permissions('job-templates', 'delete'),
];
const all = ['jobbergate:admin', 'jobbergate:maintainer', ...new Set([...reading, ...own, ...agent])];

/** Clients of both providers, and what the embedded one puts into their tokens; the real one's are in stacks/jobbergate/identity/realm.json. */
const clients: Readonly<Record<string, readonly string[] | undefined>> = {
  'specproof-admin': all,
  'specproof-reader': reading,
  'specproof-other': [...permissions('clusters', 'read'), ...own],
  'specproof-nobody': undefined,
  'specproof-short': all,
  'local-slurm': agent,
};

/** Names of the identities by client. */
const names = {
  admin: 'specproof-admin',
  reader: 'specproof-reader',
  other: 'specproof-other',
  nobody: 'specproof-nobody',
  short: 'specproof-short',
  agent: 'local-slurm',
};

/** Test clients on loopback: their secrets are public. */
const identities = (issuer: string): NonNullable<Environment['identities']> =>
  Object.fromEntries(
    Object.entries(names).map(([name, clientId]) => [
      name,
      { kind: 'client-credentials', issuer, clientId, clientSecret: { testValue: `${clientId}-secret` } },
    ]),
  );

const people = { main: 'admin', readers: ['reader'], peers: ['other'], strangers: [] } as const;

const config: Config = defineConfig({
  api: 'jobbergate',
  folder: 'specs/jobbergate',
  prose: 'strip',
  defaultEnvironment: 'embedded',
  environments: {
    embedded: {
      target: {
        kind: 'embedded',
        rolesClaim: 'permissions',
        ownerClaim: 'email',
        clients: Object.fromEntries(
          Object.entries(clients).map(([client, granted]) => [
            client,
            {
              secret: `${client}-secret`,
              claims: { azp: client, email: `${client}@jobbergate.example.org`, ...(granted !== undefined && { permissions: granted }) },
              lifetime: client === 'specproof-short' ? 15 : 300,
            },
          ]),
        ),
      },
      identities: identities('target'),
      ...people,
    },
    jobbergate: {
      target: { kind: 'process', baseUrl: stack.baseUrl, document: 'openapi.json', issuer: stack.issuer, steps: stack.steps },
      identities: identities('target'),
      ...people,
      timeout: '60s',
      // The API answers before its transaction has ended.
      settle: '3s',
    },
    'jobbergate-container': {
      target: { kind: 'container', document: 'openapi.json', ...jobbergateContainers() },
      identities: identities('target'),
      ...people,
      timeout: '60s',
      settle: '3s',
    },
    staging: {
      target: { kind: 'live', baseUrl: process.env['STAGING_BASE_URL'] ?? 'https://jobbergate.staging.example/jobbergate' },
      identities: {
        staging: {
          kind: 'client-credentials',
          issuer: process.env['STAGING_ISSUER'] ?? 'https://identity.staging.example/realms/jobbergate',
          clientId: process.env['STAGING_CLIENT_ID'] ?? 'specproof-reader',
          clientSecret: { variable: 'STAGING_CLIENT_SECRET' },
        },
      },
      rate: 20,
    },
  },
  collections: [{ file: 'collections/jobbergate.postman_collection.json' }],
  tests: ['tests/contract/jobbergate/**/*.test.ts'],
  reports: { html: 'reports/run.html', json: 'reports/run.json', junit: 'reports/junit.xml', ndjson: 'reports/run.ndjson' },
  seed: 1,
});

export default config;
