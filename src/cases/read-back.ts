/** The expectation that what was written is read back. Pure. */
import { isObject, member, type Json, type JsonObject } from '../lib/json.ts';
import { isSameJson } from '../lib/same-json.ts';
import type { Operation } from '../spec/contract.ts';
import { successBody } from '../spec/properties.ts';
import type { Expectation } from './case.ts';
import { cameOf, isAccepted } from './expectations.ts';
import { nameWords } from './names.ts';
import type { Planning } from './planning.ts';
import { representation, type Resource } from './resources.ts';

/** Every member of the written body that the read's schema names too must come back with its value. What the writing answered differently at once is the server's own. */
export function readBack(planning: Planning, resource: Resource, read: Operation, written: Json, answered: Json | undefined): Expectation {
  const body = successBody(read);
  const names = body ? representation(planning.contract, body.schema) : new Map<string, never>();
  const compared = Object.entries(isObject(written) ? written : {}).filter(([name, value]) => names.has(name) && comparable(value));
  return {
    check: 'written-read-back',
    confidence: 'certain',
    why: `the schemas of what is written and of what ${read.id} answers name the same properties`,
    promise: read.pointer,
    topic: resource.item,
    holds: (answer) => {
      if (!isAccepted(answer)) return { kind: 'cannot-judge', reason: 'the thing could not be read' };
      const json = unwrapped(answer.json, compared.map(([name]) => name));
      const wrong = compared.find(([name, value]) => member(json, name) !== undefined && !sameValue(member(json, name), value));
      if (!wrong) return { kind: 'kept' };
      const [name, value] = wrong;
      const echoed = member(unwrapped(answered, [name]), name);
      if (echoed !== undefined && !sameValue(echoed, value)) return { kind: 'cannot-judge', reason: `the writing already answered another ${name}` };
      return {
        kind: 'broken',
        message: `${name} was written as ${JSON.stringify(value)} and is read as ${JSON.stringify(member(json, name))}`.slice(0, 300),
        where: `response.body/${name}`,
        came: cameOf(answer),
      };
    },
  };
}

const serverOwned = /^(?:updated|modified|changed|version|etag|revision|timestamp|last|expires?|seen|accessed|at|date|time)$/;

/** The object without what is the server's own by its name: that may change with every write, or every look. */
export function withoutServerOwned(json: Json | undefined): JsonObject {
  return Object.fromEntries(Object.entries(isObject(json) ? json : {}).filter(([name]) => !nameWords(name).some((word) => serverOwned.test(word))));
}

/** Values that a server has no reason to write in another way. */
export function comparable(value: Json): boolean {
  return typeof value === 'boolean' || typeof value === 'number' || (typeof value === 'string' && value === value.trim() && value !== '');
}

/** The object that has the names: the answer itself, or the one it wraps. */
function unwrapped(json: Json | undefined, names: readonly string[]): Json | undefined {
  if (!isObject(json) || names.some((name) => name in json)) return json;
  return Object.values(json).find((inner) => isObject(inner) && names.some((name) => name in inner)) ?? json;
}

/** Equal, or two spellings of one instant or one number. */
function sameValue(left: Json | undefined, right: Json): boolean {
  if (left === undefined) return false;
  if (isSameJson(left, right)) return true;
  if (typeof left === 'string' && typeof right === 'string' && /^\d{4}-\d\d-\d\d/.test(left) && /^\d{4}-\d\d-\d\d/.test(right)) {
    return Date.parse(left) === Date.parse(right) || left.slice(0, 10) === right.slice(0, 10);
  }
  return String(left) === String(right) || (typeof left === 'string' && typeof right === 'string' && left.toLowerCase() === right.toLowerCase());
}

