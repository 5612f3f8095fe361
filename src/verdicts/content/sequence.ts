/** Splits content that is a sequence of items: JSON lines, JSON text sequences, server-sent events. */
import type { ExactNumbers } from '../../lib/json-text.ts';
import type { Json } from '../../lib/json.ts';
import type { ParsedMediaType } from '../../lib/media-type.ts';
import { parseBytes } from '../../requests/answer.ts';

type Items =
  | { readonly values: readonly { readonly value: Json; readonly numbers: ExactNumbers }[]; readonly isText: boolean }
  | { readonly reason: string };

/** The splitter of a sequential media type; undefined for any other. @see https://spec.openapis.org/oas/v3.2.0#sequential-media-types */
export function sequenceOf({ type, subtype }: ParsedMediaType): ((bytes: Uint8Array) => Items) | undefined {
  if (/^(?:x-)?(?:ndjson|jsonl|jsonlines|json-lines)$/.test(subtype))
    return (bytes) => jsonItems(Buffer.from(bytes).toString('utf8').split('\n'), 'line');
  if (subtype === 'json-seq' || subtype.endsWith('+json-seq'))
    return (bytes) => jsonItems(Buffer.from(bytes).toString('utf8').split('\u001e'), 'record');
  if (type === 'text' && subtype === 'event-stream') return serverSentEvents;
  return undefined;
}

function jsonItems(texts: readonly string[], noun: string): Items {
  const values: { readonly value: Json; readonly numbers: ExactNumbers }[] = [];
  for (const [index, text] of texts.entries()) {
    if (text.trim() === '') continue;
    const parsed = parseBytes(new TextEncoder().encode(text));
    if (parsed.kind !== 'json') return { reason: `has a ${noun} (${index + 1}) that is no JSON` };
    values.push({ value: parsed.value, numbers: parsed.details.numbers });
  }
  return { values, isText: false };
}

/** Each event as an object of its fields, all of them texts. @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation */
function serverSentEvents(bytes: Uint8Array): Items {
  const text = new TextDecoder().decode(bytes);
  const values = text.split(/(?:\r\n|\r|\n){2}/).flatMap((block) => {
    const event: Record<string, string> = {};
    for (const line of block.split(/\r\n|\r|\n/)) {
      const [, field = '', value = ''] = /^([^:]+)(?:: ?(.*))?$/s.exec(line) ?? [];
      if (!['event', 'data', 'id', 'retry'].includes(field)) continue;
      event[field] = field === 'data' && event['data'] !== undefined ? `${event['data']}\n${value}` : value;
    }
    // an event without data is not dispatched
    return event['data'] === undefined ? [] : [{ value: event, numbers: new Map<string, string>() }];
  });
  return { values, isText: true };
}
