/** Reads content by its media type into what a schema can judge. */
import { isUtf8 } from 'node:buffer';
import type { Confidence } from '../cases/case.ts';
import type { ExactNumbers } from '../lib/json-text.ts';
import { joinPointer } from '../lib/json-pointer.ts';
import { isObject, member, type Json } from '../lib/json.ts';
import { isJson, isJsonType, type ParsedMediaType } from '../lib/media-type.ts';
import { parseBytes } from '../requests/answer.ts';
import type { Contract, Direction, MediaType, SchemaPlace } from '../spec/contract.ts';
import { propertiesOf, typesOf } from '../spec/properties.ts';
import { typedValue } from '../spec/typed-value.ts';
import { readForm } from './content/form.ts';
import { readMultipart } from './content/multipart.ts';
import { sequenceOf } from './content/sequence.ts';
import { readXml } from './content/xml.ts';

/** One thing to judge, and the schema to judge it by. */
export interface ContentPart {
  readonly place: SchemaPlace;
  readonly value: Json;
  readonly numbers: ExactNumbers;
  /** Where it stands in the content: a JSON Pointer, empty for the whole. */
  readonly at: string;
}

export type Content =
  | { readonly kind: 'parts'; readonly parts: readonly ContentPart[] }
  /** A part is not what the encoding or the XML names of its schema promise. */
  | { readonly kind: 'misfit'; readonly pointer: string; readonly at: string; readonly promise: string; readonly came: string }
  /** It is not of the format that its media type names. */
  | { readonly kind: 'broken'; readonly reason: string; readonly confidence?: Confidence }
  /** It cannot be judged, and why. */
  | { readonly kind: 'unknown'; readonly reason: string }
  /** No schema asks anything of it. */
  | { readonly kind: 'free' };

/** What the readers of the single formats know. */
export interface ContentContext {
  readonly contract: Contract;
  readonly direction: Direction;
  readonly media: MediaType;
}

const free: Content = { kind: 'free' };
const noNumbers: ExactNumbers = new Map();
const annotations = new Set(['title', 'description', 'example', 'examples', 'deprecated', 'format', 'contentMediaType', 'contentEncoding']);

/**
 * The parts of some content that the schemas of its media type judge. JSON is parsed, text is a string or a scalar, forms, multipart and XML are read
 * as their schemas say, sequences item by item; bytes have a length only.
 * @see https://spec.openapis.org/oas/v3.2.0#media-type-object
 */
export function readContent(bytes: Uint8Array, type: ParsedMediaType, context: ContentContext): Content {
  const { schema: place, itemSchema } = context.media;
  const split = sequenceOf(type);
  if (split) return readSequence(split(bytes), place, itemSchema, context);
  if (isJson(type)) {
    const parsed = parseBytes(bytes);
    if (parsed.kind === 'empty') return free;
    if (parsed.kind === 'not-json') return { kind: 'broken', reason: parsed.reason };
    return place ? whole(place, parsed.value, parsed.details.numbers) : free;
  }
  const { subtype } = type;
  if (subtype === 'xml' || subtype.endsWith('+xml')) return readXml(bytes, type, place, context);
  if (type.type === 'text') return readText(bytes, type, place, context);
  if (place === undefined) return free;
  if (subtype === 'x-www-form-urlencoded') return readForm(bytes, place, context);
  if (type.type === 'multipart' && subtype === 'form-data') return readMultipart(bytes, type, place, context);
  return readBytes(bytes, type, place, context);
}

/** One part: the whole content. */
export function whole(place: SchemaPlace, value: Json, numbers: ExactNumbers = noNumbers): Content {
  return { kind: 'parts', parts: [{ place, value, numbers, at: '' }] };
}

function readSequence(
  items: ReturnType<NonNullable<ReturnType<typeof sequenceOf>>>,
  place: SchemaPlace | undefined,
  itemSchema: SchemaPlace | undefined,
  { contract, direction }: ContentContext,
): Content {
  if ('reason' in items) return { kind: 'broken', reason: items.reason };
  const each = itemSchema
    ? items.values.map(({ value, numbers }, index) => ({
        place: itemSchema,
        ...(items.isText ? typedValue(contract, itemSchema, value, direction) : { value, numbers }),
        at: `/${index}`,
      }))
    : [];
  const misfit = each.map((part) => contentMisfit(part, contract)).find((found) => found !== undefined);
  if (misfit) return misfit;
  const inner = each.flatMap((part) => innerParts(part, contract));
  const all = place ? [{ place, value: items.values.map(({ value }) => value), numbers: noNumbers, at: '' }] : [];
  return each.length + all.length === 0 ? free : { kind: 'parts', parts: [...each, ...inner, ...all] };
}

/** Members of an item that its schema says are JSON texts, with their schemas. */
function jsonMembers(
  { place, value }: ContentPart,
  contract: Contract,
): { readonly name: string; readonly text: string; readonly place: SchemaPlace }[] {
  return [...propertiesOf(contract, place)].flatMap(([name, property]) => {
    const text = member(value, name);
    const type = member(property.schema, 'contentMediaType');
    return typeof text === 'string' && typeof type === 'string' && isJsonType(type) ? [{ name, text, place: property }] : [];
  });
}

function innerParts(part: ContentPart, contract: Contract): ContentPart[] {
  return jsonMembers(part, contract).flatMap(({ name, text, place }) => {
    const schema = member(place.schema, 'contentSchema');
    const parsed = parseBytes(Buffer.from(text));
    if (schema === undefined || parsed.kind !== 'json') return [];
    const inner = { pointer: joinPointer(place.pointer, 'contentSchema'), schema: schema as SchemaPlace['schema'] };
    return [{ place: inner, value: parsed.value, numbers: parsed.details.numbers, at: joinPointer(part.at, name) }];
  });
}

function contentMisfit(part: ContentPart, contract: Contract): Content | undefined {
  const broken = jsonMembers(part, contract).find(({ text }) => parseBytes(Buffer.from(text)).kind !== 'json');
  if (broken === undefined) return undefined;
  const pointer = joinPointer(broken.place.pointer, 'contentMediaType');
  return { kind: 'misfit', pointer, at: joinPointer(part.at, broken.name), promise: 'must be JSON', came: broken.text.slice(0, 160) };
}

/** The text of bytes in the charset that the type names, UTF-8 where it names none. */
export function textOf(bytes: Uint8Array, type: ParsedMediaType): { readonly text: string } | { readonly content: Content } {
  const charset = type.parameters.get('charset') ?? 'utf-8';
  try {
    return { text: new TextDecoder(charset, { fatal: true }).decode(bytes) };
  } catch (error) {
    if (error instanceof RangeError) return { content: { kind: 'unknown', reason: `text in ${charset} cannot be read` } };
    // without a charset text is US-ASCII or, today, UTF-8: RFC 6657
    const confidence = type.parameters.has('charset') ? 'certain' : 'likely';
    return { content: { kind: 'broken', reason: `is not ${charset.toUpperCase()}`, confidence } };
  }
}

function readText(
  bytes: Uint8Array,
  type: ParsedMediaType,
  place: SchemaPlace | undefined,
  { contract, direction }: ContentContext,
): Content {
  const read = textOf(bytes, type);
  if ('content' in read) return read.content;
  if (place === undefined || asksNothing(contract, place)) return free;
  const types = typesOf(contract, place);
  if (['array', 'object'].some((name) => types.has(name)) && !types.has('string')) return unreadable(type);
  const { value, numbers } = typedValue(contract, place, read.text, direction);
  return whole(place, value, numbers);
}

/** Of bytes a schema can ask the length only. @see https://spec.openapis.org/oas/v3.1.1#working-with-binary-data */
function readBytes(bytes: Uint8Array, type: ParsedMediaType, place: SchemaPlace, { contract }: ContentContext): Content {
  const { schema } = contract.resolve(place);
  if (!isObject(schema) || asksNothing(contract, place)) return free;
  const isBinary = schema['format'] === 'binary' || schema['type'] === undefined;
  const asked = Object.keys(schema).filter((keyword) => !annotations.has(keyword) && keyword !== 'type' && !keyword.startsWith('x-'));
  if (schema['type'] !== undefined && schema['type'] !== 'string') return unreadable(type);
  if (asked.length === 0) return free;
  const isLength = asked.every((keyword) => keyword === 'minLength' || keyword === 'maxLength');
  if (isLength && isBinary) return whole(place, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'));
  return isLength && isUtf8(bytes) ? whole(place, new TextDecoder().decode(bytes)) : unreadable(type);
}

function asksNothing(contract: Contract, place: SchemaPlace): boolean {
  const { schema } = contract.resolve(place);
  return (
    schema === true || (isObject(schema) && Object.keys(schema).every((keyword) => annotations.has(keyword) || keyword.startsWith('x-')))
  );
}

function unreadable({ type, subtype }: ParsedMediaType): Content {
  return { kind: 'unknown', reason: `a body of ${type}/${subtype} cannot be judged by its schema` };
}
