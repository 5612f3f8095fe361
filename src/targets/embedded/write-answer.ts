/** Puts an answer on the wire, whole or with the connection's faults. */
import type { ServerResponse } from 'node:http';
import type { Answer } from './answer.ts';

/** The ways in which a connection can fail an answer. */
export type Delivery = 'whole' | 'cut-short' | 'endless-body';

/** Sends the answer. */
export function writeAnswer(response: ServerResponse, answer: Answer, delivery: Delivery): void {
  const headers = answer.headers.flat();
  const body = answer.body ?? new Uint8Array();
  if (delivery === 'endless-body' && body.length > 0) return pourEndlessly(response, answer.status, headers);
  const isEmpty = answer.body === undefined;
  const isBodiless = answer.status === 204 || answer.status === 304;
  response.writeHead(answer.status, isBodiless ? headers : [...headers, 'content-length', String(body.length)]);
  if (delivery === 'cut-short' && body.length > 1) {
    // the header section announces more than comes
    response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
    return;
  }
  if (isEmpty || isBodiless) response.end();
  else response.end(body);
}

function pourEndlessly(response: ServerResponse, status: number, headers: readonly string[]): void {
  response.writeHead(status, [...headers]);
  const chunk = Buffer.alloc(64 * 1024, ' ');
  const pour = (): void => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on('drain', pour);
  pour();
}
