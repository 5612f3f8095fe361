/** Multipart forms with files, as bytes. RFC 7578. Reads the bytes of `File`s; sends nothing. */
import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import type { BodyValue } from '../../cases/case.ts';
import type { FilePart } from './client-types.ts';

interface Part {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly fileName?: string;
  readonly type?: string;
}

/** The form as a body: texts and numbers as they are, files with their names, objects as JSON, lists as repeated parts; null and undefined are left out. */
export async function encodeForm(mediaType: string, form: Readonly<Record<string, unknown>>): Promise<BodyValue> {
  const parts = (await Promise.all(Object.entries(form).map(([name, value]) => partsOf(name, value)))).flat();
  const boundary = `specproof-${randomUUID()}`;
  const pieces = parts.flatMap((part) => [Buffer.from(head(part, boundary)), part.bytes, Buffer.from('\r\n')]);
  return { mediaType: `${mediaType}; boundary=${boundary}`, raw: Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]) };
}

async function partsOf(name: string, value: unknown): Promise<Part[]> {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return (await Promise.all(value.map((item: unknown) => partsOf(name, item)))).flat();
  if (value instanceof File) {
    return [{ name, bytes: await value.bytes(), fileName: value.name, type: value.type === '' ? 'application/octet-stream' : value.type }];
  }
  if (value instanceof Uint8Array) return [{ name, bytes: value, fileName: name, type: 'application/octet-stream' }];
  if (isFilePart(value)) return [{ name, bytes: value.bytes, fileName: value.fileName, type: value.type ?? 'application/octet-stream' }];
  if (typeof value === 'object') return [{ name, bytes: Buffer.from(JSON.stringify(value)), type: 'application/json' }];
  return [{ name, bytes: Buffer.from(String(value as string | number | boolean)) }];
}

function isFilePart(value: unknown): value is FilePart {
  return typeof value === 'object' && value !== null && 'bytes' in value && value.bytes instanceof Uint8Array && 'fileName' in value;
}

function head({ name, fileName, type }: Part, boundary: string): string {
  const file = fileName === undefined ? '' : `; filename="${quoted(fileName)}"`;
  return `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"${file}\r\n${type === undefined ? '' : `Content-Type: ${type}\r\n`}\r\n`;
}

/** RFC 7578 section 2 with the escapes of the HTML standard's multipart encoding. */
function quoted(text: string): string {
  return text.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** The bytes as text where they are UTF-8. */
export function textOf(bytes: Uint8Array): string | undefined {
  return isUtf8(bytes) ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8') : undefined;
}
