/** Keeps the branches of a `oneOf` apart where ordinary values fit several: by a property that only another branch names, with a value that this branch refuses. */
import { joinPointer } from '../../lib/json-pointer.ts';
import type { Contract, SchemaPlace } from '../contract.ts';
import { propertyNames, propertyView } from './children.ts';
import { viewOf } from './schema-view.ts';
import type { Union } from './unions.ts';

/**
 * Schemas of our own that a value of the branch must satisfy to fit none of the others; none where nothing tells them apart.
 * @see https://json-schema.org/draft/2020-12/json-schema-core#section-10.2.1.3
 */
export function apartFromOthers(contract: Contract, union: Union, index: number): SchemaPlace[] {
  if (union.keyword !== 'oneOf') return [];
  const own = new Set(propertyNames(viewOf(contract, union.branches[index]?.places ?? [])));
  return union.branches.flatMap((branch, other): SchemaPlace[] => {
    if (other === index) return [];
    const view = viewOf(contract, branch.places);
    for (const name of propertyNames(view)) {
      if (own.has(name)) continue;
      const { types, parts } = propertyView(contract, view, name);
      if (!parts.some(({ schema }) => schema['type'] !== undefined)) continue;
      const refused = types.flatMap((type) => (type === 'integer' ? ['integer', 'number'] : [type]));
      return [
        {
          pointer: joinPointer(union.pointer, index, 'apart', other),
          schema: { properties: { [name]: { not: { type: refused } } }, required: [name] },
        },
      ];
    }
    return [];
  });
}
