// The real Jobbergate API and what it needs, as containers on a network of their own; the folders hold their Dockerfiles.
// Only describes: nothing is started, written or downloaded here.
import type { ContainerOptions } from '../../src/targets/container/options.ts';
import { bucket, databaseName, issuerUrl, origin, port } from './settings.ts';
import type { Stack } from './stack.ts';

const folder = 'stacks/jobbergate';
/** Every image starts from it: a Debian 13, under whatever name it is to be had. */
const args = { BASE: process.env['JOBBERGATE_STACK_BASE'] || 'debian:trixie-slim' };
const python = { context: `${folder}/api`, args };

/** Address of the realm in the containers' network. The issuer is another one: where it is published here. */
const realm = 'identity:8080/realms/jobbergate-local';

const storage = { S3_BUCKET_NAME: bucket, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_DEFAULT_REGION: 'us-east-1' };
const database = {
  DATABASE_HOST: 'database',
  DATABASE_PORT: '5432',
  DATABASE_USER: databaseName,
  DATABASE_PSWD: databaseName,
  DATABASE_NAME: databaseName,
};
const api = {
  ...database,
  ...storage,
  S3_ENDPOINT_URL: 'http://storage:5000',
  ARMASEC_DOMAIN: realm,
  ARMASEC_USE_HTTPS: 'false',
  // Below ERROR it writes several lines for every request.
  DEPLOY_ENV: 'LOCAL',
  LOG_LEVEL: 'ERROR',
  MULTI_TENANCY_ENABLED: 'false',
};

/** Gives the containers, and the two addresses a client needs. */
export function jobbergateContainers(): Omit<Stack, 'steps'> & { readonly containers: Readonly<Record<string, ContainerOptions>> } {
  return {
    baseUrl: `${origin('api')}/jobbergate`,
    issuer: issuerUrl(),
    containers: {
      database: { image: { context: `${folder}/database`, args } },
      identity: {
        image: { context: `${folder}/identity`, args },
        // Tokens are issued under the address that is published here; whoever asks from within is told of keys at the address within.
        env: { KC_HOSTNAME: origin('identity') },
        ports: [`${port('identity')}:8080`],
        ready: [{ kind: 'http', port: 8080, path: '/realms/jobbergate-local/.well-known/openid-configuration' }],
      },
      storage: {
        image: python,
        command: ['python', 'serve_storage.py'],
        env: storage,
        ready: [{ kind: 'log', text: 'is ready' }],
      },
      schema: { image: python, needs: ['database'], command: ['python', 'create_schema.py'], env: api, ready: [{ kind: 'done' }] },
      api: {
        image: python,
        needs: ['schema', 'identity', 'storage'],
        env: api,
        ports: [`${port('api')}:8000`],
        ready: [{ kind: 'http', port: 8000, path: '/jobbergate/health' }],
      },
    },
  };
}
