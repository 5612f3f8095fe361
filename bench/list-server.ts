/** A server in its own process that answers prepared JSON lists as fast as Node can: `/job-scripts` has six items (2 KB), `/job-scripts/600` has so many. Prints its port. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const bodies = new Map<string, Buffer>();

function bodyOf(path: string): Buffer {
  const count = Number(/\d+$/.exec(path)?.[0] ?? 6);
  const items = Array.from({ length: count }, (_, index) => ({
    id: index + 1,
    name: `job script ${index + 1}`,
    owner_email: `owner${index + 1}@example.org`,
    created_at: '2026-11-23T10:00:00.123456Z',
    updated_at: '2026-11-23T11:30:00+01:00',
    is_archived: index % 2 === 0,
    description: 'A script that a person wrote, with a line of text that says what it is for, and some more.',
    tags: ['nightly', 'cpu', 'small'],
  }));
  return Buffer.from(JSON.stringify({ items, total: count, page: 1, size: 50, pages: 1 }));
}

const server = createServer((request, response) => {
  const [path = ''] = (request.url ?? '').split('?');
  let body = bodies.get(path);
  if (body === undefined) bodies.set(path, (body = bodyOf(path)));
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
  response.end(body);
});
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit(0));
