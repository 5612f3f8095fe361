/** Applies what an overlay states of an operation: whether an entity fits, what is written beside the request, what a list holds. Decides no status of its own. */
import { isObject, type Json, type JsonObject } from '../../lib/json.ts';
import { valueAt } from '../../lib/json-pointer.ts';
import { isSameJson } from '../../lib/same-json.ts';
import type { Contract } from '../../spec/contract.ts';
import { settingsFor, type Requirement, type Setting } from '../../spec/stated-rules.ts';
import type { Caller } from './authenticate.ts';

/** Whether an entity, as it is shown before an operation and with files of these names, fits what that needs. */
export function isMet(
  contract: Contract,
  { before, same, files }: Requirement,
  shown: Json,
  names: readonly string[],
  body: Json | undefined,
): boolean {
  if (before !== undefined && contract.validators.validate(before, shown, 'response').kind === 'invalid') return false;
  const wanted = files === undefined || body === undefined ? undefined : valueAt(body, files);
  if (isObject(wanted) && !Object.keys(wanted).every((name) => names.includes(name))) return false;
  const [own, given] = [isObject(shown) ? shown : {}, isObject(body) ? body : {}];
  return same.every((name) => given[name] === undefined || isSameJson(own[name] ?? null, given[name]));
}

/** The values that an operation's settings write for a request. */
export function valuesSet(contract: Contract, settings: readonly Setting[], body: Json | undefined, caller: Caller): JsonObject {
  const given = isObject(body) ? body : {};
  return Object.fromEntries(
    settingsFor(contract, settings, body).flatMap(({ values }) =>
      Object.entries(values).map(([name, value]): [string, Json] => {
        if (!isObject(value)) return [name, value];
        const { claim, body: member } = value;
        if (typeof claim === 'string') return [name, caller.claims[claim] ?? null];
        return [name, typeof member === 'string' ? (given[member] ?? null) : value];
      }),
    ),
  );
}

/** Whether an entity's values are among those that a list holds for this caller. */
export function isListed(lists: JsonObject, values: JsonObject, caller: Caller): boolean {
  return Object.entries(lists).every(([name, wanted]) => {
    const stated = isObject(wanted) && typeof wanted['claim'] === 'string' ? (caller.claims[wanted['claim']] ?? null) : wanted;
    const own = values[name] ?? null;
    return Array.isArray(stated) ? stated.some((one: Json) => isSameJson(one, own)) : isSameJson(stated, own);
  });
}
