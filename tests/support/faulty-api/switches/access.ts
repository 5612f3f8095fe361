/** Doors that should be shut. */
import type { Phase } from '../../../../src/cases/case.ts';
import type { Hooks } from '../hooks.ts';
import { plain } from '../plain.ts';
import { note, telescope } from '../samples.ts';
import { at, get, patch, post, put, remove, type Step } from '../step.ts';
import { problem } from '../reply.ts';
import { readToken, users, type Leniency, type User } from '../tokens.ts';
import { rewrite } from '../world.ts';
import { first, refusal, type Switch } from './switch.ts';

const row = (
  id: string,
  operation: string,
  breaks: string,
  check: string,
  hooks: Hooks,
  shows: readonly Step[],
  phase: readonly Phase[] = ['access'],
): Switch => ({
  id: `access-${id}`,
  class: 'access',
  operation,
  breaks,
  check,
  phase,
  hooks,
  shows,
});

/** Lets in on a token that is read with leniency. */
const lenient = (leniency: Leniency): Hooks => ({
  admit: (authorization, key) => readToken(key, authorization?.replace(/^bearer +/i, '') ?? '', Date.now() / 1000, leniency),
});
const admits = (when: (authorization: string | undefined) => boolean): Hooks => ({
  admit: (authorization): User | undefined => (when(authorization) ? users.main : undefined),
});
const bearer = (authorization: string): Partial<Step> => ({ as: 'nobody', headers: { Authorization: authorization } });
const unauthenticated = 'unauthenticated-refused';
const forbidden = 'forbidden-refused';
const item = 'GET /telescopes/{telescope_id}';
const observed = '/telescopes/{telescope}/observations/{observation}';

export const accessSwitches: readonly Switch[] = [
  row('open-read', 'GET /targets/{target_id}', 'needs credentials', unauthenticated, { lifts: ['authentication'] }, [
    get(at.star, { as: 'nobody' }),
  ]),
  row('open-list', 'GET /notes', 'needs credentials', unauthenticated, { lifts: ['authentication'] }, [get('/notes', { as: 'nobody' })]),
  row('open-delete', 'DELETE /notes/{note_id}', 'needs credentials', unauthenticated, { lifts: ['authentication'] }, [
    remove(at.note, { as: 'nobody' }),
  ]),
  row('open-write', 'POST /targets', 'needs credentials', unauthenticated, { lifts: ['authentication'] }, [
    post('/targets', { kind: 'star', name: 'N', magnitude: 1, spectral_class: 'A' }, { as: 'nobody' }),
  ]),
  row(
    'absent-allowed',
    'GET /telescopes',
    'no credentials are no good, as bad ones are',
    unauthenticated,
    admits((authorization) => authorization === undefined),
    [get('/telescopes', { as: 'nobody' })],
  ),
  row(
    'garbage',
    'GET /notes',
    'garbage is no token',
    unauthenticated,
    admits((authorization) => /^bearer \S/i.test(authorization ?? '')),
    [get('/notes', bearer('Bearer garbage'))],
  ),
  row(
    'empty',
    'GET /telescopes/{telescope_id}/observations',
    'an empty token is none',
    unauthenticated,
    admits((authorization) => /^bearer *$/i.test(authorization ?? '')),
    [get(at.observations, bearer('Bearer '))],
  ),
  row('expired', 'GET /telescopes', 'a token lives until it expires', unauthenticated, lenient({ expiry: 'ignored' }), [
    get('/telescopes', bearer('Bearer {token:expired}')),
  ]),
  row(
    'scheme',
    item,
    'a token is sent as Bearer',
    unauthenticated,
    { admit: (authorization, key) => readToken(key, (authorization ?? '').split(' ')[1] ?? '', Date.now() / 1000) },
    [get(at.telescope, bearer('Basic {token:main}'))],
  ),
  row(
    'scheme-of-small-letters',
    'GET /telescopes',
    'the name of a scheme is the same in any letters',
    'valid-accepted',
    {
      arrive: ({ headers }) =>
        headers.authorization?.startsWith('bearer ') === true ? problem(401, 'Credentials are missing.') : undefined,
    },
    [get('/telescopes', bearer('bearer {token:main}'))],
  ),
  row('signature', 'PUT /telescopes/{telescope_id}', 'a signature is checked', unauthenticated, lenient({ signature: 'ignored' }), [
    put(at.telescope, telescope(), bearer('Bearer {token:main}x')),
  ]),
  row('truncated', 'GET /targets', 'a signature is checked to its end', unauthenticated, lenient({ signature: 'prefix' }), [
    get('/targets', bearer('Bearer {token:cut}')),
  ]),
  row(
    'unseen-403',
    'GET /targets',
    'a reader may read',
    'status-declared',
    { after: (reply, call) => (call.user.role === 'visitor' ? { ...reply, status: 403 } : reply) },
    [get('/targets', { as: 'reader' })],
  ),
  row(
    'health-locked',
    'GET /health',
    'health is open to all',
    'status-declared',
    { after: (reply) => ({ ...reply, status: 401 }) },
    [get('/health')],
    ['examples', 'access'],
  ),
  row('reader-creates', 'POST /telescopes', 'readers change nothing', forbidden, { lifts: ['role'] }, [
    post('/telescopes', telescope({ name: 'R' }), { as: 'reader' }),
  ]),
  row('reader-uploads', 'PUT /telescopes/{telescope_id}/frame', 'readers change nothing', forbidden, { lifts: ['role', 'owner'] }, [
    put(at.frame, 'x', { as: 'reader', type: 'application/octet-stream' }),
  ]),
  row(
    'reader-deletes',
    'DELETE /telescopes/{telescope_id}/observations/{observation_id}',
    'readers change nothing',
    forbidden,
    { lifts: ['role', 'owner'] },
    [remove(observed, { as: 'reader' })],
  ),
  row('other-updates', 'PATCH /telescopes/{telescope_id}', 'nobody changes what others made', forbidden, { lifts: ['owner'] }, [
    patch(at.telescope, { active: true }, { as: 'other' }),
  ]),
  row('other-replaces', 'PUT /telescopes/{telescope_id}', 'nobody replaces what others made', forbidden, { lifts: ['owner'] }, [
    put(at.telescope, telescope(), { as: 'other' }),
  ]),
  row('other-deletes', 'DELETE /telescopes/{telescope_id}', 'nobody removes what others made', forbidden, { lifts: ['owner'] }, [
    remove(at.telescope, { as: 'other' }),
  ]),
  row('other-deletes-target', 'DELETE /targets/{target_id}', 'nobody removes what others made', forbidden, { lifts: ['owner'] }, [
    remove(at.star, { as: 'other' }),
  ]),
  row('stranger-reads', item, 'another institute sees nothing', forbidden, { lifts: ['institute'] }, [
    get(at.telescope, { as: 'stranger' }),
  ]),
  row(
    'stranger-reads-nested',
    'GET /telescopes/{telescope_id}/observations/{observation_id}',
    'another institute sees nothing',
    forbidden,
    { lifts: ['institute'] },
    [get(at.observation, { as: 'stranger' })],
  ),
  row('stranger-lists', 'GET /telescopes', 'another institute lists nothing', forbidden, { lifts: ['institute'] }, [
    get('/telescopes', { as: 'stranger' }),
  ]),
  row(
    'stranger-searches',
    'GET /telescopes',
    'another institute finds nothing',
    forbidden,
    first((call) => call.query['q'] !== undefined && call.lifted.add('institute')),
    [get('/telescopes?q=e', { as: 'stranger' })],
  ),
  row(
    'stranger-deletes',
    'DELETE /targets/{target_id}',
    'another institute removes nothing',
    forbidden,
    { lifts: ['institute', 'owner'] },
    [remove(at.star, { as: 'stranger' })],
  ),
  row('stranger-downloads', 'GET /telescopes/{telescope_id}/frame', 'another institute sees nothing', forbidden, { lifts: ['institute'] }, [
    get(at.frame, { as: 'stranger' }),
  ]),
  row('note-read', 'GET /notes/{note_id}', 'a note is private', forbidden, { lifts: ['private'] }, [get(at.note, { as: 'stranger' })]),
  row('note-listed', 'GET /notes', 'notes are private', forbidden, { lifts: ['private'] }, [get('/notes', { as: 'stranger' })]),
  row('note-deleted', 'DELETE /notes/{note_id}', 'a note is private', forbidden, { lifts: ['private'] }, [
    remove(at.note, { as: 'stranger' }),
  ]),
  row(
    'forbidden-but-done',
    'PATCH /telescopes/{telescope_id}',
    'what is forbidden is not done',
    'refused-no-trace',
    refusal(403, (reply, call, world) => {
      const entity = world.telescopes.get(plain(call.path['telescope_id']));
      if (entity) rewrite(world, world.telescopes, entity, { ...entity.fields, active: entity.fields['active'] !== true });
      return reply;
    }),
    [patch(at.telescope, { active: true }, { as: 'other' }), get(at.telescope)],
    ['access', 'relations'],
  ),
  row(
    'unauthenticated-but-done',
    'POST /notes',
    'what is not authenticated is not done',
    'refused-no-trace',
    refusal(401, (reply, call, world) => {
      const now = world.tick();
      const key = world.uuid();
      world.notes.set(key, {
        key,
        owner: call.user.name,
        institute: call.user.institute,
        parent: undefined,
        fields: { text: 'ghost', pinned: false },
        version: 1,
        createdAt: now,
        updatedAt: now,
      });
      return reply;
    }),
    [post('/notes', note(), { as: 'nobody' }), get('/notes')],
    ['access', 'relations'],
  ),
];
