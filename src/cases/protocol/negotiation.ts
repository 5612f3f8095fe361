/** What `Accept` asks for, and a header section of some size. Pure. */
import { isSameType, parseMediaType, type ParsedMediaType } from '../../lib/media-type.ts';
import type { Operation } from '../../spec/contract.ts';
import { declaresStatus } from '../../spec/declares-status.ts';
import { attempt } from '../steps/attempt.ts';
import type { Answer, Conversation, Expectation, RequestPlan } from '../case.ts';
import { cameOf, isRefusal } from '../expectations.ts';
import type { Scope } from '../steps/scope.ts';
import { isSuccess } from './expectations.ts';
import { isDownload } from '../inference/upload-pairs.ts';

/** Requests for a type that is not there, for ranges that fit what `got` brought, and one with a long header. */
export function* negotiation(scope: Scope, request: RequestPlan, got: Answer): Conversation {
  const { operation } = request;
  const asking = (field: string, value: string): RequestPlan => ({ ...request, headers: [[field, value]] });
  yield* attempt(scope, asking('X-Filler', 'x'.repeat(8192)), {
    title: 'a header of 8,192 characters',
    theme: 'a header of 8,192 characters',
    intent: 'probe',
  });
  const type = parseMediaType(got.headers.get('content-type') ?? '');
  if (!isSuccess(got) || !type || got.bytes.length === 0) return;
  yield* attempt(scope, asking('Accept', 'specproof'), {
    title: 'Accept that is no media type',
    theme: 'a malformed Accept',
    intent: 'probe',
  });
  const other = unknownType(operation, type);
  if (other !== undefined) {
    const expectations = declaresStatus(operation, '406') ? [expectNotAcceptable(operation, other)] : [];
    yield* attempt(scope, asking('Accept', other), {
      title: `Accept: ${other}`,
      theme: 'an Accept that nothing fits',
      intent: 'probe',
      expectations,
    });
  }
  // what was uploaded is there in one type only
  for (const declared of isDownload(scope.planning, operation) ? [] : declaredTypes(operation)) {
    yield* attempt(scope, asking('Accept', declared), {
      title: `Accept: ${declared}`,
      theme: 'a declared type in Accept',
      intent: 'probe',
      expectations: [expectChosen(operation, declared)],
    });
  }
  for (const range of [`${type.type}/*`, '*/*']) {
    yield* attempt(scope, asking('Accept', range), {
      title: `Accept: ${range}`,
      theme: 'a range in Accept',
      intent: 'probe',
      expectations: [expectServed(operation, range, 'certain'), expectServed(operation, range, 'likely')],
    });
  }
}

/** The media types that the success is declared in, where there are several to choose from. */
function declaredTypes(operation: Operation): string[] {
  const success = operation.responses.find(({ status }) => status.startsWith('2'));
  const types = (success?.content ?? []).map(({ type }) => type).filter((type) => !type.includes('*'));
  return types.length > 1 ? types : [];
}

/** Types of messages and pages for people, which an operation may declare for another occasion than its data. */
const forPeople = /^text\/(?:plain|html)\b/i;

/** What is declared is served when nothing else is asked for. */
function expectChosen(operation: Operation, asked: string): Expectation {
  return {
    check: 'accept-respected',
    confidence: forPeople.test(asked) ? 'likely' : 'certain',
    why: `the document declares ${asked}`,
    promise: operation.pointer,
    topic: `Accept ${asked}`,
    holds: (answer) => {
      const [came, wanted] = [parseMediaType(answer.headers.get('content-type') ?? ''), parseMediaType(asked)];
      if (answer.status !== 406 && !isSuccess(answer)) return { kind: 'open' };
      if (answer.status !== 406 && (answer.bytes.length === 0 || (came && wanted && isSameType(wanted, came)))) return { kind: 'kept' };
      return {
        kind: 'broken',
        message: `Accept is the declared ${asked}, and ${answer.status === 406 ? '406' : (answer.headers.get('content-type') ?? 'content without a type')} came`,
        where: 'response.headers.content-type',
        came: cameOf(answer),
      };
    },
  };
}

/** A media type that no declared success has. */
function unknownType(operation: Operation, got: ParsedMediaType): string | undefined {
  const declared = operation.responses
    .filter(({ status }) => !/^[45]/.test(status))
    .flatMap(({ content }) => content.flatMap(({ type }) => parseMediaType(type) ?? []));
  return ['image/gif', 'text/csv', 'application/x-specproof'].find((name) => {
    const type = parseMediaType(name);
    return type !== undefined && [got, ...declared].every((one) => !isSameType(one, type));
  });
}

/** Without a declared 406 the server may serve what it has. @see https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1 */
function expectNotAcceptable(operation: Operation, asked: string): Expectation {
  return {
    check: 'accept-respected',
    confidence: 'certain',
    why: `the operation declares 406, and nothing it declares is ${asked}`,
    promise: `${operation.pointer}/responses/406`,
    topic: '406 for what is not acceptable',
    holds: (answer) => {
      if (!isSuccess(answer) || answer.bytes.length === 0) return { kind: answer.status === 406 ? 'kept' : 'open' };
      const [came, wanted] = [answer.headers.get('content-type') ?? '', parseMediaType(asked)].map((type) =>
        typeof type === 'string' ? parseMediaType(type) : type,
      );
      if (came && wanted && isSameType(wanted, came)) return { kind: 'kept' };
      return {
        kind: 'broken',
        message: `Accept is ${asked}, and ${answer.headers.get('content-type') ?? 'content without a type'} came instead of the declared 406`,
        where: 'response.status',
        came: cameOf(answer),
      };
    },
  };
}

/** 406 alone is certainly about the field; another refusal may be about what another representation needs: a query, where a page for people needs none. */
function expectServed(operation: Operation, range: string, confidence: 'certain' | 'likely'): Expectation {
  return {
    check: 'accept-respected',
    confidence,
    why: `what was just served falls under ${range}`,
    promise: operation.pointer,
    topic: range === '*/*' ? '*/*' : 'type/*',
    holds: (answer) => {
      if (isSuccess(answer)) return { kind: 'kept' };
      if (!isRefusal(answer) || (answer.status === 406) !== (confidence === 'certain')) return { kind: 'open' };
      return {
        kind: 'broken',
        message: `Accept: ${range} is refused with ${answer.status ?? ''}`,
        where: 'response.status',
        came: cameOf(answer),
      };
    },
  };
}
