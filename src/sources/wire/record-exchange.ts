/** Turns what was recorded on the wire into an exchange: content decoded, faults named. Strikes no secret: whoever keeps the exchange must. */
import { decodeContent } from '../../requests/decode-content.ts';
import { headerValue, type Exchange, type Fault, type SourceKind } from '../../requests/exchange.ts';
import { faultOf } from '../../requests/faults.ts';
import type { WireRecord } from './record-request.ts';

/** Most bytes of a body once decoded. */
const mostBytes = 256 * 1024 * 1024;

export interface ExchangeLabels {
  readonly id: string;
  readonly source: SourceKind;
  readonly title: string;
  /** Label of the identity whose credentials went along. */
  readonly identity: string | undefined;
  /** Where the request went, as the target is known: `http://host:port`. */
  readonly origin: string;
}

/** The exchange of a record, raw. `cause` is why it failed, where that is known better than the client's own error tells. */
export function recordExchange(record: WireRecord, labels: ExchangeLabels, cause?: Error): Exchange {
  const { response } = record;
  const { id, source, title, identity, origin } = labels;
  const codings = response && response.body.length > 0 && !response.cut ? headerValue(response.headers, 'content-encoding') : undefined;
  const decoded = response && codings !== undefined ? decodeContent(response.body, codings, mostBytes, response.complete) : undefined;
  const error = cause ?? record.error;
  return {
    id,
    source,
    title,
    identity,
    request: {
      method: record.method,
      url: `${origin}${record.path.startsWith('/') ? '' : '/'}${record.path}`,
      headers: record.requestHeaders,
      body: record.requestBody,
      ...(record.requestCut && { bodyLost: true }),
    },
    response: response && {
      status: response.status,
      headers: response.headers,
      body: decoded?.bytes ?? response.body,
      ...(response.cut && { bodyLost: true }),
    },
    fault: (error === undefined ? cutShort(record) : faultOf(error, response !== undefined)) ?? decoded?.fault,
    timing: { startedAt: record.startedAt, headers: record.headersAfter, total: record.endedAfter },
  };
}

function cutShort(record: WireRecord): Fault | undefined {
  if (record.response === undefined) return { kind: 'reset', message: 'the connection was closed before an answer came' };
  if (record.response.complete) return undefined;
  return { kind: 'cut-short', message: 'the connection was closed before the whole body came' };
}
