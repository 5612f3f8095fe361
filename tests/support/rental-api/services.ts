/** Services of a bike: made and found below it. */
import { createHash } from 'node:crypto';
import { isObject } from '../../../src/lib/json.ts';
import { isReply, reach, type Call, type Handlers } from './bikes.ts';
import { refusal, type Kept, type Reply } from './world.ts';

export const serviceHandlers: Handlers = {
  'GET /bikes/{bikeId}/services': (call) => {
    const { world, on, request } = call;
    const kept = reach(call, world.bikes, request.path['bikeId'], undefined);
    if (isReply(kept)) return kept;
    const all = [...world.services.values()].filter(({ parent }) => parent === kept.id || on('services-of-all'));
    const from = Number(/^after-(\d+)$/.exec(String(request.query['cursor'] ?? ''))?.[1] ?? 0);
    const limit = Number(request.query['limit'] ?? 10);
    const data = all.slice(from, from + limit).map((one) => ({ ...one.fields, serviceId: one.id }));
    const more = from + limit < all.length;
    const cursor = on('cursor-loops') ? `after-${from}` : `after-${from + limit + (on('cursor-skips') ? 1 : 0)}`;
    return { status: 200, body: { data, page: { hasMore: on('has-more-lies') ? !more : more, nextCursor: more ? cursor : null } } };
  },
  'POST /bikes/{bikeId}/services': (call) => {
    const { world, request, user, on } = call;
    const kept = reach(call, world.bikes, request.path['bikeId'], undefined);
    if (isReply(kept)) return kept;
    const { serviceId: _id, ...body } = request.body;
    const fields = on('empty-remark-null') && body['remark'] === '' ? { ...body, remark: null } : body;
    const id = `s${createHash('sha1').update(String(world.next())).digest('hex').slice(0, 9)}`;
    const now = world.now();
    world.services.set(id, {
      id,
      owner: user,
      parent: kept.id,
      fields: on('minutes-as-text') ? { ...fields, minutes: String(fields['minutes']) } : fields,
      revision: 1,
      addedAt: now,
      changedAt: now,
    });
    return { status: 201, body: { data: { ...fields, serviceId: id } } };
  },
  'GET /bikes/{bikeId}/services/{serviceId}': (call) =>
    service(call, undefined, ({ fields, id }) => ({ status: 200, body: { data: { ...fields, serviceId: id } } })),
  'DELETE /bikes/{bikeId}/services/{serviceId}': (call) =>
    service(call, 'deletes-service', ({ id }) => {
      call.world.services.delete(id);
      return { status: 204 };
    }),
};

function service(call: Call, changing: string | undefined, then: (kept: Kept) => Reply): Reply {
  const { world, request, on } = call;
  const parent = reach(call, world.bikes, request.path['bikeId'], undefined);
  if (isReply(parent)) {
    const orphan = on('children-stay') ? world.services.get(String(request.path['serviceId'])) : undefined;
    return orphan && isObject(orphan.fields) ? then(orphan) : parent;
  }
  const kept = reach(call, world.services, request.path['serviceId'], changing);
  if (isReply(kept)) return kept;
  return kept.parent === parent.id || on('service-of-any-bike') ? then(kept) : refusal(404, 'There is no such service.');
}
