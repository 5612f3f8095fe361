/** A creation that is refused makes nothing: one that is invalid, one whose name is taken. Pure. */
import { isObject } from '../../lib/json.ts';
import { listIn, successBody } from '../../spec/properties.ts';
import { eachInvalidValue } from '../../spec/values/invalid-values.ts';
import { attempt } from '../steps/attempt.ts';
import { bodyFields } from '../inference/body-fields.ts';
import type { Answer, Conversation, RequestPlan } from '../case.ts';
import { uniqueName } from '../writes/conflicts.ts';
import { widestPage } from '../steps/creations.ts';
import { namedMember } from '../steps/entity.ts';
import { cameOf } from '../expectations.ts';
import { makeThing } from '../steps/make-thing.ts';
import { preferredBody } from '../planning.ts';
import { prepareRequest } from '../steps/prepare.ts';
import type { Scope } from '../steps/scope.ts';
import { itemsIn } from '../steps/refused-trace.ts';
import type { Resource } from '../inference/resources.ts';

/** How often the refused creation is sent: one more thing could be another client's, as many more are not. */
const refusedTimes = 2;

/** Lists, sends an invalid creation twice, and lists again: nothing may have come. Then the same with a name that is taken. Needs quiet. */
export function* refusedMakesNothing(scope: Scope, resource: Resource): Conversation {
  const { create } = resource;
  const schema = create && preferredBody(create)?.schema;
  if (!create || !schema) return;
  const base = yield* prepareRequest(scope, create);
  if (!base?.body) return;
  const options = { direction: 'request', seed: scope.planning.seed } as const;
  const wrong = eachInvalidValue(scope.planning.contract, schema, options).find(
    ({ at, value, confidence }) => confidence === 'certain' && at !== '' && isObject(value),
  );
  if (wrong) yield* madeByRefused(scope, resource, { ...base, body: { mediaType: base.body.mediaType, value: wrong.value } }, wrong.what);
  const name = uniqueName(scope.planning, create);
  const first = name === undefined ? undefined : yield* makeThing(scope, resource);
  const second = first && (yield* prepareRequest(scope, create));
  const within = bodyFields(scope.planning.contract, schema);
  const taken = first && name !== undefined ? within.of(first.body)[name] : undefined;
  if (!second?.body || !isObject(second.body.value) || name === undefined || taken === undefined) return;
  const body = { ...second.body, value: within.with(second.body.value, { [name]: taken }) };
  yield* madeByRefused(scope, resource, { ...second, body }, `a ${name} that is taken`);
}

/** What the list holds more after a creation was refused. */
function* madeByRefused(scope: Scope, { create, list, identifier }: Resource, request: RequestPlan, what: string): Conversation {
  const shown = list && successBody(list);
  const place = shown && listIn(scope.planning.contract, shown.schema);
  const listing = list && widestPage(scope.planning, list, request.parameters);
  if (!create || !list || !place || !listing || identifier === undefined) return;
  const ids = (answer: Answer): readonly string[] | undefined =>
    itemsIn(scope.planning, list, answer)?.map((item) => String(namedMember(item, identifier)));
  const before = ids(yield* attempt(scope, listing, { title: 'list before refused creations' }));
  for (let time = 0; time < refusedTimes; time++) {
    const refused = yield* attempt(scope, request, { title: `create with ${what}`, intent: 'invalid' });
    if (refused.status === undefined || refused.status < 400 || refused.status >= 500) return;
  }
  yield* attempt(scope, listing, {
    title: 'list after refused creations',
    expectations: [
      {
        check: 'refused-no-trace',
        confidence: 'certain',
        why: `${create.id} was refused ${refusedTimes} times, and nothing else was sent`,
        promise: create.pointer,
        topic: create.id,
        holds: (answer) => {
          const after = ids(answer);
          if (!before || !after) return { kind: 'cannot-judge', reason: 'the list did not come' };
          const added = after.filter((id) => !before.includes(id));
          if (added.length < refusedTimes) return { kind: 'kept' };
          return {
            kind: 'broken',
            message: `refused creations made ${added.length} things: ${added.slice(0, 3).join(', ')}`,
            where: `response.body${place.pointer}`,
            came: cameOf(answer),
          };
        },
      },
    ],
  });
}
