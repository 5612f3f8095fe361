/** What the probes of HTTP itself expect of their answers. Pure. */
import type { Operation } from '../../spec/contract.ts';
import { writtenPath } from '../../spec/last-slash.ts';
import type { Answer, Expectation } from '../case.ts';
import { cameOf } from '../expectations.ts';

/** Whether the answer is a success; a redirect is none: it says neither yes nor no to a probe. */
export function isSuccess(answer: Answer): boolean {
  return answer.status !== undefined && answer.status >= 200 && answer.status < 300;
}

/** No server error, for requests that the document has no operation for: the judge's own check does not see them. Those of one `kind` are one finding. 501 is an honest answer to an unknown method. */
export function expectNoCrash(operation: Operation, theme: string, kind: string = theme): Expectation {
  return {
    check: 'no-server-error',
    confidence: 'certain',
    why: `${theme} on ${writtenPath(operation)}`,
    promise: operation.pointer,
    topic: `${kind} ${writtenPath(operation)}`,
    holds: (answer) =>
      (answer.status ?? 0) >= 500 && answer.status !== 501
        ? {
            kind: 'broken',
            message: `${answer.status ?? ''} for ${theme} on ${writtenPath(operation)}`,
            where: 'response.status',
            came: cameOf(answer),
          }
        : { kind: 'kept' },
  };
}

/** The pointer of the path item that an operation stands in. */
export function pathItem(operation: Operation): string {
  return operation.pointer.slice(0, operation.pointer.lastIndexOf('/'));
}
