/** Moves a difference between two values onto a third. Pure. */
import { isObject, type Json } from '../lib/json.ts';
import { isSameJson } from '../lib/same-json.ts';

/**
 * What `varied` is to `ordinary`, done to `control`: members and items that the variation left as they were come from the control.
 * So a variation of one sample becomes a variation of a request that is known to be accepted.
 */
export function transplant(varied: Json, ordinary: Json | undefined, control: Json | undefined): Json {
  if (ordinary === undefined || control === undefined) return varied;
  if (isSameJson(varied, ordinary)) return control;
  if (isObject(varied) && isObject(ordinary) && isObject(control)) {
    return Object.fromEntries(
      Object.entries(varied).flatMap(([name, value]): [string, Json][] => {
        const known = Object.hasOwn(ordinary, name);
        // the control has no such member, and the variation is not about it
        if (known && !Object.hasOwn(control, name) && isSameJson(value, ordinary[name] ?? null)) return [];
        return [[name, transplant(value, known ? ordinary[name] : undefined, Object.hasOwn(control, name) ? control[name] : undefined)]];
      }),
    );
  }
  if (Array.isArray(varied) && Array.isArray(ordinary) && Array.isArray(control) && varied.length === ordinary.length) {
    return varied.map((item: Json, index) => transplant(item, ordinary[index] as Json, control[index] as Json | undefined));
  }
  return varied;
}
