/** What a thing's state forbids by the words of the document is refused: moves that it does not draw, deletions, changes, actions and creations below it in the wrong state. Pure. */
import { isObject } from '../../lib/json.ts';
import { declaresStatus } from '../../spec/declares-status.ts';
import type { Operation } from '../../spec/contract.ts';
import { attempt } from '../steps/attempt.ts';
import { fieldsWritten } from '../inference/body-fields.ts';
import type { Confidence, Conversation, Expectation, RequestPlan } from '../case.ts';
import type { Entity } from '../steps/entity.ts';
import { isAccepted, keptUnless } from '../expectations.ts';
import { changingBody, itemRequest, makeThing } from '../steps/make-thing.ts';
import { conflictsOver } from './conflicts-over.ts';
import { creationsBelow } from './parts.ts';
import { ordinaryBody } from '../planning.ts';
import { creationsNaming } from '../inference/references.ts';
import { stateAfter } from '../inference/used-up.ts';
import { refusalsSaid } from './actions.ts';
import type { Scope } from '../steps/scope.ts';
import type { Resource } from '../inference/resources.ts';
import { about, broughtTo, naming, stateNow, statesOf, stepsTo, type States, type Way } from './states.ts';
import { refusedStates } from '../inference/told-refusals.ts';

/** What is refused in some states. */
interface Rule {
  readonly operation: Operation;
  readonly what: string;
  readonly refusedIn: readonly string[];
  readonly confidence: Confidence;
  readonly request: Way['request'];
}

/** Moves that no arrow draws are asked for from each state, this many. */
const mostMoves = 2;

/** Brings things to each state in which the document says that something is refused, and asks for it. */
export function* statesHeeded(scope: Scope, resource: Resource): Conversation {
  const states = statesOf(scope.planning, resource);
  const rules = states ? [...operationsRefused(scope, states), ...movesRefused(states)] : [];
  if (!states || rules.length === 0) return;
  let entity = (yield* makeThing(scope, resource))?.entity;
  const initial = entity && (yield* stateNow(scope, states, entity));
  if (initial === undefined) return;
  for (const state of states.states.filter((one) => stepsTo(states, initial, one))) {
    const refusing = rules.filter(({ refusedIn }) => refusedIn.includes(state));
    // an action whose words forbid what no arrow draws either is asked for once
    const due = refusing.filter(
      ({ operation }, index) => operation.requestBody || refusing.findIndex((one) => one.operation.id === operation.id) === index,
    );
    if (due.length === 0) continue;
    entity = yield* broughtTo(scope, states, state, entity);
    if (!entity) continue;
    for (const rule of due) {
      // a thing that something was accepted of is not what it was
      entity ??= yield* broughtTo(scope, states, state);
      if (!entity) break;
      const request = yield* rule.request(scope, entity);
      if (!request || !isAccepted(yield* attempt(scope, request, { title: `${rule.what} while ${state}`, intent: 'probe' }))) continue;
      yield* onceMore(scope, states, state, rule);
      entity = undefined;
    }
  }
}

/** The same of another thing, whose state was seen to last: a state may move on by itself. */
function* onceMore(scope: Scope, states: States, state: string, rule: Rule): Conversation {
  const entity = yield* broughtTo(scope, states, state);
  const lasts = entity && (yield* stateNow(scope, states, entity)) === state;
  const request = lasts ? yield* rule.request(scope, entity) : undefined;
  if (request)
    yield* attempt(scope, request, {
      title: `${rule.what} while ${state}, once more`,
      intent: 'probe',
      expectations: [refused(rule, state)],
    });
}

/** What the words of an operation, or of its conflict, say of states. */
function operationsRefused({ planning }: Scope, states: States): readonly Rule[] {
  const { contract } = planning;
  const { resource, ways, property } = states;
  const said = (operation: Operation): readonly string[] =>
    declaresStatus(operation, '409') ? [...new Set(refusalsSaid(contract, operation).flatMap((text) => refusedStates(text, states)))] : [];
  const actions = ways.filter(({ operation }) => operation.id !== resource.patch?.id && operation.path.startsWith(resource.item));
  const rule = (operation: Operation): Rule => ({
    operation,
    what: operation.id,
    refusedIn: said(operation),
    confidence: 'certain',
    request: (scope, entity) => about(scope, operation, entity),
  });
  return [
    ...creationsBelow(planning, resource).map(rule),
    ...creationsNaming(planning, resource).map((operation): Rule => ({
      ...rule(operation),
      // what makes it what it is called after is asked for once more elsewhere
      refusedIn: conflictsOver(planning, operation, states).filter((state) => state !== stateAfter(planning, operation, resource)),
      request: (scope, entity) => naming(scope, operation, entity),
    })),
    ...actions.map(({ operation, to, request }): Rule => {
      const own = rule(operation);
      // what is done already is asked for elsewhere
      return { ...own, refusedIn: own.refusedIn.filter((state) => state !== to), request };
    }),
    ...[resource.patch, resource.remove].flatMap((operation): readonly Rule[] => {
      if (!operation) return [];
      const own = rule(operation);
      return [operation.requestBody ? { ...own, request: (scope, entity) => change(scope, operation, property, entity) } : own];
    }),
  ].filter(({ refusedIn }) => refusedIn.length > 0);
}

/** An update that names no state. */
function* change(scope: Scope, operation: Operation, property: string, entity: Entity): Conversation<RequestPlan | undefined> {
  const body = ordinaryBody(scope.planning, operation, scope.variant);
  const within = fieldsWritten(scope.planning.contract, operation);
  if (!body || !within || !isObject(body.value)) return undefined;
  const { [property]: _, ...members } = within.of(changingBody(scope, operation, body.value, entity.json, undefined));
  return Object.keys(members).length === 0
    ? undefined
    : {
        ...itemRequest(operation, entity),
        body: { mediaType: body.mediaType, value: within.about(within.only(body.value, members), entity.id) },
      };
}

/** Moves that the document does not draw beside those that it does. */
function movesRefused({ resource, states, moves, ways }: States): readonly Rule[] {
  if (!moves) return [];
  const rules = ways
    .filter(({ operation }) => operation.path.startsWith(resource.item) && declaresStatus(operation, '409', '422'))
    .map(({ operation, to, request }) => ({
      operation,
      what: `${operation.id} to ${to}`,
      refusedIn: states.filter((state) => state !== to && moves.next.get(state)?.has(to) !== true),
      confidence: moves.only ? ('certain' as const) : ('likely' as const),
      request,
    }));
  const asked = new Map<string, number>();
  return rules.map((rule) => ({
    ...rule,
    refusedIn: rule.refusedIn.filter((state) => {
      const key = `${rule.operation.id} ${state}`;
      asked.set(key, (asked.get(key) ?? 0) + 1);
      return (asked.get(key) ?? 0) <= mostMoves;
    }),
  }));
}

function refused({ operation, what, confidence }: Rule, state: string): Expectation {
  return {
    check: 'conflict-refused',
    confidence,
    why: `the document says that it is refused while ${state}`,
    promise: operation.pointer,
    topic: `${operation.id} in a state`,
    holds: keptUnless(isAccepted, `${what} is accepted while ${state}`),
  };
}
