/** An exchange: what was really sent and what really came back. Plain data; it never holds a secret. */

/** Field lines in order, names as they came. */
export type Headers = readonly (readonly [name: string, value: string])[];

/** Who made the exchange. */
export type SourceKind = 'generated' | 'tests' | 'newman' | 'call' | 'har' | 'proxy';

/** What was sent. */
export interface SentRequest {
  readonly method: string;
  /** Absolute, as sent; secrets replaced. */
  readonly url: string;
  readonly headers: Headers;
  readonly body: Uint8Array | undefined;
  /** There was a body, but the recording does not hold it, or not all of it. */
  readonly bodyLost?: true;
}

/** Protocol of an answer. @see https://www.rfc-editor.org/rfc/rfc9110#section-2.5 */
export type HttpProtocol = 'HTTP/1.1' | 'HTTP/2';

/** What came back. */
export interface ReceivedResponse {
  /** Undefined where whoever recorded it did not tell. */
  readonly protocol?: HttpProtocol;
  readonly status: number;
  readonly headers: Headers;
  /** After content decoding; what had come when the connection broke, if it did. */
  readonly body: Uint8Array;
  /** There was a body, but the recording does not hold it, or not all of it. */
  readonly bodyLost?: true;
}

/** How an exchange failed to come to a whole answer. */
export type FaultKind = 'refused' | 'unresolved' | 'tls' | 'reset' | 'timeout' | 'cut-short' | 'too-large' | 'protocol' | 'encoding';

/** What came instead of a whole answer. */
export interface Fault {
  readonly kind: FaultKind;
  /** One line for people, no secret. */
  readonly message: string;
  /** It may be the age of the connection, which had served other requests: nobody's broken promise. */
  readonly reused?: true;
}

/** When it was sent, and how long it took. */
export interface Timing {
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Milliseconds from start to the response's header section; undefined when none came. */
  readonly headers: number | undefined;
  /** Milliseconds from start to the last byte or the fault. */
  readonly total: number;
  /** How often the API had asked to wait before it gave this answer; undefined for never. */
  readonly held?: number;
}

/** One request and what came back: all that is judged, and all that is kept as evidence. Secrets are struck from it. */
export interface Exchange {
  /** Unique in a run. */
  readonly id: string;
  readonly source: SourceKind;
  /** For people: test name, collection item, case title. */
  readonly title: string;
  /** Label of the identity whose credentials went along; undefined for none. */
  readonly identity: string | undefined;
  readonly request: SentRequest;
  /** May stand beside a fault: the part that had come. */
  readonly response: ReceivedResponse | undefined;
  readonly fault: Fault | undefined;
  readonly timing: Timing;
}

/** All values of a header field joined as RFC 9110 section 5.3 says; undefined when absent. */
export function headerValue(headers: Headers, name: string): string | undefined {
  const wanted = name.toLowerCase();
  let joined: string | undefined;
  for (const [field, value] of headers) {
    if (field.length === wanted.length && field.toLowerCase() === wanted) joined = joined === undefined ? value : `${joined}, ${value}`;
  }
  return joined;
}
