/** Who is refused for his credentials must be told which would do. Only likely: many frameworks leave it out, and few clients miss it. */
import { headerValue } from '../../requests/exchange.ts';
import type { Check } from '../check.ts';
import { fail, pass } from '../judgements.ts';
import { cameLine } from '../subject.ts';

const id = 'challenge-sent';

export const challengeSent: Check = {
  id,
  title: 'a 401 says in `WWW-Authenticate` which credentials it wants',
  source: 'RFC 9110 sections 11.6.1, 15.5.2',
  judge: ({ response }) => {
    if (response.status !== 401) return [];
    if ((headerValue(response.headers, 'www-authenticate') ?? '').trim() !== '') return [pass(id)];
    const details = { topic: '401', where: 'response.headers.www-authenticate', came: cameLine(response), confidence: 'likely' } as const;
    return [fail(id, '401 came without `WWW-Authenticate`', details)];
  },
};
