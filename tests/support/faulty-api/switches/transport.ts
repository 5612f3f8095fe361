/** Messages that are none. */
import type { ServerResponse } from 'node:http';
import type { Hooks } from '../hooks.ts';
import type { Reply } from '../reply.ts';
import { note } from '../samples.ts';
import { at, get, post, type Step } from '../step.ts';
import { bytesOf, fieldsOf, messageOf } from '../write-reply.ts';
import { success, type Switch } from './switch.ts';

type Send = (response: ServerResponse, reply: Reply) => void;
/** Sends successful answers in a way of its own. */
const sends = (send: Send): Hooks => ({
  send: (response, reply) => {
    if (reply.status >= 300) return false;
    send(response, reply);
    return true;
  },
});
const raw = (change: (message: string, reply: Reply) => string, then: 'end' | 'stay' = 'end'): Hooks =>
  sends(({ socket }, reply) => {
    socket?.write(change(messageOf(reply).toString('latin1'), reply), 'latin1');
    if (then === 'end') socket?.end();
  });
const transport = (
  id: string,
  operation: string,
  breaks: string,
  hooks: Hooks,
  shows: readonly Step[],
  check = 'answer-received',
): Switch => ({ id: `transport-${id}`, class: 'transport', operation, breaks, check, phase: ['examples', 'stateful'], hooks, shows });
const observed = 'GET /telescopes/{telescope_id}/observations/{observation_id}';

function drip(response: ServerResponse): void {
  response.writeHead(200, { 'Content-Type': 'application/json', 'X-Api-Version': '1' });
  response.write('{"items":[');
  const timer = setInterval(() => response.write(' '.repeat(4096)), 5);
  response.once('close', () => clearInterval(timer));
}

export const transportSwitches: readonly Switch[] = [
  transport(
    'reset',
    observed,
    'an answer comes',
    sends(({ socket }) => void socket?.resetAndDestroy()),
    [get(at.observation)],
  ),
  transport(
    'closed',
    'DELETE /targets/{target_id}',
    'an answer comes',
    sends(({ socket }) => void socket?.destroy()),
    [{ method: 'DELETE', path: at.star }],
  ),
  transport(
    'cut-short',
    'GET /telescopes',
    'as many bytes come as Content-Length says',
    raw((message) => message.slice(0, -5)),
    [get('/telescopes')],
  ),
  transport(
    'cut-in-headers',
    'POST /notes',
    'the header section ends',
    raw((message) => message.slice(0, message.indexOf('\r\n\r\n'))),
    [post('/notes', note())],
  ),
  transport('endless', 'GET /targets', 'the body ends', sends(drip), [get('/targets')]),
  transport(
    'silent',
    'GET /notes/{note_id}',
    'an answer comes',
    sends(() => undefined),
    [get(at.note)],
  ),
  transport(
    'stalls',
    'GET /notes',
    'the body comes to its end',
    raw((message) => message.slice(0, -5), 'stay'),
    [get('/notes')],
  ),
  transport(
    'bad-chunk',
    'GET /telescopes/{telescope_id}/observations',
    'chunks are well formed',
    raw(
      (message) =>
        `${message.slice(0, message.indexOf('\r\n\r\n')).replace(/Content-Length: \d+/, 'Transfer-Encoding: chunked')}\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`,
    ),
    [get(at.observations)],
  ),
  transport(
    'chunk-cut',
    'PUT /telescopes/{telescope_id}',
    'the last chunk comes',
    raw(
      (message) =>
        `${message.slice(0, message.indexOf('\r\n\r\n')).replace(/Content-Length: \d+/, 'Transfer-Encoding: chunked')}\r\n\r\n5\r\n{"id"\r\n`,
    ),
    [
      {
        method: 'PUT',
        path: at.telescope,
        body: {
          kind: 'radio',
          name: 'P',
          code: 'AB-1',
          aperture_m: 1,
          mirror_count: 1,
          site: { latitude: 0, longitude: 0 },
          commissioned_on: '2020-01-01',
        },
      },
    ],
  ),
  transport(
    'no-gzip',
    'GET /health',
    'a gzip body is gzip',
    success((reply) => ({ ...reply, headers: { ...reply.headers, 'Content-Encoding': 'gzip' } })),
    [get('/health')],
  ),
  transport(
    'status-line',
    'GET /telescopes/{telescope_id}/frame',
    'the status line is HTTP',
    raw((message) => message.replace('HTTP/1.1 200', 'HTTP/1.1 2OO')),
    [get(at.frame)],
  ),
  transport(
    'length-short',
    'GET /targets/{target_id}',
    'Content-Length counts all bytes',
    raw((_message, reply) =>
      messageOf(reply, { ...fieldsOf(reply), 'Content-Length': String((bytesOf(reply)?.length ?? 9) - 7), Connection: 'close' }).toString(
        'latin1',
      ),
    ),
    [get(at.star)],
    'body-parses',
  ),
  transport(
    'two-lengths',
    'PATCH /telescopes/{telescope_id}',
    'Content-Length is one number',
    raw((message) => message.replace(/Content-Length: (\d+)/, 'Content-Length: $1\r\nContent-Length: 3')),
    [{ method: 'PATCH', path: at.telescope, body: { active: true } }],
  ),
];
