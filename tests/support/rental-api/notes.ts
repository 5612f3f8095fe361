/** Notes on bikes: made below a bike, found under a path of their own. */
import type { JsonObject } from '../../../src/lib/json.ts';
import { isReply, reach, type Call, type Handlers } from './bikes.ts';
import type { Kept, Reply } from './world.ts';

function shown({ id, parent, fields }: Kept): JsonObject {
  return { ...fields, noteId: Number(id), bikeId: Number(parent) };
}

function note(call: Call, changing: string | undefined): Kept | Reply {
  const id = Number(call.request.path['noteId']);
  if (call.on('wide-note-crashes') && Math.abs(id) > Number.MAX_SAFE_INTEGER && Math.abs(id) < 2 ** 63) throw new Error('no such number');
  return reach(call, call.world.notes, id, changing);
}

export const noteHandlers: Handlers = {
  'GET /bikes/{bikeId}/notes': (call) => {
    const bike = reach(call, call.world.bikes, call.request.path['bikeId'], undefined);
    if (isReply(bike)) return bike;
    return { status: 200, body: [...call.world.notes.values()].filter(({ parent }) => parent === bike.id).map(shown) };
  },
  'POST /bikes/{bikeId}/notes': (call) => {
    const { world, request, user } = call;
    const bike = reach(call, world.bikes, request.path['bikeId'], undefined);
    if (isReply(bike)) return bike;
    const { noteId: _note, bikeId: _bike, ...fields } = request.body;
    const [id, now] = [String(world.next()), world.now()];
    const kept: Kept = { id, owner: user, parent: bike.id, fields, revision: 1, addedAt: now, changedAt: now };
    world.notes.set(id, kept);
    return { status: 201, body: shown(kept) };
  },
  'GET /notes/{noteId}': (call) => {
    const kept = note(call, undefined);
    return isReply(kept) ? kept : { status: 200, body: shown(kept) };
  },
  'PUT /notes/{noteId}': (call) => {
    const kept = note(call, 'rewrites');
    if (isReply(kept)) return kept;
    const { noteId: _note, bikeId: _bike, ...fields } = call.request.body;
    if (!call.on('note-not-rewritten')) call.world.notes.set(kept.id, { ...kept, fields });
    return { status: 200, body: shown({ ...kept, fields }) };
  },
  'DELETE /notes/{noteId}': (call) => {
    const kept = note(call, 'deletes-note');
    if (isReply(kept)) return kept;
    if (!call.on('note-stays')) call.world.notes.delete(kept.id);
    return { status: 204 };
  },
};
