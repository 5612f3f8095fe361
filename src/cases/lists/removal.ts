/** What is deleted leaves the list, and nothing else does. Pure. */
import { isSameJson } from '../../lib/same-json.ts';
import { attempt } from '../steps/attempt.ts';
import type { Conversation } from '../case.ts';
import { isAccepted } from '../expectations.ts';
import { aboutItems, byIdentity, identity, lookAgain, totalAgrees, withQuery, type ListView } from './answers.ts';
import { askParentsCount } from './count.ts';
import type { Made } from './population.ts';
import { prepareRequest } from '../steps/prepare.ts';
import { saysDeleted } from '../lives/restoration.ts';

/** Deletes one of what was made: it leaves the list, the others stay, and a parent counts one less. */
export function* removeOne(view: ListView, made: readonly Made[]): Conversation {
  const { scope, resource, shape } = view;
  const victim = made.at(-1);
  if (!victim || !resource.remove || !view.whole || resource.identifier === undefined) return;
  const id = JSON.stringify(victim.entity.id);
  const shown = byIdentity(resource, view.known).get(id);
  if (shown === undefined) return;
  scope.entities.set(resource.item, victim.entity);
  const request = yield* prepareRequest(scope, resource.remove);
  if (!request) return;
  const answer = yield* attempt(scope, request, { title: 'delete one of what is listed' });
  if (!isAccepted(answer)) return;
  const remaining = made.filter((one) => one !== victim).map(({ entity }) => JSON.stringify(entity.id));
  const about = {
    check: 'deleted-gone',
    confidence: answer.status === 202 ? 'unsure' : 'certain',
    why: `${resource.remove.id} answered ${answer.status}`,
    topic: `${shape.operation.id} listed`,
  } as const;
  const { withDeleted } = shape;
  const expectations = [
    // a thing that is kept and marked as deleted is another matter, unless the list can be asked for those
    aboutItems(shape, about, (items) => {
      const now = byIdentity(resource, items).get(id);
      return now !== undefined && (withDeleted !== undefined || isSameJson(now, shown))
        ? `${id} was deleted and is still listed`
        : undefined;
    }),
    aboutItems(shape, { ...about, check: 'others-untouched', topic: `${shape.operation.id} deletion` }, (items) => {
      const lost = remaining.find((one) => byIdentity(resource, view.known).has(one) && !byIdentity(resource, items).has(one));
      return lost && `${lost} left the list with the deletion of ${id}`;
    }),
    totalAgrees(shape, view.pageSize),
  ];
  yield* lookAgain(view, 'list after DELETE', expectations);
  yield* askParentsCount({ ...view, known: view.known.filter((item) => identity(resource, item) !== id) }, true);
  if (!withDeleted || !saysDeleted(answer.json)) return;
  const title = `${withDeleted.name}=true after DELETE`;
  yield* lookAgain({ ...view, request: withQuery(view.request, [withDeleted, true]) }, title, [
    aboutItems(
      shape,
      { ...about, check: 'filter-respected', promise: withDeleted.pointer, topic: `${shape.operation.id} ${withDeleted.name}` },
      (items) =>
        items.length < (view.pageSize ?? Infinity) && !byIdentity(resource, items).has(id)
          ? `${id} was deleted, and ${withDeleted.name}=true leaves it out`
          : undefined,
    ),
  ]);
}
