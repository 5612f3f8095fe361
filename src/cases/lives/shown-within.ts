/** What is added below a thing is shown within the thing, where its representation has a list of just that: the documents of an animal. Pure. */
import { isObject, member } from '../../lib/json.ts';
import { pathAfter, plainName } from '../../lib/names.ts';
import type { Operation } from '../../spec/contract.ts';
import { itemsOf, propertiesOf, successBody } from '../../spec/properties.ts';
import type { Answer, Expectation } from '../case.ts';
import { cameOf, isAccepted } from '../expectations.ts';
import { representation, thingIn } from '../inference/representation.ts';
import type { Resource } from '../inference/resources.ts';
import type { Planning } from '../planning.ts';

/** What the next read of the thing has to show of an addition that was accepted; nothing where none of the thing's members is a list of what the addition answers, under the name of its path. */
export function shownWithin({ contract }: Planning, resource: Resource, addition: Operation, added: Answer): readonly Expectation[] {
  const { read } = resource;
  const [shown, made] = [read && successBody(read), successBody(addition)];
  const last = plainName(pathAfter(resource.item, addition.path) ?? '');
  const id = added.status === 201 ? member(thingIn(added.json), 'id') : undefined;
  if (!read || !shown || !made || (typeof id !== 'string' && typeof id !== 'number')) return [];
  const [list, place] = [...representation(contract, shown.schema)].find(([name]) => plainName(name) === last) ?? [];
  const items = place && itemsOf(contract, place);
  const isSame = items && contract.resolve(items).pointer === contract.resolve(made.schema).pointer;
  if (list === undefined || !isSame || !propertiesOf(contract, items).has('id')) return [];
  return [
    {
      check: 'created-listed',
      confidence: 'certain',
      why: `${addition.id} made it, and ${list} shows such`,
      promise: place.pointer,
      topic: `${addition.id} ${list}`,
      holds: (answer) => {
        const all = isAccepted(answer) ? thingIn(answer.json)[list] : undefined;
        if (!Array.isArray(all)) return { kind: 'cannot-judge', reason: `${list} could not be read` };
        if (all.some((item) => isObject(item) && item['id'] === id)) return { kind: 'kept' };
        const message = `${JSON.stringify(id)} was added, and is not among ${list}`;
        return { kind: 'broken', message, where: `response.body/${list}`, came: cameOf(answer) };
      },
    },
  ];
}
