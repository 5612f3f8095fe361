/** Decides, before anything is started, which configuration, environment and settings a command works with. */
import { resolve } from 'node:path';
import { HarnessError } from '../errors.ts';
import { nearest } from '../lib/nearest.ts';
import { openNetwork, type Network } from '../requests/network.ts';
import { isWebUrl } from '../spec/fetch-text.ts';
import type { CollectionConfig } from './collection-config.ts';
import type { Environment } from './config.ts';
import { shown } from './open-contract.ts';
import { readAuthWfc } from './auth-wfc.ts';
import { loadConfig, type LoadedConfig } from './load-config.ts';
import { resolveSettings } from './resolve-settings.ts';
import type { Settings } from './settings.ts';

export interface EnvironmentPlan {
  /** Undefined when there is none, or when a document was named without an environment. */
  readonly loaded: LoadedConfig | undefined;
  /** Name of the environment. */
  readonly name: string | undefined;
  readonly environment: Environment | undefined;
  /** Flags, environment and file brought together; paths in it are absolute. */
  readonly settings: Settings;
  /** Document that the user named, as opposed to the configured one: URL or absolute path. */
  readonly named: string | undefined;
  /** Where the lock is, where there may be one. */
  readonly folder: string | undefined;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The way to the target, its document and its identity provider. */
  readonly network: Network;
}

/** Milliseconds for one connection. */
const patience = 10_000;

/**
 * The plan. A document that the user names is taken with the flags alone, whatever configuration lies around, unless an environment is named too.
 * @throws HarnessError `E_CONFIG`, `E_NETWORK`, `E_SECRET`; `E_USAGE` for an environment that is not there
 */
export async function planEnvironment(flags: Settings, cwd: string, env: EnvironmentPlan['env']): Promise<EnvironmentPlan> {
  const alone = flags.document !== undefined && flags.environment === undefined;
  const loaded = alone ? undefined : await loadConfig(cwd);
  if (loaded === undefined && flags.environment !== undefined) {
    throw new HarnessError('E_USAGE', `--env ${flags.environment}: there is no specproof.config.ts in ${cwd} or above`, {
      hint: 'write one, or name a document: specproof run DOCUMENT',
    });
  }
  const { name, environment } = chooseEnvironment(loaded, flags.environment);
  const own = resolvePaths(resolveSettings(loaded?.config, environment), loaded?.root ?? cwd);
  const given = resolvePaths(flags, cwd);
  const settings = await withAuthFile({ ...own, ...given }, cwd);
  const folder = loaded === undefined ? undefined : resolve(loaded.root, loaded.config.folder ?? `specs/${loaded.config.api}`);
  const network = openNetwork(settings, { env, timeout: settings.timeout ?? patience });
  return { loaded, name, environment, settings, named: given.document, folder, cwd, env, network };
}

function chooseEnvironment(loaded: LoadedConfig | undefined, wanted: string | undefined): Pick<EnvironmentPlan, 'name' | 'environment'> {
  if (loaded === undefined) return { name: undefined, environment: undefined };
  const { environments, defaultEnvironment } = loaded.config;
  const names = Object.keys(environments);
  const name = wanted ?? defaultEnvironment ?? names[0] ?? '';
  const environment = Object.hasOwn(environments, name) ? environments[name] : undefined;
  if (environment !== undefined) return { name, environment };
  const meant = nearest(name, names);
  throw new HarnessError(
    'E_USAGE',
    `--env knows no environment "${name}"${meant === undefined ? '' : `, did you mean ${meant}?`}; there are ${names.join(', ')}`,
    {
      hint: `environments are configured in ${loaded.file}`,
    },
  );
}

/** With the identities of the auth file; one that a flag gives too is the flag's. */
async function withAuthFile(settings: Settings, cwd: string): Promise<Settings> {
  const { authWfc, identities } = settings;
  if (authWfc === undefined) return settings;
  return { ...settings, identities: { ...identities, ...(await readAuthWfc(authWfc, shown(authWfc, cwd))), ...identities } };
}

function resolvePaths(settings: Settings, folder: string): Settings {
  const { collections, document, recordings, reports, suggestOverlay } = settings;
  const paths = (['authWfc', 'cacert', 'cert', 'key', 'writeTests'] as const).flatMap((name) => {
    const file = settings[name];
    return file === undefined ? [] : [[name, resolve(folder, file)] as const];
  });
  return {
    ...settings,
    ...Object.fromEntries(paths),
    ...(document !== undefined && { document: isWebUrl(document) ? document : resolve(folder, document) }),
    ...(reports !== undefined && {
      reports: Object.fromEntries(Object.entries(reports).map(([kind, file]) => [kind, resolve(folder, file)])),
    }),
    ...(collections !== undefined && { collections: collections.map((collection) => resolveFiles(collection, folder)) }),
    ...(recordings !== undefined && { recordings: recordings.map((file) => resolve(folder, file)) }),
    ...(suggestOverlay !== undefined && { suggestOverlay: resolve(folder, suggestOverlay) }),
  };
}

function resolveFiles({ file, environment, data, reporters, after, ...collection }: CollectionConfig, folder: string): CollectionConfig {
  const reported = Object.entries(reporters ?? {}).map(([name, given]) => {
    if (typeof given === 'string') return [name, resolve(folder, given)] as const;
    const { export: written } = given;
    return [name, written === undefined ? given : { ...given, export: resolve(folder, written) }] as const;
  });
  return {
    ...collection,
    file: resolve(folder, file),
    ...(environment !== undefined && { environment: resolve(folder, environment) }),
    ...(data !== undefined && { data: resolve(folder, data) }),
    ...(reported.length > 0 && { reporters: Object.fromEntries(reported) }),
    ...(after !== undefined && { after: after.map((earlier) => resolve(folder, earlier)) }),
  };
}
