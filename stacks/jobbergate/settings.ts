// Where everything of the stack is: ports, versions, folders and addresses. The only place that names them.
// Must not start, write or download anything.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** Release of Keycloak, as Maven Central has it. */
export const keycloakVersion = '26.7.3';

/** Options Keycloak is built with; part of its cache's key. */
export const keycloakBuildOptions: readonly string[] = ['--db=dev-file'];

/** JVM options of Keycloak: one light compiler and collector halve its start. */
export const keycloakJavaOptions: string = [
  '-Xms64m -Xmx512m -XX:MetaspaceSize=96M -XX:MaxMetaspaceSize=256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1',
  '-XX:+ExitOnOutOfMemoryError -Dfile.encoding=UTF-8 -Djava.security.egd=file:/dev/urandom',
].join(' ');

/** Name of each server with the environment variable and default of its port. */
const portSettings = {
  api: ['JOBBERGATE_STACK_PORT_API', 18400],
  identity: ['JOBBERGATE_STACK_PORT_IDENTITY', 18401],
  database: ['JOBBERGATE_STACK_PORT_DATABASE', 18402],
  storage: ['JOBBERGATE_STACK_PORT_STORAGE', 18403],
} as const;

/** One of the four servers that listen. */
export type Server = keyof typeof portSettings;

/** The four servers, in the order of their default ports. */
export const servers: readonly Server[] = ['api', 'identity', 'database', 'storage'];

/** Gives the name of the environment variable that moves a server to another port. */
export function portVariable(server: Server): string {
  return portSettings[server][0];
}

/** Gives the port a server listens on; throws when its variable holds something else than a port. */
export function port(server: Server): number {
  const [variable, standard] = portSettings[server];
  const chosen = process.env[variable];
  if (chosen === undefined || chosen === '') return standard;
  const number = Number(chosen);
  if (!Number.isInteger(number) || number < 1 || number > 65_535) throw new Error(`${variable} must be a port, not "${chosen}"`);
  return number;
}

/** Gives the origin a server answers at. */
export function origin(server: Server): string {
  return `http://127.0.0.1:${port(server)}`;
}

/** Path of a file in this folder. */
export function sourceFile(name: string): string {
  return join(import.meta.dirname, name);
}

/** Gives the issuer of the tokens: the address of the realm. */
export function issuerUrl(): string {
  return `${origin('identity')}/realms/jobbergate-local`;
}

/** Bucket in which the API keeps its files. */
export const bucket = 'jobbergate';

/** Name of the database, its owner and the owner's password. */
export const databaseName = 'jobbergate';

/** Folder for this start's data: fresh at each start, removed at the end. */
export function runFolder(): string {
  return join(tmpdir(), `specproof-jobbergate-${port('api')}`);
}

/** Folder of things made once; each name in it ends in a key of what it was made from. */
export function cacheFolder(): string {
  return join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'specproof', 'jobbergate');
}

function keyed(name: string, ...parts: readonly string[]): string {
  const key = createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 12);
  return join(cacheFolder(), `${name}-${key}`);
}

function text(name: string): string {
  return readFileSync(sourceFile(name), 'utf8');
}

/** Cached Python environment with the API and the S3 server. */
export function pythonFolder(): string {
  return keyed('python', text('api/requirements.txt'));
}

/** Interpreter of the cached Python environment. */
export function pythonProgram(): string {
  return join(pythonFolder(), 'bin', 'python');
}

/** Cached Python environment with Jobbergate's own clients: its command line and its agent. */
export function consumersFolder(): string {
  return keyed('consumers', text('consumers/requirements.txt'));
}

/** Cached Keycloak, unpacked and built. */
export function keycloakFolder(): string {
  return keyed(`keycloak-${keycloakVersion}`, ...keycloakBuildOptions);
}

/** Cached database of Keycloak with the realm in it. */
export function realmFolder(): string {
  return keyed('realm', keycloakFolder(), text('identity/realm.json'));
}

/** Cached PostgreSQL cluster with the API's empty tables in it. */
export function databaseFolder(): string {
  return keyed('database', postgresProgram('postgres'), text('api/requirements.txt'), text('api/create_schema.py'));
}

/** Gives the path of a PostgreSQL program, of the newest release that is installed; the bare name when there is none. */
export function postgresProgram(name: 'postgres' | 'initdb'): string {
  const debian = '/usr/lib/postgresql';
  const releases = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...releases.map((release) => join(debian, release, 'bin')), ...(process.env['PATH'] ?? '').split(delimiter)];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? name;
}

/** Gives a command that runs as the user `postgres` when we are root, which PostgreSQL refuses to run as. */
export function asPostgres(...command: [string, ...string[]]): [string, ...string[]] {
  if (process.getuid?.() !== 0) return command;
  return ['setpriv', '--reuid=postgres', '--regid=postgres', '--init-groups', '--', ...command];
}

/** Gives the command of a PostgreSQL server on a data folder: loopback only, no socket file, nothing flushed to disk. */
export function postgresCommand(folder: string): [string, ...string[]] {
  const options = {
    listen_addresses: '127.0.0.1',
    port: port('database'),
    unix_socket_directories: '',
    timezone: 'UTC',
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    log_min_messages: 'fatal',
  };
  const flags = Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return asPostgres(postgresProgram('postgres'), '-D', folder, ...flags);
}

/** Gives the settings of Keycloak for a folder that holds its database. */
export function keycloakEnvironment(folder: string): Record<string, string> {
  return {
    JAVA_OPTS: keycloakJavaOptions,
    KC_DB_URL: `jdbc:h2:file:${join(folder, 'keycloakdb')};NON_KEYWORDS=VALUE;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0`,
    KC_HTTP_ENABLED: 'true',
    KC_HTTP_HOST: '127.0.0.1',
    KC_HTTP_PORT: String(port('identity')),
    KC_HOSTNAME: origin('identity'),
    // Otherwise Keycloak looks for a cluster and listens on every network.
    KC_CACHE: 'local',
  };
}

/** Gives the settings of the API. */
export function apiEnvironment(): Record<string, string> {
  return {
    DATABASE_HOST: '127.0.0.1',
    DATABASE_PORT: String(port('database')),
    DATABASE_USER: databaseName,
    DATABASE_PSWD: databaseName,
    DATABASE_NAME: databaseName,
    S3_ENDPOINT_URL: origin('storage'),
    S3_BUCKET_NAME: bucket,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    ARMASEC_DOMAIN: issuerUrl().replace('http://', ''),
    ARMASEC_USE_HTTPS: 'false',
    // Below ERROR it writes several lines for every request.
    DEPLOY_ENV: 'LOCAL',
    LOG_LEVEL: 'ERROR',
    MULTI_TENANCY_ENABLED: 'false',
    ...withoutProxy,
  };
}

/** Settings of the API that the caller's environment may hold and that must be absent here. */
export const foreignApiSettings: readonly string[] = [
  'RABBITMQ_HOST',
  'SENTRY_DSN',
  'SENDGRID_FROM_EMAIL',
  'SENDGRID_API_KEY',
  'AWS_PROFILE',
  'AWS_SESSION_TOKEN',
  'AWS_ENDPOINT_URL',
];

/** Keeps requests to loopback away from a proxy the caller's environment may name. */
export const withoutProxy: Readonly<Record<string, string>> = { NO_PROXY: '127.0.0.1,localhost', no_proxy: '127.0.0.1,localhost' };
