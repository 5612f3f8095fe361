/** Moves a difference between two values onto a third. Pure. */
import { isObject, type Json } from '../../lib/json.ts';
import { isSameJson } from '../../lib/same-json.ts';
import type { Contract, SchemaPlace } from '../../spec/contract.ts';
import { itemsOf, propertiesOf } from '../../spec/properties.ts';
import { requiredNames } from '../../spec/values/children.ts';
import { viewOf } from '../../spec/values/schema-view.ts';
import { additional } from './written-differences.ts';

/**
 * What `varied` is to `ordinary`, done to `control`: members and items that the variation left as they were come from the control.
 * So a variation of one sample becomes a variation of a request that is known to be accepted. What the control lacks around the
 * varied place is added with no more members than its schema requires: nobody knows whether the others are accepted.
 */
export function transplant(
  contract: Contract,
  place: SchemaPlace | undefined,
  varied: Json,
  ordinary: Json | undefined,
  control: Json | undefined,
): Json {
  if (ordinary === undefined) return varied;
  if (isSameJson(varied, ordinary)) return control ?? varied;
  if (isObject(varied) && isObject(ordinary) && (control === undefined || isObject(control))) {
    const needed = control === undefined ? neededNames(contract, place) : new Set<string>();
    return Object.fromEntries(
      Object.entries(varied).flatMap(([name, value]): [string, Json][] => {
        const known = Object.hasOwn(ordinary, name);
        const there = control !== undefined && Object.hasOwn(control, name);
        // the control has no such member, and the variation is not about it
        if (known && !there && needed?.has(name) === false && isSameJson(value, ordinary[name] ?? null)) return [];
        const inner = known ? ordinary[name] : undefined;
        return [[name, transplant(contract, memberOf(contract, place, name), value, inner, there ? control[name] : undefined)]];
      }),
    );
  }
  if (
    Array.isArray(varied) &&
    Array.isArray(ordinary) &&
    varied.length === ordinary.length &&
    (control === undefined || Array.isArray(control))
  ) {
    const items = place && itemsOf(contract, place);
    return varied.map((item: Json, index) =>
      transplant(contract, items, item, ordinary[index] as Json, control?.[index] as Json | undefined),
    );
  }
  return varied;
}

function memberOf(contract: Contract, place: SchemaPlace | undefined, name: string): SchemaPlace | undefined {
  return place && (propertiesOf(contract, place).get(name) ?? additional(contract, place));
}

/** Names of the members that an object must have; undefined where the schema leaves a choice, which others may settle. */
function neededNames(contract: Contract, place: SchemaPlace | undefined): ReadonlySet<string> | undefined {
  const view = place && viewOf(contract, [place]);
  return view && view.unions.length === 0 ? new Set(requiredNames(view).keys()) : undefined;
}
