/** Where HTTP forbids content there must be none announced. */
import { headerValue } from '../../requests/exchange.ts';
import type { Check } from '../check.ts';
import { fail, pass } from '../judgements.ts';
import { cameLine } from '../subject.ts';

const id = 'empty-where-required';

export const emptyWhereRequired: Check = {
  id,
  title: '204, 205, 304 and answers to HEAD carry no content',
  source: 'RFC 9110 sections 6.4.1, 8.6, 15.3.5, 15.3.6, 15.4.5',
  judge: ({ response, exchange }) => {
    const { status, body } = response;
    const head = exchange.request.method === 'HEAD';
    if (!head && ![204, 205, 304].includes(status)) return [];
    const announced = Number(headerValue(response.headers, 'content-length') ?? 0);
    if (body.length === 0 && (head || status === 304 || announced === 0)) return [pass(id)];
    return [
      fail(id, `${head ? 'HEAD' : status} came with content`, {
        topic: head ? 'HEAD' : String(status),
        where: 'response.body',
        came: cameLine(response),
      }),
    ];
  },
};
