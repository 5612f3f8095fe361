/** Reads the settings that a configuration file and one of its environments hold: the environment's word wins over the file's. */
import type { Config, Environment } from './config.ts';
import { isObject } from '../lib/json.ts';
import { optionNames, options, type OptionName } from './options.ts';
import type { Settings } from './settings.ts';

/** Settings whose configuration key has another form than the flag. */
const structured: ReadonlySet<OptionName> = new Set<OptionName>(['environment', 'target', 'baseUrl', 'identities', 'collections']);

/** The settings; what neither says is absent. The configuration must have been checked. */
export function resolveSettings(config: Config | undefined, environment: Environment | undefined): Settings {
  const entries: [string, unknown][] = [];
  for (const name of optionNames) {
    const value = structured.has(name) ? undefined : (read(name, environment) ?? read(name, config));
    if (value !== undefined) entries.push([name, value]);
  }
  return { ...Object.fromEntries(entries), ...(config?.collections !== undefined && { collections: config.collections }) };
}

function read(name: OptionName, from: object | undefined): unknown {
  const path = options[name].key.replace(/^environments\.\*\./, '').split('.');
  const given = path.reduce<unknown>((value, key) => (isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined), from);
  if (given === undefined) return undefined;
  const parsed = options[name].parse(given);
  return 'value' in parsed ? parsed.value : undefined;
}
