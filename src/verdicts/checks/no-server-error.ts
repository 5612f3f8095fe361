/** No request may crash the server. A declared 501, 502, 503 or 504 is a promise kept; a 500 never is. */
import type { Check } from '../check.ts';
import { fail, pass } from '../judgements.ts';
import { cameLine } from '../subject.ts';

const id = 'no-server-error';

export const noServerError: Check = {
  id,
  title: 'no request is answered with a server error',
  source: 'RFC 9110 section 15.6',
  judge: ({ declared, operation, response, case: planned }) => {
    const { status } = response;
    if (status < 500) return [pass(id)];
    if (status !== 500 && declared && declared.status !== 'default') return [pass(id)];
    const what = planned?.theme ?? planned?.title ?? 'this request';
    return [
      fail(id, `${status} for ${what.startsWith('to ') ? `a request ${what}` : what}`, {
        // what is not implemented is so for every request
        topic: status === 501 ? '501' : `${status} ${planned?.theme ?? operation.id}`,
        where: 'response.status',
        promise: { pointer: `${operation.pointer}/responses`, text: operation.responses.map((other) => other.status).join(', ') },
        came: cameLine(response),
      }),
    ];
  },
};
