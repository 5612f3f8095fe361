/** A request as it arrived, and its bodies as values. Judges nothing. */
import { isUtf8 } from 'node:buffer';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Json, JsonObject } from '../../lib/json.ts';
import { isJson, parseMediaType } from '../../lib/media-type.ts';
import type { Located } from '../../spec/locate.ts';

/** `path` is undecoded. */
export interface Incoming extends Located {
  readonly method: string;
  /** The request target as it came. */
  readonly target: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Uint8Array;
}

export interface UploadedFile {
  readonly field: string;
  readonly name: string | undefined;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** A body as a value: forms as objects of texts, with their files apart. */
export type ReadBody =
  | { readonly kind: 'read'; readonly value: Json; readonly files: readonly UploadedFile[]; readonly isForm: boolean }
  | { readonly kind: 'absent' }
  /** `text` where it is text at all, but not of its type. */
  | { readonly kind: 'malformed'; readonly reason: string; readonly text: string | undefined };

const bodyLimit = 64 * 1024 * 1024;

/** The request's body, or undefined when it is larger than 64 MiB. */
export async function collectBody(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyLimit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The body as the media type says it is to be read. */
export async function readBody(contentType: string | undefined, body: Uint8Array): Promise<ReadBody> {
  const type = contentType === undefined ? undefined : parseMediaType(contentType);
  if (body.length === 0 && type?.type !== 'multipart') return { kind: 'absent' };
  if (type === undefined || isJson(type)) return readJson(body);
  const essence = `${type.type}/${type.subtype}`;
  if (essence === 'application/x-www-form-urlencoded') {
    return { kind: 'read', value: formValue([...new URLSearchParams(Buffer.from(body).toString())]), files: [], isForm: true };
  }
  if (essence === 'multipart/form-data') return readMultipart(contentType ?? '', body);
  const isText = type.type === 'text' || type.subtype.endsWith('xml');
  return {
    kind: 'read',
    value: Buffer.from(body).toString(isText ? 'utf8' : 'latin1'),
    files: [{ field: '', name: undefined, type: essence, bytes: body }],
    isForm: false,
  };
}

function readJson(body: Uint8Array): ReadBody {
  if (!isUtf8(body)) return { kind: 'malformed', reason: 'it is not UTF-8', text: undefined };
  const text = Buffer.from(body).toString();
  try {
    const value = JSON.parse(text) as Json;
    if (isDeeper(value, deepest)) return { kind: 'malformed', reason: `it is nested more than ${deepest} levels deep`, text: undefined };
    return { kind: 'read', value, files: [], isForm: false };
  } catch (error) {
    return { kind: 'malformed', reason: error instanceof Error ? error.message : 'not JSON', text };
  }
}

/** Deeper values are nobody's data, and would be too much for what walks through them. */
const deepest = 500;

function isDeeper(value: Json, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner: Json) => isDeeper(inner, levels - 1));
}

async function readMultipart(contentType: string, body: Uint8Array): Promise<ReadBody> {
  try {
    const form = await new Response(Buffer.from(body), { headers: { 'content-type': contentType } }).formData();
    const files: UploadedFile[] = [];
    const pairs: [string, string][] = [];
    for (const [field, entry] of form) {
      if (typeof entry === 'string') pairs.push([field, entry]);
      else {
        const bytes = new Uint8Array(await entry.arrayBuffer());
        files.push({ field, name: entry.name === '' ? undefined : entry.name, type: entry.type, bytes });
        pairs.push([field, Buffer.from(bytes).toString('latin1')]);
      }
    }
    return { kind: 'read', value: formValue(pairs), files, isForm: true };
  } catch (error) {
    return { kind: 'malformed', reason: error instanceof Error ? error.message : 'not multipart/form-data', text: undefined };
  }
}

/** Fields by name; those that come several times are lists. */
function formValue(pairs: readonly (readonly [string, string])[]): JsonObject {
  return Object.fromEntries(
    Map.groupBy(pairs, ([name]) => name.replace(/\[\]$/, ''))
      .entries()
      .map(([name, group]) => {
        const texts = group.map(([, text]) => text);
        return [name, texts.length === 1 ? (texts[0] ?? '') : texts];
      }),
  );
}
