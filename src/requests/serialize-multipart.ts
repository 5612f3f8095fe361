/** Multipart forms as bytes. Pure: boundary and file names follow from the content alone. */
import { joinPointer } from '../lib/json-pointer.ts';
import { isObject, member, type Json, type JsonObject } from '../lib/json.ts';
import type { Contract, MediaType, Schema, SchemaPlace } from '../spec/contract.ts';
import { isJsonType } from '../lib/media-type.ts';
import { asFile, wholeFile } from '../lib/whole-file.ts';
import { encodingType } from './media-type.ts';
import { scalarText } from './serialize-parameter.ts';

/** Follows a schema's `$ref`, as `Contract.resolve` does. */
export type Resolve = Contract['resolve'];

/** A body's bytes and its `Content-Type`. */
export interface SerializedBody {
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

/** A part of a form. */
export interface Part {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly contentType: string | undefined;
  readonly fileName: string | undefined;
}

const encoder = new TextEncoder();

/** The form's bytes and content type with its boundary. @see https://www.rfc-editor.org/rfc/rfc7578 and https://spec.openapis.org/oas/v3.1.1#encoding-multipart-media-types */
export function serializeMultipart(
  contentType: string,
  value: JsonObject,
  declared: MediaType | undefined,
  resolve: Resolve | undefined,
): SerializedBody {
  const parts = formParts(value, declared, resolve);
  const boundary = /;\s*boundary="?([^";]+)/i.exec(contentType)?.[1] ?? boundaryFor(parts);
  const pieces = parts.flatMap((part) => [encoder.encode(partHead(part, boundary)), contentOf(part), encoder.encode('\r\n')]);
  const bytes = Buffer.concat([...pieces, encoder.encode(`--${boundary}--\r\n`)]);
  return { bytes, contentType: /;\s*boundary=/i.test(contentType) ? contentType : `${contentType}; boundary=${boundary}` };
}

/** A file of a type with a signature begins with a whole one. */
function contentOf({ bytes, contentType, fileName }: Part): Uint8Array {
  return fileName === undefined ? bytes : asFile(contentType ?? '', bytes);
}

/** The parts of a form. */
export function formParts(value: JsonObject, declared: MediaType | undefined, resolve: Resolve | undefined): readonly Part[] {
  return Object.entries(value).flatMap(([name, item]) => partsOf(name, item, declared, resolve));
}

/** Null is not sent; an array repeats its name. */
function partsOf(name: string, item: Json, declared: MediaType | undefined, resolve: Resolve | undefined): Part[] {
  if (item === null) return [];
  const schema = declared?.schema === undefined ? undefined : childPlace(declared.schema, ['properties', name], resolve);
  if (Array.isArray(item)) {
    const items = schema === undefined ? undefined : childPlace(schema, ['items'], resolve);
    return item.filter((entry: Json) => entry !== null).map((entry: Json) => partOf(name, entry, items, declared, resolve));
  }
  return [partOf(name, item, schema, declared, resolve)];
}

function partOf(
  name: string,
  item: Json,
  schema: SchemaPlace | undefined,
  declared: MediaType | undefined,
  resolve: Resolve | undefined,
): Part {
  const fileType = schema === undefined ? undefined : binaryType(schema, resolve);
  const asked = encodingType(declared?.encoding ?? {}, name);
  if (typeof item === 'object' || isJsonType(asked ?? '')) {
    return { name, bytes: encoder.encode(JSON.stringify(item)), contentType: asked ?? 'application/json', fileName: undefined };
  }
  const bytes = encoder.encode(scalarText(item));
  if (fileType === undefined && !(asked !== undefined && isFileType(asked)))
    return { name, bytes, contentType: asked, fileName: undefined };
  const contentType = asked ?? fileType ?? 'application/octet-stream';
  return { name, bytes, contentType, fileName: `${name}${extension(contentType)}` };
}

function isFileType(type: string): boolean {
  return /^(?:application\/octet-stream|image\/|audio\/|video\/)/i.test(type);
}

function extension(type: string): string {
  if (isJsonType(type)) return '.json';
  if (wholeFile(type)) return `.${type.slice(type.indexOf('/') + 1).split(';', 1)[0]}`;
  return type.startsWith('text/') ? '.txt' : '.bin';
}

/** Media type of a binary string schema (`format: binary`, or `contentMediaType` without a text encoding), looked for in its alternatives too; undefined for any other. */
function binaryType(place: SchemaPlace, resolve: Resolve | undefined): string | undefined {
  return firstAmong(place, resolve, ({ schema }) => {
    const type = member(schema, 'contentMediaType');
    if (typeof type === 'string' && member(schema, 'contentEncoding') === undefined && !isJsonType(type)) return type;
    return member(schema, 'format') === 'binary' ? 'application/octet-stream' : undefined;
  });
}

/** Where the schema of a property, or of an array's items, stands in a schema or its branches. */
function childPlace(place: SchemaPlace, tokens: readonly string[], resolve: Resolve | undefined): SchemaPlace | undefined {
  return firstAmong(place, resolve, ({ pointer, schema }) => {
    const child = tokens.reduce<Json | undefined>((parent, token) => member(parent, token), schema);
    return child === undefined ? undefined : { pointer: joinPointer(pointer, ...tokens), schema: child as Schema };
  });
}

/** What `look` finds in the schema itself or, depth first, in its branches. */
function firstAmong<Found>(
  place: SchemaPlace,
  resolve: Resolve | undefined,
  look: (place: SchemaPlace) => Found | undefined,
  depth = 0,
): Found | undefined {
  const resolved = resolve?.(place) ?? place;
  const found = look(resolved);
  // Schemas may be circular; nobody nests alternatives this deep.
  if (found !== undefined || depth > 4 || !isObject(resolved.schema)) return found;
  for (const keyword of ['allOf', 'anyOf', 'oneOf']) {
    const branches = member(resolved.schema, keyword);
    if (!Array.isArray(branches)) continue;
    for (const [index, schema] of branches.entries()) {
      const inner = firstAmong(
        { pointer: joinPointer(resolved.pointer, keyword, index), schema: schema as Schema },
        resolve,
        look,
        depth + 1,
      );
      if (inner !== undefined) return inner;
    }
  }
  return undefined;
}

/** The first of a fixed row of boundaries that no part contains. */
function boundaryFor(parts: readonly Part[]): string {
  for (let number = 1; ; number += 1) {
    const boundary = `specproof-part-${number}`;
    if (!parts.some((part) => Buffer.from(part.bytes.buffer, part.bytes.byteOffset, part.bytes.byteLength).includes(boundary)))
      return boundary;
  }
}

/** Names are quoted as browsers do: quotes and line ends percent-encoded. @see https://www.rfc-editor.org/rfc/rfc7578#section-2 */
function partHead({ name, fileName, contentType }: Part, boundary: string): string {
  const disposition = `Content-Disposition: form-data; name="${quoted(name)}"${fileName === undefined ? '' : `; filename="${quoted(fileName)}"`}`;
  return `--${boundary}\r\n${disposition}\r\n${contentType === undefined ? '' : `Content-Type: ${contentType}\r\n`}\r\n`;
}

function quoted(text: string): string {
  return text.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
