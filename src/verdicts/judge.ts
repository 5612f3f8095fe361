/** The judge: one exchange in, one verdict out. Pure, and the same for whoever made the exchange. */
import type { Case } from '../cases/case.ts';
import { answerOf } from '../requests/answer.ts';
import { holdsMark } from '../requests/redact.ts';
import type { ParsedMediaType } from '../lib/media-type.ts';
import { pathBelow } from '../lib/path-below.ts';
import type { Exchange, Fault, ReceivedResponse } from '../requests/exchange.ts';
import type { Contract, MediaType, Operation, ResponseObject } from '../spec/contract.ts';
import { writtenPath } from '../spec/last-slash.ts';
import { locate, type Located } from '../spec/locate.ts';
import { operationBase } from '../spec/servers.ts';
import { readContent, type Content } from './content.ts';
import { bodyLost as whyLost, cannotJudge, fail, pass } from './judgements.ts';
import { exchangeChecks } from './registry.ts';
import { declaredMediaType, declaredResponse, receivedType, type Subject } from './subject.ts';
import type { Strictness } from './strictness.ts';
import type { Judgement, Verdict } from './verdict.ts';

/** What an exchange is judged by, beside the contract. */
export interface JudgeOptions {
  /** Where the document's paths begin in exchange URLs. */
  readonly baseUrl: string;
  /** The case that the exchange was made for. */
  readonly case?: Case | undefined;
  readonly scenario?: string | undefined;
  /** Milliseconds; see `response-time`. */
  readonly maxResponseTime?: number | undefined;
  /** See `properties-declared`. */
  readonly strict?: Strictness | undefined;
  /** Only these checks; all where it is left out. */
  readonly checks?: ReadonlySet<string> | undefined;
  /** What became of the case's expectations; asked here where it is left out. */
  readonly expected?: readonly Judgement[] | undefined;
  /** What the exchange's maker already says of it. */
  readonly judgements?: readonly Judgement[] | undefined;
}

/** The verdict on an exchange: its operation and every check's word. Never throws. */
export function judge(contract: Contract, exchange: Exchange, options: JudgeOptions): Verdict {
  const planned = options.case;
  const meant = planned && planned.request.method === undefined ? planned.request.operation : undefined;
  const located = meant ? locateMeant(contract, exchange, meant, options) : locate(contract, exchange.request.url, options.baseUrl);
  const operation = meant ?? operationOf(exchange, located);
  const judgements = judgeExchange(contract, exchange, operation, located, options);
  judgements.push(...(options.judgements ?? []));
  const wanted = options.checks;
  return {
    exchange,
    operation,
    case: planned,
    scenario: options.scenario,
    judgements: wanted ? judgements.filter(({ check }) => wanted.has(check)) : judgements,
  };
}

function judgeExchange(
  contract: Contract,
  exchange: Exchange,
  operation: Operation | undefined,
  located: Located | undefined,
  options: JudgeOptions,
): Judgement[] {
  const { response, fault } = exchange;
  const judgements = fault ? [judgeFault(fault, operation)] : [pass('answer-received')];
  if (!response) return judgements;
  const expected = options.expected ?? judgeExpectations(exchange, options.case);
  // An answer that nobody promised keeps no promise.
  if (!operation) return [...(options.case || fault ? judgements : []), ...judgeUnknown(exchange, located, options), ...expected];
  const declared = declaredResponse(operation, response.status);
  const type = receivedType(response);
  const bodiless = exchange.request.method === 'HEAD' || response.status < 200 || response.status === 204 || response.status === 304;
  const mediaType = declared && declaredMediaType(declared.content, type);
  const media = declared ? mediaType : siblingMediaType(operation, response.status, type);
  let content: Content | undefined;
  const subject: Subject = {
    contract,
    exchange,
    operation,
    response,
    case: options.case,
    declared,
    type,
    mediaType,
    content: () => (content ??= readResponse(contract, response, type, media)),
    media,
    bodiless,
    maxResponseTime: options.maxResponseTime,
    strict: options.strict,
    path: located?.path ?? writtenPath(operation),
  };
  for (const check of exchangeChecks) for (const judgement of check.judge(subject)) judgements.push(unlessStruck(judgement));
  judgements.push(...expected);
  return judgements;
}

function readResponse(
  contract: Contract,
  { body, bodyLost }: ReceivedResponse,
  type: ParsedMediaType | undefined,
  media: MediaType | undefined,
): Content {
  if (bodyLost) return { kind: 'unknown', reason: whyLost };
  return type ? readContent(body, type, { contract, direction: 'response', media: media ?? anyMedia }) : { kind: 'free' };
}

/** Of content that nothing is said about only the format can be judged. */
const anyMedia: MediaType = { type: '*/*', schema: undefined, itemSchema: undefined, pointer: '', examples: [], encoding: {} };

/** The media type that the success nearest to an undeclared one declares. */
function siblingMediaType(operation: Operation, status: number, type: ParsedMediaType | undefined): MediaType | undefined {
  if (status < 200 || status > 299) return undefined;
  const distance = ({ status: other }: ResponseObject): number => (other === '2XX' ? 100 : Math.abs(Number(other) - status));
  const successes = operation.responses.filter(({ status: other }) => other.startsWith('2')).sort((a, b) => distance(a) - distance(b));
  return successes.map(({ content }) => declaredMediaType(content, type)).find((found) => found?.schema ?? found?.itemSchema);
}

/** Keywords that ask what a text is, not whether it is there. */
const ofText = /\/(?:pattern|format|enum|const)(?:\/\d+)?$/;

/** Of a struck credential only the mark is left: what it was nobody can judge. */
function unlessStruck(judgement: Judgement): Judgement {
  const { check, outcome, topic, came = '', promise } = judgement;
  if (outcome !== 'fail' || !ofText.test(topic) || !holdsMark(came)) return judgement;
  return cannotJudge(check, 'a credential stood there, of which only a mark was kept', promise);
}

function locateMeant(contract: Contract, exchange: Exchange, operation: Operation, options: JudgeOptions): Located | undefined {
  const path = pathBelow(exchange.request.url, operationBase(contract, operation, options.baseUrl));
  return path === undefined ? undefined : { path, operations: [operation] };
}

/** HEAD without an operation of its own is judged as its GET. */
function operationOf({ request: { method }, response }: Exchange, located: Located | undefined): Operation | undefined {
  const refused = response?.status === 405 || response?.status === 501;
  const of = (wanted: string): Operation | undefined => located?.operations.find((operation) => operation.method === wanted);
  return of(method) ?? (method === 'HEAD' && !refused ? of('GET') : undefined);
}

function judgeUnknown(exchange: Exchange, located: Located | undefined, options: JudgeOptions): Judgement[] {
  if (options.case) return [];
  const { method } = exchange.request;
  if (located === undefined) return [cannotJudge('path-known', `it is not below ${options.baseUrl}`)];
  const siblings = located.operations.map((operation) => operation.method);
  const reason =
    siblings.length > 0
      ? `the document has no ${method} for this path, only ${siblings.join(', ')}`
      : `the document has no path like ${located.path}`;
  return [cannotJudge('path-known', reason)];
}

function judgeFault(fault: Fault, operation: Operation | undefined): Judgement {
  if (fault.reused || fault.kind === 'refused' || fault.kind === 'unresolved' || fault.kind === 'tls')
    return cannotJudge('answer-received', fault.message);
  return fail('answer-received', fault.kind === 'timeout' ? fault.message : `no whole answer came: ${fault.message}`, {
    topic: `${fault.kind} ${operation?.id ?? ''}`,
    where: 'response',
    came: fault.message,
  });
}

/** What becomes of a case's expectations; nothing where no whole answer came. */
export function judgeExpectations(exchange: Exchange, planned: Case | undefined): Judgement[] {
  if (!planned || !exchange.response || exchange.fault) return [];
  return planned.expectations.flatMap((expectation) => judgeExpectation(expectation, exchange) ?? []);
}

function judgeExpectation(expectation: Case['expectations'][number], exchange: Exchange): Judgement | undefined {
  const { check, confidence, why, promise, topic } = expectation;
  const held = expectation.holds(answerOf(exchange));
  const place = promise === undefined ? undefined : { pointer: promise, text: why };
  if (held.kind === 'kept') return pass(check);
  if (held.kind === 'open') return undefined;
  if (held.kind === 'cannot-judge') return cannotJudge(check, held.reason, place);
  return fail(check, held.message, {
    topic: held.topic ?? topic ?? held.message,
    confidence,
    ...(held.where !== undefined && { where: held.where }),
    ...(held.came !== undefined && { came: held.came }),
    ...(held.flaky !== undefined && { flaky: held.flaky }),
    ...(place && { promise: place }),
  });
}
