/** What a check looks at: an exchange beside what the contract says of it. */
import type { Content } from './content.ts';
import type { Case } from '../cases/case.ts';
import type { Exchange, ReceivedResponse } from '../requests/exchange.ts';
import { headerValue } from '../requests/exchange.ts';
import type { Contract, MediaType, Operation, ResponseObject } from '../spec/contract.ts';
import type { Strictness } from './strictness.ts';
import { isSameType, parseMediaType, type ParsedMediaType } from '../lib/media-type.ts';

/** An exchange that has an answer and belongs to an operation, with the promises that apply to it. */
export interface Subject {
  readonly contract: Contract;
  readonly exchange: Exchange;
  readonly operation: Operation;
  readonly response: ReceivedResponse;
  readonly case: Case | undefined;
  /** The Response Object for the status: exact, then its range, then `default`. */
  readonly declared: ResponseObject | undefined;
  /** The answer's own media type; undefined when there is no Content-Type or it is malformed. */
  readonly type: ParsedMediaType | undefined;
  /** The declared media type that fits it best. */
  readonly mediaType: MediaType | undefined;
  /** The media type that the content is judged by: `mediaType`, or of an undeclared success the nearest declared sibling's. */
  readonly media: MediaType | undefined;
  /** What the content says under its declared media type, or for an undeclared success under the nearest declared sibling's. Read once. */
  readonly content: () => Content;
  /** True where HTTP forbids content: HEAD, 1xx, 204, 304. */
  readonly bodiless: boolean;
  /** Milliseconds within which an answer must have come; undefined for no such promise. */
  readonly maxResponseTime: number | undefined;
  /** How strict the user is about what the document does not say. */
  readonly strict: Strictness | undefined;
  /** Of the request's path below the base URL. */
  readonly path: string;
}

/** From this length on servers refuse header fields and targets by themselves. @see https://www.rfc-editor.org/rfc/rfc9110#section-5.4 */
const longText = 4096;

/** Whether the path was spelled oddly on purpose, or a parameter or header field is longer than many servers read, and the request is refused: it may never have reached the operation. */
export function mayStopBefore({ response, case: planned }: Subject): boolean {
  if (!planned || response.status < 400) return false;
  const { rawPath, headers = [], parameters } = planned.request;
  const isLong = (text: unknown): boolean => typeof text === 'string' && text.length >= longText;
  return rawPath !== undefined || headers.some(([, value]) => isLong(value)) || parameters.some(({ value }) => isLong(value));
}

/** The Response Object that a status falls under. @see https://spec.openapis.org/oas/v3.1.1#responses-object */
export function declaredResponse(operation: Operation, status: number): ResponseObject | undefined {
  const find = (name: string): ResponseObject | undefined => operation.responses.find((response) => response.status === name);
  return find(String(status)) ?? find(`${Math.floor(status / 100)}XX`) ?? find('default');
}

/** The media type that fits best: exact before `type/*` before any. */
export function declaredMediaType(content: readonly MediaType[], type: ParsedMediaType | undefined): MediaType | undefined {
  if (type === undefined) return undefined;
  let best: MediaType | undefined;
  let least = Infinity;
  for (const candidate of content) {
    const parsed = parseMediaType(candidate.type);
    if (parsed === undefined || !isSameType(parsed, type)) continue;
    const rank = (parsed.type === '*' ? 2 : 0) + (parsed.subtype === '*' ? 1 : 0);
    if (rank < least) [best, least] = [candidate, rank];
  }
  return best;
}

/** The answer's media type as its Content-Type says. */
export function receivedType(response: ReceivedResponse): ParsedMediaType | undefined {
  const value = headerValue(response.headers, 'content-type');
  return value === undefined ? undefined : parseMediaType(value);
}

/** What came, in one short line. */
export function cameLine(response: ReceivedResponse): string {
  const type = headerValue(response.headers, 'content-type');
  const text = response.body.length > 0 ? new TextDecoder().decode(response.body.subarray(0, 400)).replaceAll(/\s+/g, ' ') : '';
  const shown = text.length > 160 ? `${text.slice(0, 159)}…` : text;
  return [String(response.status), type, shown].filter((part) => part !== undefined && part !== '').join(' ');
}
