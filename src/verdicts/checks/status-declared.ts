/** The status must be one that the operation declares. Server errors are told by `no-server-error`. */
import type { Check } from '../check.ts';
import { fail, pass } from '../judgements.ts';
import { cameLine, mayStopBefore } from '../subject.ts';

const id = 'status-declared';

export const statusDeclared: Check = {
  id,
  title: 'the status is one that the operation declares',
  source: 'OpenAPI 3.1.1 Responses Object',
  judge: (subject) => {
    const { declared, operation, response, case: planned, exchange } = subject;
    if (declared) return [pass(id)];
    if (response.status >= 500 || response.status < 200) return [];
    if (mayStopBefore(subject)) return [];
    // nobody promised HEAD where the document has GET alone: `head-agrees` tells that it is refused
    if (response.status >= 400 && exchange.request.method === 'HEAD' && operation.method !== 'HEAD') return [];
    const statuses = operation.responses.map(({ status }) => status).join(', ') || 'none';
    return [
      fail(id, `${response.status} is answered but not declared`, {
        topic: String(response.status),
        where: 'response.status',
        promise: { pointer: `${operation.pointer}/responses`, text: statuses },
        came: cameLine(response),
        // a probe of HTTP itself may be answered by what stands before the API
        confidence: planned?.intent === 'probe' ? 'likely' : 'certain',
      }),
    ];
  },
};
