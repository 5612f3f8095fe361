/** Reads `multipart/form-data` content, each part by its own media type. */
import { joinPointer } from '../../lib/json-pointer.ts';
import { member, type Json } from '../../lib/json.ts';
import { isJson, isSameType, parseMediaType, type ParsedMediaType } from '../../lib/media-type.ts';
import { parseBytes } from '../../requests/answer.ts';
import type { SchemaPlace } from '../../spec/contract.ts';
import { itemsOf, propertiesOf, typesOf } from '../../spec/properties.ts';
import { typedValue } from '../../spec/typed-value.ts';
import type { Content, ContentContext } from '../content.ts';

interface Part {
  readonly name: string;
  readonly type: string | undefined;
  readonly bytes: Buffer;
}

/** The form as the object that the schema describes: files are their bytes, whose text no schema asks for. @see https://www.rfc-editor.org/rfc/rfc7578 */
export function readMultipart(bytes: Uint8Array, type: ParsedMediaType, place: SchemaPlace, context: ContentContext): Content {
  const parts = partsOf(Buffer.from(bytes), type.parameters.get('boundary') ?? '');
  if (parts === undefined) return { kind: 'broken', reason: 'has no parts between its boundaries' };
  const { contract, direction, media } = context;
  const properties = propertiesOf(contract, place);
  const value: Record<string, Json> = Object.create(null);
  for (const part of parts) {
    const wanted = member(member(media.encoding, part.name), 'contentType');
    if (typeof wanted === 'string' && part.type !== undefined && !isAmong(part.type, wanted)) {
      const pointer = joinPointer(media.pointer, 'encoding', part.name, 'contentType');
      return { kind: 'misfit', pointer, at: joinPointer('', part.name), promise: `must be ${wanted}`, came: part.type };
    }
    const property = properties.get(part.name);
    const isList = property !== undefined && typesOf(contract, property).has('array');
    const item = property && isList ? itemsOf(contract, property) : property;
    const read = readPart(part, item, context);
    if (typeof read === 'object' && read !== null && 'broken' in read) return { kind: 'broken', reason: `holds no JSON in ${part.name}` };
    const one = item === undefined || typeof read.value !== 'string' ? read.value : typedValue(contract, item, read.value, direction).value;
    const before = value[part.name];
    if (isList) value[part.name] = [...(Array.isArray(before) ? before : []), one];
    else value[part.name] = one;
  }
  return { kind: 'parts', parts: [{ place, value, numbers: new Map(), at: '' }] };
}

function readPart(
  { bytes, type }: Part,
  property: SchemaPlace | undefined,
  { contract }: ContentContext,
): { readonly value: Json } | { readonly broken: true } {
  const parsed = parseMediaType(type ?? '');
  const types = property === undefined ? new Set<string>() : typesOf(contract, property);
  const isObjectOnly = types.has('object') && !types.has('string');
  if ((parsed && isJson(parsed)) || (parsed === undefined && isObjectOnly)) {
    const json = parseBytes(bytes);
    return json.kind === 'json' ? { value: json.value } : { broken: true };
  }
  return { value: bytes.toString(parsed === undefined || parsed.type === 'text' ? 'utf8' : 'latin1') };
}

function isAmong(type: string, wanted: string): boolean {
  const parsed = parseMediaType(type);
  return wanted.split(',').some((one) => {
    const range = parseMediaType(one);
    return parsed !== undefined && range !== undefined && isSameType(range, parsed);
  });
}

function partsOf(bytes: Buffer, boundary: string): readonly Part[] | undefined {
  const delimiter = `--${boundary}`;
  const start = bytes.indexOf(delimiter);
  if (boundary === '' || start < 0) return undefined;
  const parts: Part[] = [];
  for (let at = start; ;) {
    const begin = at + delimiter.length;
    if (bytes.toString('latin1', begin, begin + 2) === '--') return parts;
    const next = bytes.indexOf(`\r\n${delimiter}`, begin);
    const headEnd = bytes.indexOf('\r\n\r\n', begin);
    if (next < 0 || headEnd < 0) return undefined;
    const head = bytes.toString('utf8', begin, Math.min(headEnd, next));
    const name = /^content-disposition:.*?[;\s]name="?([^";\r\n]*)/im.exec(head)?.[1];
    const type = /^content-type:\s*([^\r\n]+)/im.exec(head)?.[1];
    if (name !== undefined) parts.push({ name, type, bytes: bytes.subarray(Math.min(headEnd + 4, next), next) });
    at = next + 2;
  }
}
