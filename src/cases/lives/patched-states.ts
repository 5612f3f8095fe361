/** A state that a PATCH may name is set by it, or the PATCH is refused: it is not passed over in silence. Pure. */
import { isSameJson } from '../../lib/same-json.ts';
import { member, type Json } from '../../lib/json.ts';
import { isStateName } from '../../lib/names.ts';
import type { Operation, SchemaPlace } from '../../spec/contract.ts';
import { propertiesOf } from '../../spec/properties.ts';
import { viewOf } from '../../spec/values/schema-view.ts';
import { enumeratedValues } from '../../spec/values/stated-values.ts';
import { attempt } from '../steps/attempt.ts';
import type { Answer, Conversation, Expectation } from '../case.ts';
import { cameOf, isAccepted } from '../expectations.ts';
import { itemRequest, makeThing } from '../steps/make-thing.ts';
import { preferredBody, type Planning } from '../planning.ts';
import type { Scope } from '../steps/scope.ts';
import type { Resource } from '../inference/resources.ts';
import { thingIn } from '../inference/representation.ts';

/** How many other states are asked for: not every one follows every other. */
const mostAsked = 2;

/** Makes a thing, patches each of its states to another one, until that is taken, and reads it. */
export function* statesPatched(scope: Scope, resource: Resource): Conversation {
  const { patch, read } = resource;
  const media = patch && preferredBody(patch);
  if (!patch || !read || !media?.schema) return;
  const { contract } = scope.planning;
  const { schema } = media;
  const taken = [...propertiesOf(contract, schema)].map(([name, place]) => ({ name, states: statesOf(scope.planning, name, place) }));
  const able = taken.filter(({ states }) => states.length > 1);
  const made = able.length > 0 ? yield* makeThing(scope, resource) : undefined;
  if (!made) return;
  const look = itemRequest(read, made.entity);
  for (const { name, states } of able) {
    const before = yield* attempt(scope, look, { title: `read before its ${name} is patched` });
    const now = isAccepted(before) ? member(thingIn(before.json), name) : undefined;
    if (now === undefined) continue;
    const others = states.filter(
      (state) => !isSameJson(state, now) && contract.validators.validate(schema, { [name]: state }, 'request').kind === 'valid',
    );
    for (const wanted of others.slice(0, mostAsked)) {
      const request = { ...itemRequest(patch, made.entity), body: { mediaType: media.type, value: { [name]: wanted } } };
      const answer = yield* attempt(scope, request, { title: `patch its ${name}` });
      // accepted for later promises nothing about now
      if (!isAccepted(answer) || answer.status === 202) continue;
      yield* attempt(scope, look, {
        title: `read after its ${name} was patched`,
        expectations: [changed(patch, name, { now, wanted })],
      });
      break;
    }
  }
}

/** The states that a member may be set to; none where its name tells of none, or it is the server's own. */
function statesOf({ contract }: Planning, name: string, place: SchemaPlace): readonly Json[] {
  const { schema } = contract.resolve(place);
  const own = [place.schema, schema].some((one) => member(one, 'readOnly') === true);
  const isState = isStateName(name);
  return isState && !own ? (enumeratedValues(viewOf(contract, [place])) ?? []).filter((value) => value !== null) : [];
}

/** Only where it is as it was: a state may move on by itself. */
function changed(patch: Operation, name: string, { now, wanted }: { readonly now: Json; readonly wanted: Json }): Expectation {
  return {
    check: 'written-read-back',
    confidence: 'likely',
    why: `${patch.id} takes ${name}, and was accepted`,
    promise: patch.pointer,
    topic: `${patch.id} ${name} passed over`,
    holds: (answer: Answer) => {
      const came = isAccepted(answer) ? member(thingIn(answer.json), name) : undefined;
      if (came === undefined) return { kind: 'open' };
      return isSameJson(came, now)
        ? {
            kind: 'broken',
            message: `${name} was patched from ${JSON.stringify(now)} to ${JSON.stringify(wanted)} and is read as before`,
            where: `response.body/${name}`,
            came: cameOf(answer),
          }
        : { kind: 'kept' };
    },
  };
}
