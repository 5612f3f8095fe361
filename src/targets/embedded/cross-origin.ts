/** What lets a page of another origin use the stand-in, as a front end under development is. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Answer } from './answer.ts';

/**
 * The answer to a preflight: all that it asks for is allowed. Undefined for any other request.
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export function answerPreflight(method: string, { origin, ...headers }: IncomingHttpHeaders): Answer | undefined {
  const wanted = headers['access-control-request-method'];
  if (method !== 'OPTIONS' || origin === undefined || wanted === undefined) return undefined;
  const names = headers['access-control-request-headers'];
  return {
    status: 204,
    headers: [
      ['access-control-allow-methods', wanted],
      ['access-control-allow-headers', names ?? ''],
    ],
    body: undefined,
  };
}

/** The answer as the page at `origin` may read it, with all its header fields; the answer itself where no page asks. */
export function readableBy(origin: string | undefined, answer: Answer): Answer {
  if (origin === undefined) return answer;
  const exposed = [...new Set(answer.headers.map(([name]) => name.toLowerCase()))].join(', ');
  const shared = [
    ['access-control-allow-origin', origin],
    ['access-control-allow-credentials', 'true'],
    ['access-control-expose-headers', exposed],
    ['vary', 'Origin'],
  ] as const;
  return { ...answer, headers: [...answer.headers, ...shared] };
}
