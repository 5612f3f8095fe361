/** Turns answers into bytes. */
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { problem, type Reply } from './reply.ts';

/** The body's bytes; undefined for none. */
export function bytesOf(reply: Reply): Uint8Array | undefined {
  if (reply.body === undefined) return undefined;
  return reply.body instanceof Uint8Array ? reply.body : Buffer.from(JSON.stringify(reply.body));
}

/** Header fields with the ones that every answer has. */
export function fieldsOf(reply: Reply): Record<string, string> {
  const bytes = bytesOf(reply);
  return { 'X-Api-Version': '1', ...reply.headers, ...(bytes && { 'Content-Length': String(bytes.length) }) };
}

/** Sends the answer; for HEAD its header section only. */
export function writeReply(response: ServerResponse, reply: Reply): void {
  response.writeHead(reply.status, fieldsOf(reply));
  response.end(bytesOf(reply));
}

/** The whole message as HTTP/1.1 writes it, for what Node would not send. */
export function messageOf(reply: Reply, fields: Readonly<Record<string, string>> = fieldsOf(reply)): Buffer {
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${reply.status} Answer\r\n${lines.join('')}\r\n`), bytesOf(reply) ?? new Uint8Array()]);
}

/** Answers what Node's parser gave up on, and closes. */
export function writeParserError(
  socket: Socket,
  code: string | undefined,
  packet: Buffer | undefined,
  answerTo: (method: string, path: string) => Reply,
): void {
  // whoever sent this may be gone before the answer is out
  socket.on('error', () => undefined);
  if (!socket.writable) return;
  const [method = '', path = ''] = (packet?.toString('latin1').split('\r\n', 1)[0] ?? '').split(' ');
  const reply =
    code === 'HPE_HEADER_OVERFLOW'
      ? problem(431, 'The header section is too large.')
      : code === 'HPE_INVALID_METHOD' && path.startsWith('/')
        ? answerTo(method, path)
        : problem(400, 'The request is no HTTP.');
  const message = messageOf(reply, { ...fieldsOf(reply), Connection: 'close' });
  socket.end(method === 'HEAD' ? message.subarray(0, message.indexOf('\r\n\r\n') + 4) : message);
}
