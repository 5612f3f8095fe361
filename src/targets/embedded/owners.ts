/** Ownership: which property says whose an entity is, which claim says who the caller is, and who may touch what. */
import { HarnessError } from '../../errors.ts';
import { isObject, type Json, type JsonObject } from '../../lib/json.ts';
import type { Contract, Operation } from '../../spec/contract.ts';
import { plainName } from '../../lib/names.ts';
import { rolesOf, type Caller } from './authenticate.ts';
import type { Property } from './shapes.ts';

/**
 * The extension `x-specproof-owner`, on an operation or a path item (an overlay adds it):
 *
 * - `field`: property of the entity that says whose it is, for instance `owner_email`; filled from the claim on creation;
 * - `claim`: claim of the access token that is compared with it, for instance `email`;
 * - `override`: roles (entries of the roles claim) whose holders may act on what is not theirs; none by default.
 *
 * An operation that bears it and changes or deletes an entity, its files included, answers 403 to callers who neither own the entity nor hold such a
 * role. Reads and creations are never refused, so that the rule may stand on a whole path item. An entity without an owner is anyone's.
 */
export interface OwnerRule {
  readonly field: string;
  readonly claim: string;
  readonly override: readonly string[];
}

/** Name of the extension. */
export const ownerExtension = 'x-specproof-owner';

/** The rules that the contract states, by operation id. Throws HarnessError E_OVERLAY for one of another form. */
export function ownerRules(contract: Contract): ReadonlyMap<string, OwnerRule> {
  return new Map(
    contract.operations.flatMap((operation) => {
      const stated = operation.extensions[ownerExtension];
      return stated === undefined || stated === null ? [] : [[operation.id, readRule(operation, stated)] as const];
    }),
  );
}

function readRule(operation: Operation, stated: Json): OwnerRule {
  const { field, claim, override = [] } = isObject(stated) ? stated : {};
  const roles = Array.isArray(override) ? (override as readonly Json[]) : undefined;
  if (typeof field === 'string' && typeof claim === 'string' && roles?.every((role): role is string => typeof role === 'string') === true) {
    return { field, claim, override: roles };
  }
  throw new HarnessError('E_OVERLAY', `${ownerExtension} of ${operation.id} must be {field: text, claim: text, override: [role, …]}`);
}

/** Whether a caller may change an entity with these values. */
export function mayChange(rule: OwnerRule, values: JsonObject, caller: Caller, rolesClaim: string | undefined): boolean {
  const owner = values[rule.field];
  if (owner === undefined || owner === null || owner === caller.claims[rule.claim]) return true;
  const roles = rolesOf(caller, rolesClaim);
  return rule.override.some((role) => roles.has(role));
}

const ownerNames = /^(owner|ownedby|createdby|author|creator|submittedby|submitter)(id|email|name|username|sub)?$/;

/** The claim's value to fill a property with that is named like an owner; undefined for any other property or caller. */
export function ownerValue(property: Property, caller: Caller, ownerClaim: string | undefined): Json | undefined {
  const plain = plainName(property.name);
  if (!ownerNames.test(plain)) return undefined;
  const claim = ownerClaim ?? (plain.endsWith('email') ? 'email' : 'sub');
  return caller.claims[claim];
}
