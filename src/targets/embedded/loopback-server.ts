/** An HTTP server on 127.0.0.1 that stops at once. */
import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http';
import { HarnessError } from '../../errors.ts';

export interface LoopbackServer {
  readonly server: Server;
  readonly port: number;
  /** Ends open connections and frees the port; safe to call twice. */
  readonly close: () => Promise<void>;
}

/** A server that listens on the port, or on a free one for 0. Throws HarnessError E_TARGET when the port is taken. */
export async function listenOnLoopback(
  listener: RequestListener,
  port: number,
  name: string,
  options: ServerOptions = {},
): Promise<LoopbackServer> {
  const server = createServer({ keepAliveTimeout: 30_000, ...options }, listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      reject(
        new HarnessError('E_TARGET', `${name} cannot listen on 127.0.0.1:${port}: ${cause.code ?? cause.message}`, {
          hint: 'choose another port, or 0 for a free one',
          cause,
        }),
      );
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  let closing: Promise<void> | undefined;
  return {
    server,
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: () =>
      (closing ??= new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      })),
  };
}
