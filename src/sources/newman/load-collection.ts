/** Reads Postman collections and environments from disk and says exactly what is wrong with one that cannot be run. Runs nothing. */
import { readFile } from 'node:fs/promises';
import { HarnessError } from '../../errors.ts';
import { decodeText } from '../../lib/decode-text.ts';
import { fileErrorReason } from '../../lib/file-error.ts';
import { isObject, member, type Json, type JsonObject } from '../../lib/json.ts';

/** A collection of format 2.0 or 2.1 whose items all have requests. */
export interface LoadedCollection {
  readonly name: string;
  readonly definition: JsonObject;
}

/**
 * The collection in a file.
 *
 * Throws HarnessError E_COLLECTION naming the file and the place in it.
 * @see https://schema.postman.com/json/collection/v2.1.0/docs/index.html
 */
export async function loadCollection(file: string, folders: readonly string[] = []): Promise<LoadedCollection> {
  const parsed = await loadJson(file, 'collection');
  // Postman's own API wraps what its export menu writes bare.
  const wrapped = member(parsed, 'collection');
  const definition = isObject(wrapped) ? wrapped : parsed;
  const wrong = (place: string, problem: string): HarnessError => new HarnessError('E_COLLECTION', `${file}${place}: ${problem}`);

  if (!isObject(definition)) throw wrong('', 'is not a Postman collection: it holds no JSON object');
  const information = member(definition, 'info');
  if (!isObject(information)) {
    const first = Array.isArray(member(definition, 'requests')) && member(definition, 'item') === undefined;
    throw wrong('', first ? 'is a Collection v1, which Postman no longer writes' : 'is not a Postman collection: it has no "info"');
  }
  const schema = member(information, 'schema');
  if (typeof schema !== 'string' || !/\/collection\/v2\.[01]\.0\//.test(schema))
    throw wrong('#/info/schema', 'does not say Collection v2.0 or v2.1');
  const found = { requests: 0, names: new Set<string>() };
  checkItems(member(definition, 'item'), '#/item', found, wrong);
  if (found.requests === 0) throw wrong('#/item', 'has no request');
  const missing = folders.find((folder) => !found.names.has(folder));
  if (missing !== undefined)
    throw new HarnessError('E_COLLECTION', `${file}#/item: has no folder or request named ${JSON.stringify(missing)}`, {
      hint: `it has ${[...found.names].slice(0, 12).join(', ')}`,
    });
  const name = member(information, 'name');
  return { name: typeof name === 'string' ? name : file, definition };
}

/**
 * The variables of an environment file, as Postman exports it.
 *
 * Throws HarnessError E_COLLECTION naming the file and the place in it.
 */
export async function loadEnvironment(file: string): Promise<readonly JsonObject[]> {
  const values = member(await loadJson(file, 'environment'), 'values');
  if (!Array.isArray(values)) throw new HarnessError('E_COLLECTION', `${file}: is not a Postman environment: it has no "values"`);
  return values.map((value: Json, index) => {
    if (!isObject(value) || typeof value.key !== 'string') throw new HarnessError('E_COLLECTION', `${file}#/values/${index}: has no "key"`);
    return value;
  });
}

async function loadJson(file: string, what: string): Promise<Json> {
  let text: string;
  try {
    text = decodeText(await readFile(file));
  } catch (error) {
    throw new HarnessError('E_COLLECTION', `${file}: the ${what} cannot be read: ${fileErrorReason(error)}`, {
      hint: 'check the path',
      cause: error,
    });
  }
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    const place = /line \d+ column \d+/.exec(error instanceof Error ? error.message : '')?.[0];
    throw new HarnessError('E_COLLECTION', `${file}: the ${what} is not JSON${place === undefined ? '' : ` at ${place}`}`, {
      cause: error,
    });
  }
}

function checkItems(
  items: Json | undefined,
  place: string,
  found: { requests: number; readonly names: Set<string> },
  wrong: (place: string, problem: string) => HarnessError,
): void {
  if (!Array.isArray(items)) throw wrong(place, 'is not a list of items');
  items.forEach((item: Json, index) => {
    const here = `${place}/${index}`;
    if (!isObject(item)) throw wrong(here, 'is not an item');
    for (const label of [item.name, item.id]) if (typeof label === 'string') found.names.add(label);
    if (item.item !== undefined) checkItems(item.item, `${here}/item`, found, wrong);
    else if (typeof item.request === 'string' || isObject(item.request)) found.requests += 1;
    else throw wrong(here, 'has neither a request nor items');
  });
}
