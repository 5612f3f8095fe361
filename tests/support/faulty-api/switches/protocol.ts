/** HTTP itself: methods, negotiation, and messages that are none. */
import type { Phase } from '../../../../src/cases/case.ts';
import type { Arrival, Hooks } from '../hooks.ts';
import { empty, problem, type Reply } from '../reply.ts';
import { observation } from '../samples.ts';
import { at, get, post, type Step } from '../step.ts';
import { refusal, type Switch } from './switch.ts';

const row = (
  kind: 'protocol' | 'transport',
  id: string,
  operation: string,
  breaks: string,
  check: string,
  phase: readonly Phase[],
  hooks: Hooks,
  shows: readonly Step[],
): Switch => ({
  id: `${kind}-${id}`,
  class: kind,
  operation,
  breaks,
  check,
  phase,
  hooks,
  shows,
});
const protocol = (id: string, operation: string, breaks: string, check: string, hooks: Hooks, shows: readonly Step[]): Switch =>
  row('protocol', id, operation, breaks, check, ['protocol'], hooks, shows);

const crashed: Reply = { status: 500, headers: { 'Content-Type': 'text/plain' }, body: Buffer.from('Internal Server Error') };
const when = (fits: (arrival: Arrival) => boolean, reply: Reply): Hooks => ({ arrive: (arrival) => (fits(arrival) ? reply : undefined) });
const ask = (method: string, path: string): readonly Step[] => [{ method, path }];

export const protocolSwitches: readonly Switch[] = [
  protocol(
    'no-allow',
    'GET /telescopes',
    '405 has Allow',
    'method-refused',
    when(({ method, path }) => method === 'DELETE' && path === '/telescopes', problem(405, 'no')),
    ask('DELETE', '/telescopes'),
  ),
  protocol(
    'allow-lies',
    'GET /notes',
    'Allow does not name the refused method',
    'method-refused',
    when(({ method, path }) => method === 'PUT' && path === '/notes', problem(405, 'no', { Allow: 'GET, HEAD, POST, PUT' })),
    ask('PUT', '/notes'),
  ),
  protocol(
    'allow-forgets',
    'GET /targets',
    'Allow names every method there is',
    'method-refused',
    when(({ method, path }) => method === 'PATCH' && path === '/targets', problem(405, 'no', { Allow: 'GET, HEAD' })),
    ask('PATCH', '/targets'),
  ),
  protocol(
    'method-200',
    'GET /health',
    'an undeclared method is refused',
    'method-refused',
    when(({ method, path }) => method === 'POST' && path === '/health', {
      status: 200,
      headers: { 'Content-Type': 'application/json' },
      body: {},
    }),
    ask('POST', '/health'),
  ),
  protocol(
    'method-404',
    'GET /telescopes/{telescope_id}',
    'an undeclared method answers 405',
    'method-refused',
    when(({ method, path }) => method === 'POST' && /^\/telescopes\/[^/]+$/.test(path), problem(404, 'no')),
    ask('POST', at.telescope),
  ),
  protocol(
    'method-as-get',
    'GET /targets',
    'an undeclared method is refused',
    'method-refused',
    when(({ method, path }) => method === 'DELETE' && path === '/targets', empty(204)),
    ask('DELETE', '/targets'),
  ),
  protocol(
    'method-500',
    'GET /notes/{note_id}',
    'an undeclared method is refused',
    'no-server-error',
    when(({ method, path }) => method === 'PATCH' && path.startsWith('/notes/'), crashed),
    ask('PATCH', at.note),
  ),
  protocol(
    'trace',
    'GET /health',
    'TRACE is refused',
    'method-refused',
    {
      arrive: ({ method, path, headers }) =>
        method === 'TRACE' && path === '/health'
          ? {
              status: 200,
              headers: { 'Content-Type': 'message/http' },
              body: Buffer.from(`TRACE ${path}\r\n${headers['user-agent'] ?? ''}`),
            }
          : undefined,
    },
    ask('TRACE', '/health'),
  ),
  protocol(
    'options-500',
    'GET /telescopes',
    'OPTIONS is answered',
    'no-server-error',
    when(({ method, path }) => method === 'OPTIONS' && path === '/telescopes', crashed),
    ask('OPTIONS', '/telescopes'),
  ),
  protocol(
    'head-500',
    'GET /notes',
    'HEAD is answered',
    'no-server-error',
    when(({ method, path }) => method === 'HEAD' && path === '/notes', crashed),
    ask('HEAD', '/notes'),
  ),
  protocol(
    'head-405',
    'GET /health',
    'HEAD is answered where GET is',
    'head-agrees',
    when(({ method, path }) => method === 'HEAD' && path === '/health', problem(405, 'no', { Allow: 'GET, OPTIONS' })),
    ask('HEAD', '/health'),
  ),
  protocol('accept-ignored', 'GET /telescopes', 'what is not acceptable answers 406', 'accept-respected', { lifts: ['accept'] }, [
    get('/telescopes', { headers: { Accept: 'text/html' } }),
  ]),
  protocol(
    'accept-crash',
    'GET /targets',
    'what is not acceptable answers 406',
    'no-server-error',
    refusal(406, () => crashed),
    [get('/targets', { headers: { Accept: 'text/html' } })],
  ),
  protocol(
    'accept-range-refused',
    'GET /health',
    'application/* is acceptable',
    'accept-respected',
    { after: (reply, call) => (call.arrival.headers.accept === 'application/*' ? problem(406, 'no') : reply) },
    [get('/health', { headers: { Accept: 'application/*' } })],
  ),
  row(
    'protocol',
    'media-type-ignored',
    'POST /telescopes/{telescope_id}/observations',
    'an undeclared media type answers 415',
    'media-type-refused',
    ['invalid'],
    { lifts: ['media-type'] },
    [post(at.observations, JSON.stringify(observation()), { type: 'application/xml' })],
  ),
  row(
    'protocol',
    'media-type-crash',
    'POST /targets',
    'an undeclared media type answers 415',
    'no-server-error',
    ['invalid'],
    refusal(415, () => crashed),
    [post('/targets', 'a', { type: 'application/xml' })],
  ),
  protocol(
    'slash-crash',
    'GET /telescopes',
    'a trailing slash does not crash',
    'no-server-error',
    when(({ path }) => path === '/telescopes/', crashed),
    ask('GET', '/telescopes/'),
  ),
  protocol(
    'long-header',
    'GET /targets',
    'a long header does not crash',
    'no-server-error',
    when(({ path, headers }) => path === '/targets' && JSON.stringify(headers).length > 6000, crashed),
    [get('/targets', { headers: { 'X-Filler': 'x'.repeat(7000) } })],
  ),
  protocol(
    'nul-in-path',
    'GET /notes/{note_id}',
    'a NUL in a path does not crash',
    'no-server-error',
    when(({ path }) => path.startsWith('/notes/') && path.includes('%00'), crashed),
    ask('GET', '/notes/a%00b'),
  ),
  protocol(
    'encoded-path',
    'GET /notes',
    'percent-encoding of a letter changes nothing',
    'no-server-error',
    when(({ path }) => path.includes('%6e') || path.includes('%6E'), crashed),
    ask('GET', '/%6eotes'),
  ),
  protocol(
    'deep-json',
    'POST /notes',
    'deeply nested JSON does not crash',
    'no-server-error',
    { after: (reply) => (reply.status === 413 ? crashed : reply) },
    [post('/notes', `${'['.repeat(200)}${']'.repeat(200)}`, { type: 'application/json' })],
  ),
];
