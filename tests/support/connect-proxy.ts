/** A proxy that knows CONNECT alone, on loopback. Remembers what it was asked. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

export interface ConnectProxy {
  readonly url: string;
  /** `host:port` of each tunnel that was asked for, in order. */
  readonly asked: readonly string[];
  /** Field `Proxy-Authorization` of each. */
  readonly credentials: readonly (string | undefined)[];
  readonly close: () => void;
}

/** Starts it. `refusal` gives the status that it answers instead of a tunnel; every name leads to this machine, to the port asked for or to the one given. */
export async function connectProxy(
  refusal: (headers: IncomingHttpHeaders) => number | undefined = () => undefined,
  port?: number,
): Promise<ConnectProxy> {
  const asked: string[] = [];
  const credentials: (string | undefined)[] = [];
  const sockets = new Set<Duplex>();
  const server = createServer((_request, response) => response.writeHead(405).end());
  server.on('connect', (request, socket) => {
    asked.push(request.url ?? '');
    credentials.push(request.headers['proxy-authorization']);
    sockets.add(socket.on('error', () => undefined));
    const status = refusal(request.headers);
    if (status !== undefined) {
      socket.end(`HTTP/1.1 ${status} No\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    const onward = connect(port ?? Number(request.url?.split(':').at(-1)), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    sockets.add(onward.on('error', () => socket.destroy()));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    credentials,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
