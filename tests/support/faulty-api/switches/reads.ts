/** Reads that change things, HEAD that is not GET, conditions that are not kept. */
import { isObject } from '../../../../src/lib/json.ts';
import { telescope } from '../samples.ts';
import { at, get, patch, put } from '../step.ts';
import { rewrite, type World } from '../world.ts';
import { relation as row, telescopeOf, without } from './relation.ts';
import { refusal, success, withFields, type Switch } from './switch.ts';

const listed = 'GET /telescopes';
const item = '/telescopes/{telescope_id}';

export const readSwitches: readonly Switch[] = [
  row(
    'read-changes',
    `GET ${item}`,
    'reading changes nothing',
    'safe-repeatable',
    success((reply, call, world) => {
      const entity = telescopeOf(call, world);
      if (entity) world.telescopes.set(entity.key, { ...entity, version: entity.version + 1 });
      return reply;
    }),
    [get(at.telescope), get(at.telescope)],
  ),
  row(
    'order-unstable',
    listed,
    'a repeated list has the same order',
    'safe-repeatable',
    success((reply, _call, world) => {
      const list = isObject(reply.body) ? reply.body['items'] : undefined;
      return isObject(reply.body) && Array.isArray(list) && isOdd(world)
        ? { ...reply, body: { ...reply.body, items: list.toReversed() } }
        : reply;
    }),
    [get('/telescopes'), get('/telescopes')],
  ),
  row(
    'value-unstable',
    'GET /targets/{target_id}',
    'a repeated read agrees',
    'safe-repeatable',
    success((reply, _call, world) =>
      isObject(reply.body) && isOdd(world) ? { ...reply, body: { ...reply.body, magnitude: 17.5 } } : reply,
    ),
    [get(at.star), get(at.star)],
  ),
  row(
    'head-type',
    'GET /targets',
    'HEAD has the headers of GET',
    'head-agrees',
    success((reply, call) => (call.arrival.method === 'HEAD' ? withFields(reply, { 'Content-Type': 'text/plain' }) : reply)),
    [{ method: 'HEAD', path: '/targets' }],
    ['protocol'],
  ),
  row(
    'head-404',
    `GET ${item}`,
    'HEAD has the status of GET',
    'head-agrees',
    success((reply, call) => (call.arrival.method === 'HEAD' ? { ...reply, status: 404 } : reply)),
    [{ method: 'HEAD', path: at.telescope }],
    ['protocol'],
  ),
  row(
    'head-length',
    'GET /notes',
    'HEAD has the Content-Length of GET, or none',
    'head-agrees',
    success((reply, call) => (call.arrival.method === 'HEAD' ? { ...reply, body: {} } : reply)),
    [{ method: 'HEAD', path: '/notes' }],
    ['protocol'],
  ),
  row(
    'none-match-ignored',
    `GET ${item}`,
    'If-None-Match with the current tag answers 304',
    'preconditions-kept',
    { lifts: ['if-none-match'] },
    [get(at.telescope, { headers: { 'If-None-Match': '*' } })],
  ),
  row('match-ignored', `PUT ${item}`, 'If-Match with an old tag answers 412', 'preconditions-kept', { lifts: ['if-match'] }, [
    put(at.telescope, telescope(), { headers: { 'If-Match': '"0000000000000000"' } }),
  ]),
  row('match-ignored-on-delete', `DELETE ${item}`, 'If-Match with an old tag answers 412', 'preconditions-kept', { lifts: ['if-match'] }, [
    { method: 'DELETE', path: at.telescope, headers: { 'If-Match': '"0000000000000000"' } },
  ]),
  row(
    'match-never',
    `PATCH ${item}`,
    'If-Match with the current tag is good',
    'preconditions-kept',
    {
      before: (call) =>
        call.arrival.headers['if-match'] === undefined
          ? undefined
          : {
              status: 412,
              headers: { 'Content-Type': 'application/problem+json' },
              body: { type: 'about:blank', title: 'Precondition Failed', status: 412 },
            },
    },
    [patch(at.telescope, {}, { headers: { 'If-Match': '*' } })],
  ),
  row(
    'precondition-but-done',
    `PATCH ${item}`,
    'a failed precondition leaves no trace',
    'refused-no-trace',
    refusal(412, (reply, call, world) => {
      const entity = telescopeOf(call, world);
      if (entity && isObject(call.body)) rewrite(world, world.telescopes, entity, { ...entity.fields, ...without(call.body, 'site') });
      return reply;
    }),
    [patch(at.telescope, { active: true }, { headers: { 'If-Match': '"0000000000000000"' } }), get(at.telescope)],
  ),
  row(
    'modified-since-forever',
    `GET ${item}`,
    'If-None-Match with another tag answers 200',
    'preconditions-kept',
    {
      after: (reply, call) =>
        reply.status === 200 && call.arrival.headers['if-none-match'] !== undefined
          ? { status: 304, headers: { ETag: reply.headers['ETag'] ?? '' }, body: undefined }
          : reply,
    },
    [get(at.telescope, { headers: { 'If-None-Match': '"0000000000000000"' } })],
  ),
];

const turns = new WeakMap<World, number>();

/** True every second time. */
function isOdd(world: World): boolean {
  const times = (turns.get(world) ?? 0) + 1;
  turns.set(world, times);
  return times % 2 === 0;
}
