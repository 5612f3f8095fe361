/** A server that answers with exactly the bytes it is told to. For tests of the transport alone. */
import { once } from 'node:events';
import net from 'node:net';

export interface RawServer {
  readonly url: string;
  /** What came over each connection, oldest first. */
  readonly received: string[];
  readonly close: () => void;
}

/** `answer` is called for each request (its text up to the end of its header section) with its connection and the number of requests seen on it before. */
export async function rawServer(answer: (socket: net.Socket, request: string, before: number) => void): Promise<RawServer> {
  const received: string[] = [];
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    const index = received.push('') - 1;
    let pending = '';
    let before = 0;
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (bytes) => {
      received[index] += bytes.toString('latin1');
      pending += bytes.toString('latin1');
      for (let end = pending.indexOf('\r\n\r\n'); end !== -1; end = pending.indexOf('\r\n\r\n')) {
        const length = Number(/content-length: (\d+)/i.exec(pending.slice(0, end))?.[1] ?? 0);
        if (pending.length < end + 4 + length) return;
        answer(socket, pending.slice(0, end + 4 + length), before);
        before += 1;
        pending = pending.slice(end + 4 + length);
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
