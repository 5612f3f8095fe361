/** The shape of one thing in the answers that show it. Pure. */
import type { Contract, SchemaPlace } from '../spec/contract.ts';
import { itemsOf, listIn, propertiesOf } from '../spec/properties.ts';

/** Properties of one item: of the body itself, of what its only object wraps, or of its list's items. */
export function representation(contract: Contract, place: SchemaPlace): ReadonlyMap<string, SchemaPlace> {
  const list = listIn(contract, place);
  const own = propertiesOf(contract, place);
  if (list && (list.pointer === '' || own.size <= 8) && !own.has('id')) {
    const items = propertiesOf(contract, list.items);
    if (items.size > 0) return items;
  }
  if (own.size > 0 && own.size <= 3 && !own.has('id')) {
    for (const wrapped of own.values()) {
      const inner = propertiesOf(contract, wrapped);
      if (inner.size > 0 && itemsOf(contract, wrapped) === undefined) return inner;
    }
  }
  return own;
}
