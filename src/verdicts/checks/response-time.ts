/** The answer must come within the time allowed, where the user names one. */
import type { Check } from '../check.ts';
import { fail, pass } from '../judgements.ts';

const id = 'response-time';

export const responseTime: Check = {
  id,
  title: 'the answer comes within --max-response-time',
  source: 'specproof --max-response-time',
  judge: ({ exchange, maxResponseTime }) => {
    if (maxResponseTime === undefined) return [];
    const took = Math.round(exchange.timing.total);
    if (took <= maxResponseTime) return [pass(id)];
    return [fail(id, `took longer than ${maxResponseTime} ms`, { topic: 'slow', where: 'response', came: `${took} ms` })];
  },
};
