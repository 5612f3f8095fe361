/** Answers before they are bytes, and the refusals that end a request early. */
import type { Json } from '../../../src/lib/json.ts';
import type { Violation } from './validate.ts';

/** An answer to be. Bytes go out as they are, anything else as JSON. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json | Uint8Array | undefined;
}

/** Thrown to end a request; never leaves the server. */
export class Refusal extends Error {
  readonly reply: Reply;
  constructor(reply: Reply) {
    super(`refused with ${reply.status}`);
    this.reply = reply;
  }
}

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  409: 'Conflict',
  412: 'Precondition Failed',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
};

/** A problem document. RFC 9457. */
export function problem(
  status: number,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
  errors?: readonly Violation[],
): Reply {
  return {
    status,
    headers: { 'Content-Type': 'application/problem+json', ...headers },
    body: {
      type: 'about:blank',
      title: titles[status] ?? 'Problem',
      status,
      detail,
      ...(errors && { errors: errors.slice(0, 50).map(({ pointer, message }) => ({ pointer, message })) }),
    },
  };
}

/** What to throw for a problem. */
export function refuse(status: number, detail: string, headers?: Readonly<Record<string, string>>, errors?: readonly Violation[]): Refusal {
  return new Refusal(problem(status, detail, headers, errors));
}

/** A success with JSON. */
export function answer(status: number, body: Json, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers: { 'Content-Type': 'application/json', ...headers }, body };
}

/** A success without content. */
export function empty(status: number, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers, body: undefined };
}
