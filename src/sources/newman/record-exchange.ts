/** Turns what was recorded on the wire into an exchange: content decoded, faults named, secrets struck. */
import { decodeContent } from '../../requests/decode-content.ts';
import { headerValue, type Exchange, type Fault } from '../../requests/exchange.ts';
import { faultOf } from '../../requests/faults.ts';
import type { Redactor } from '../../requests/redact.ts';
import type { WireRecord } from './watch-requests.ts';

/** Most bytes of a body once decoded. */
const mostBytes = 256 * 1024 * 1024;

export interface ExchangeLabels {
  readonly id: string;
  readonly title: string;
  /** Label of the identity whose credentials went along. */
  readonly identity: string | undefined;
  /** Where the request went, as the target is known: `http://host:port`. */
  readonly origin: string;
}

/** The exchange of a record. `cause` is why it failed, where that is known better than the client's own error tells. */
export function recordExchange(record: WireRecord, labels: ExchangeLabels, redactor: Redactor, cause: Error | undefined): Exchange {
  const { response } = record;
  const codings = response && response.body.length > 0 ? headerValue(response.headers, 'content-encoding') : undefined;
  const decoded = response && codings !== undefined ? decodeContent(response.body, codings, mostBytes, response.complete) : undefined;
  const error = cause ?? record.error;
  const fault = error === undefined ? cutShort(record) : faultOf(error, response !== undefined);
  return {
    id: labels.id,
    source: 'newman',
    title: labels.title,
    identity: labels.identity,
    request: {
      method: record.method,
      url: redactor.text(labels.origin + record.path),
      headers: redactor.headers(record.requestHeaders),
      body: record.requestBody && redactor.bytes(record.requestBody),
    },
    response: response && {
      status: response.status,
      headers: redactor.headers(response.headers),
      body: redactor.bytes(decoded?.bytes ?? response.body),
    },
    fault: fault ? { ...fault, message: redactor.text(fault.message) } : decoded?.fault,
    timing: { startedAt: record.startedAt, headers: record.headersAfter, total: record.endedAfter },
  };
}

function cutShort(record: WireRecord): Fault | undefined {
  if (record.response === undefined) return { kind: 'reset', message: 'the connection was closed before an answer came' };
  if (record.response.complete) return undefined;
  return { kind: 'cut-short', message: 'the connection was closed before the whole body came' };
}
