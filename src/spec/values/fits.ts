/** A quick look whether a value could belong to an alternative: enough to tell the branches of a union apart, far from a validation. */
import { isObject, type Json } from '../../lib/json.ts';
import type { Contract } from '../contract.ts';
import type { Settled } from './alternatives.ts';
import { closingKeyword, propertyNames, propertyView, requiredNames } from './children.ts';
import { isSameJson } from '../../lib/same-json.ts';
import { includesType, typeOf } from './schema-view.ts';
import { enumeratedValues } from './stated-values.ts';

/** Whether type, enumeration and, for objects, the names and enumerated properties agree. */
export function fits(contract: Contract, { view, type }: Settled, value: Json): boolean {
  if (!includesType([type], typeOf(value)) || !includesType(view.types, typeOf(value))) return false;
  const values = enumeratedValues(view);
  if (values && !values.some((entry) => isSameJson(entry, value))) return false;
  if (!isObject(value)) return true;
  for (const name of requiredNames(view).keys()) if (!Object.hasOwn(value, name)) return false;
  const known = new Set(propertyNames(view));
  if (closingKeyword(view) && Object.keys(value).some((name) => !known.has(name) && propertyView(contract, view, name).types.length === 0))
    return false;
  return Object.entries(value).every(([name, entry]) => {
    if (!known.has(name)) return true;
    const property = propertyView(contract, view, name);
    const allowed = property.unions.length === 0 ? enumeratedValues(property) : undefined;
    return includesType(property.types, typeOf(entry)) && (!allowed || allowed.some((one) => isSameJson(one, entry)));
  });
}
