/** Parts of a representation. Pure. @see https://www.rfc-editor.org/rfc/rfc9110#section-14 */
import { isSameBytes } from '../../lib/same-bytes.ts';
import { declaresStatus } from '../../spec/declares-status.ts';
import { attempt } from '../steps/attempt.ts';
import type { Answer, Conversation, RequestPlan } from '../case.ts';
import { cameOf } from '../expectations.ts';
import type { Scope } from '../steps/scope.ts';
import { isSuccess } from './expectations.ts';

/** Asks for the second to the fourth byte of what `got` brought, where parts are declared or offered: the whole may come, but a part is that part. */
export function* ranges(scope: Scope, request: RequestPlan, got: Answer): Conversation {
  const { operation } = request;
  const offered = got.headers.get('accept-ranges') === 'bytes' || declaresStatus(operation, '206');
  if (!isSuccess(got) || !offered || got.bytes.length < 5) return;
  const wanted = got.bytes.subarray(1, 4);
  const parameters = request.parameters.filter((one) => one.in !== 'header' || one.name.toLowerCase() !== 'range');
  yield* attempt(
    scope,
    { ...request, parameters, headers: [['Range', 'bytes=1-3']] },
    {
      title: 'Range: bytes=1-3',
      intent: 'probe',
      expectations: [
        {
          check: 'range-respected',
          confidence: 'certain',
          why: '206 tells that the part that was asked for came',
          promise: operation.pointer,
          topic: operation.id,
          holds: (answer) => {
            if (answer.status !== 206 || answer.headers.get('content-type')?.startsWith('multipart/')) return { kind: 'open' };
            const where = 'response.body';
            const same = isSameBytes(answer.bytes, wanted);
            if (!same)
              return {
                kind: 'broken',
                message: `of bytes 1 to 3, ${answer.bytes.length} bytes came${answer.bytes.length === wanted.length ? ', and other ones' : ''}`,
                where,
                came: cameOf({ ...answer, json: undefined }),
              };
            const told = answer.headers.get('content-range');
            return told?.startsWith('bytes 1-3/')
              ? { kind: 'kept' }
              : {
                  kind: 'broken',
                  message: `206 for bytes 1 to 3 came with ${told === undefined ? 'no Content-Range' : `Content-Range ${told}`}`,
                  where: 'response.headers.content-range',
                  came: told ?? '',
                };
          },
        },
      ],
    },
  );
}
