/** What an overlay states of an operation's deeds, since no document can: what it needs, what it sets, what a list holds. Read once; what it means for a request is for those who plan or answer it. */
import { HarnessError } from '../errors.ts';
import { isObject, type Json, type JsonObject } from '../lib/json.ts';
import { joinPointer, valueAt } from '../lib/json-pointer.ts';
import type { Contract, Operation, SchemaPlace } from './contract.ts';

/**
 * One entry of the extension `x-specproof-requires`, on an operation or a path item: the entity that the request is about must fit, or the request is refused and does nothing.
 *
 * - `status`: of the refusal, for instance 400 or 409;
 * - `before`, `after`: JSON Schema of the entity as all its representations show it, before or after the operation; `false` refuses always;
 * - `of`: member of the body or parameter that names the entity meant, instead of the one that the operation acts on;
 * - `same`: members of the body that must be what the entity has;
 * - `files`: JSON Pointer into the body; the names of the members there must be names of files that the entity has.
 */
export interface Requirement {
  readonly status: number;
  readonly before: SchemaPlace | undefined;
  readonly after: SchemaPlace | undefined;
  readonly of: string | undefined;
  readonly same: readonly string[];
  readonly files: string | undefined;
}

/**
 * One entry of the extension `x-specproof-sets`: what an operation writes into the entity beside what the request says.
 * A value is taken as it stands; `{claim: name}` is the caller's, `{body: name}` the request's. `when` is a JSON Schema that the body must fit.
 */
export interface Setting {
  readonly when: SchemaPlace | undefined;
  readonly values: JsonObject;
}

export interface StatedRules {
  readonly requires: readonly Requirement[];
  readonly sets: readonly Setting[];
  /** The extension `x-specproof-lists`: what every item of a list has, by property: a value, a list of possible ones, or `{claim: name}`. */
  readonly lists: JsonObject;
}

const requiresExtension = 'x-specproof-requires';
const setsExtension = 'x-specproof-sets';
const listsExtension = 'x-specproof-lists';

/** The rules that a contract states, by operation id. Throws HarnessError E_OVERLAY for one of another form. */
export function statedRules(contract: Contract): ReadonlyMap<string, StatedRules> {
  return new Map(contract.operations.map((operation) => [operation.id, rulesOf(contract, operation)]));
}

function rulesOf(contract: Contract, operation: Operation): StatedRules {
  const entries = (name: string): readonly (readonly [JsonObject, string])[] => {
    const stated = operation.extensions[name];
    if (stated === undefined) return [];
    if (!Array.isArray(stated) || !stated.every(isObject)) throw malformed(operation, name, 'a list of objects');
    const at = pointerOf(contract, operation, name);
    return stated.map((entry: JsonObject, index) => [entry, joinPointer(at, index)] as const);
  };
  const lists = operation.extensions[listsExtension] ?? {};
  if (!isObject(lists)) throw malformed(operation, listsExtension, 'an object of values by property');
  return {
    requires: entries(requiresExtension).map(([entry, at]) => readRequirement(operation, entry, at)),
    sets: entries(setsExtension).map(([entry, at]) => readSetting(operation, entry, at)),
    lists,
  };
}

/** Where the extension stands: at the operation, else at its path item. */
function pointerOf({ document }: Contract, { pointer }: Operation, name: string): string {
  const own = joinPointer(pointer, name);
  return valueAt(document, own) === undefined ? joinPointer(pointer.slice(0, pointer.lastIndexOf('/')), name) : own;
}

function readRequirement(operation: Operation, { status, before, after, of, same = [], files }: JsonObject, at: string): Requirement {
  const names = Array.isArray(same) ? (same as readonly Json[]) : undefined;
  if (
    typeof status !== 'number' ||
    (of !== undefined && typeof of !== 'string') ||
    (files !== undefined && typeof files !== 'string') ||
    names?.every((name): name is string => typeof name === 'string') !== true
  )
    throw malformed(
      operation,
      requiresExtension,
      '[{status: number, before: JSON Schema, after: JSON Schema, of: name, same: [name, …], files: pointer}]',
    );
  const place = (name: string, schema: Json | undefined): SchemaPlace | undefined => schemaPlace(operation, schema, joinPointer(at, name));
  return { status, of, files, same: names, before: place('before', before), after: place('after', after) };
}

function readSetting(operation: Operation, { when, values }: JsonObject, at: string): Setting {
  if (!isObject(values)) throw malformed(operation, setsExtension, '[{when: JSON Schema, values: {property: value}}]');
  return { values, when: schemaPlace(operation, when, joinPointer(at, 'when')) };
}

function schemaPlace(operation: Operation, schema: Json | undefined, pointer: string): SchemaPlace | undefined {
  if (schema === undefined) return undefined;
  if (typeof schema !== 'boolean' && !isObject(schema)) throw malformed(operation, pointer, 'a JSON Schema');
  return { pointer, schema };
}

function malformed(operation: Operation, name: string, form: string): HarnessError {
  return new HarnessError('E_OVERLAY', `${name} of ${operation.id} must be ${form}`);
}

/** The settings that apply to a request with this body. */
export function settingsFor(contract: Contract, settings: readonly Setting[], body: Json | undefined): readonly Setting[] {
  return settings.filter(({ when }) => when === undefined || contract.validators.validate(when, body ?? {}, 'request').kind !== 'invalid');
}
