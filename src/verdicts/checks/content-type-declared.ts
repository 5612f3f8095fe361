/** Content must say what it is, and be what the response declares. */
import { headerValue } from '../../requests/exchange.ts';
import type { Check } from '../check.ts';
import { cannotJudge, fail, pass } from '../judgements.ts';
import { cameLine, mayStopBefore } from '../subject.ts';

const id = 'content-type-declared';

export const contentTypeDeclared: Check = {
  id,
  title: 'the content has a Content-Type, and one that the response declares',
  source: 'OpenAPI 3.1.1 Response Object `content`; RFC 9110 section 8.3',
  judge: (subject) => {
    const { declared, response, bodiless, mediaType } = subject;
    if (!declared || bodiless || (response.body.length === 0 && !response.bodyLost)) return [];
    if (mayStopBefore(subject)) return [];
    if (mediaType) return [pass(id)];
    const promise = { pointer: `${declared.pointer}/content`, text: declared.content.map(({ type }) => type).join(', ') };
    if (declared.content.length === 0) {
      return response.status < 300 ? [cannotJudge(id, `${declared.status} declares no content, but some came`, promise)] : [];
    }
    const value = headerValue(response.headers, 'content-type');
    const reason = value === undefined ? 'the content has no Content-Type' : `${value.split(';', 1)[0] ?? ''} is not declared`;
    return [
      fail(id, reason, {
        topic: value?.split(';', 1)[0] ?? 'missing',
        where: 'response.headers.content-type',
        promise,
        came: cameLine(response),
      }),
    ];
  },
};
