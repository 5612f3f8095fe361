/** What an answer says of why it refuses, in few words. Pure. */
import { isObject, type Json } from '../lib/json.ts';
import { isJsonType } from '../lib/media-type.ts';
import { parsedBody } from '../requests/answer.ts';
import { headerValue, type ReceivedResponse } from '../requests/exchange.ts';

/** Members that hold the reason, the most telling first: those of RFC 9457 and of common frameworks. */
const telling = ['errors', 'detail', 'details', 'message', 'msg', 'error_description', 'reason', 'error', 'title'] as const;
/** Members that name the place that is wrong. */
const placing = ['loc', 'pointer', 'instancePath', 'path', 'field', 'param', 'parameter', 'property', 'name'] as const;
const longest = 120;

/** The status, and what the body says to it: `422: body.url: Field required`; undefined where it says nothing. @see https://www.rfc-editor.org/rfc/rfc9457#section-3.1 */
export function refusalText(response: ReceivedResponse): string | undefined {
  const type = headerValue(response.headers, 'content-type');
  const body = type === undefined || isJsonType(type) ? parsedBody(response) : undefined;
  const said = body?.kind === 'json' ? reasonIn(body.value) : '';
  if (said === '') return undefined;
  const text = `${response.status}: ${said.replaceAll(/\s+/g, ' ')}`;
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

function reasonIn(value: Json): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.slice(0, 2).map(reasonIn).filter(Boolean).join('; ');
  if (!isObject(value)) return '';
  const place = placing.map((name) => placeIn(value[name])).find(Boolean) ?? '';
  const reason = telling.map((name) => reasonIn(value[name] ?? null)).find(Boolean) ?? '';
  return [place, reason].filter(Boolean).join(': ');
}

function placeIn(value: Json | undefined): string {
  if (Array.isArray(value)) return value.filter((part) => typeof part === 'string' || typeof part === 'number').join('.');
  return typeof value === 'string' ? value : '';
}
