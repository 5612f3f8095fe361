/** Whether somebody is there. Sends no credentials and reads no bodies. */
import net from 'node:net';

/** Undefined once a TCP connection is accepted, else the error. A bracketed IPv6 host is fine. Milliseconds. */
export function probeTcp(host: string, port: number, timeout: number): Promise<Error | undefined> {
  return new Promise((resolve) => {
    const socket = net.connect({ host: host.replace(/^\[(.*)\]$/, '$1'), port });
    const end = (result: Error | undefined): void => {
      socket.destroy();
      resolve(result);
    };
    socket.setTimeout(timeout, () => {
      end(new Error(`no connection within ${timeout} ms`));
    });
    socket.once('connect', () => {
      end(undefined);
    });
    socket.once('error', (error) => {
      end(withMessage(error));
    });
  });
}

/** Undefined once the URL answers 2xx or 3xx, else the error. Certificates are not checked: this asks whether it is up, not whether it is trusted. Milliseconds. */
export async function probeHttp(url: URL, timeout: number): Promise<Error | undefined> {
  // as a static import it would load the platform's fetch too, in programs that never probe
  const { get } = await (url.protocol === 'https:' ? import('node:https') : import('node:http'));
  return new Promise((resolve) => {
    const request = get(url, { timeout, agent: false, rejectUnauthorized: false }, (response) => {
      const status = response.statusCode ?? 0;
      response.destroy();
      resolve(status >= 200 && status < 400 ? undefined : new Error(`status ${status}`));
    });
    request.once('timeout', () => request.destroy(new Error(`no answer within ${timeout} ms`)));
    request.once('error', (error) => {
      resolve(withMessage(error));
    });
  });
}

/** Where several addresses were tried, the error itself says nothing. */
function withMessage(error: Error): Error {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : undefined;
  return first instanceof Error ? first : error;
}
