/** Operations that are neither creation, reading, change nor removal: actions, metrics, whatever the contract does not explain. */
import { isObject, type Json, type JsonObject } from '../../lib/json.ts';
import { succeed, type Answer } from './answer.ts';
import { bodyValues, changeEntity, propertiesOf, valuesStated } from './entities.ts';
import type { Errand } from './errand.ts';
import { listShape } from './list-shape.ts';
import { envelope, pageOf } from './paging.ts';
import { fixedSegments } from './paths.ts';
import type { Plan } from './plan-operations.ts';
import { present, presentEntity } from './present.ts';
import { referredResource } from './resource.ts';
import type { Property } from './shapes.ts';
import { refuseSorting } from './sorting.ts';
import type { Entity } from './store.ts';
import { successOf } from './successes.ts';
import { textOf } from './words.ts';
import type { World } from './world.ts';

/** An action: it changes the entity by the values and the state that the request names, and answers with the entity or a sample. */
export function act(world: World, errand: Errand): Answer {
  const { plan, request } = errand;
  const { operation } = plan;
  let entity = errand.concerned;
  if (entity !== undefined && operation.method !== 'GET') {
    const { [entity.resource.keys[0] ?? 'id']: _identity, ...rest } = bodyValues(world, entity.resource, request.body);
    const known = propertiesOf(world, entity.resource);
    const own = Object.fromEntries(Object.entries({ ...request.query, ...rest }).filter(([name]) => known.has(name)));
    entity = changeEntity(world, entity, { ...stateNamed(world, plan, entity), ...own, ...valuesStated(world, errand) });
  }
  const schema = successOf(operation)?.media?.schema;
  if (schema === undefined) return succeed(world, operation, undefined);
  const shape = listShape(world.shapes, schema);
  if (shape !== undefined) {
    const empty = envelope(world, schema, shape, [], pageOf(world.shapes, operation, request.query, 0), errand.url);
    const unsortable = refuseSorting(world, operation, world.shapes.properties(shape.items), request.query);
    return unsortable ?? succeed(world, operation, empty);
  }
  return succeed(world, operation, acted(world, errand, entity));
}

/** What an action shows: the entity where the schema has its properties, else a sample that says what the request said. */
function acted(world: World, { plan, request }: Errand, entity: Entity | undefined): Json | undefined {
  const schema = successOf(plan.operation)?.media?.schema;
  if (schema === undefined || world.shapes.properties(schema).size === 0) return undefined;
  const properties = world.shapes.properties(schema);
  const body = isObject(request.body) ? request.body : {};
  const said: Record<string, Json> = { ...request.path, ...request.query, ...body };
  if (entity === undefined) return present(world, schema, said, 1);
  if (properties.has(entity.resource.keys[0] ?? 'id')) return presentEntity(world, schema, entity);
  const identity = entity.values[entity.resource.keys[0] ?? 'id'];
  for (const name of properties.keys()) {
    const isReference = /^parent_?id$/i.test(name) || referredResource(world.resources, name) === entity.resource;
    if (isReference && identity !== undefined) said[name] = identity;
  }
  return present(world, schema, { ...entity.values, ...said }, entity.sequence, [entity]);
}

/** The state that an action such as `…/cancel/{id}` leads to, when the entity has a choice called so. */
function stateNamed(world: World, { operation }: Plan, entity: Entity): JsonObject {
  const action = fixedSegments(operation.path).at(-1)?.toLowerCase() ?? '';
  const rank = ({ name, required }: Property): number => (/^(status|state)$/i.test(name) ? 0 : required ? 1 : 2);
  for (const property of [...propertiesOf(world, entity.resource).values()].toSorted((a, b) => rank(a) - rank(b))) {
    const choices = world.shapes.keyword(property.place, 'enum');
    if (!Array.isArray(choices) || action.length < 3) continue;
    const state = (choices as readonly Json[]).find((choice) => {
      const text = textOf(choice).toLowerCase();
      return text === action || (text.startsWith(action) && /^l?ed$|^d$/.test(text.slice(action.length)));
    });
    if (state !== undefined) return { [property.name]: state };
  }
  return {};
}
