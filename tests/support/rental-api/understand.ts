/** Reads a request by the document: parameters and body as values, or what it breaks. */
import type { IncomingHttpHeaders } from 'node:http';
import { isObject, type Json, type JsonObject } from '../../../src/lib/json.ts';
import { isSameType, parseMediaType } from '../../../src/lib/media-type.ts';
import type { Contract, MediaType, Operation, Parameter, SchemaPlace } from '../../../src/spec/contract.ts';
import { pathValues } from '../../../src/spec/path-values.ts';
import { propertiesOf } from '../../../src/spec/properties.ts';
import { readText } from '../../../src/spec/read-text.ts';

export interface Arrived {
  readonly method: string;
  /** Below the base path, as sent. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Uint8Array;
}

export interface Understood {
  readonly path: Readonly<Record<string, Json>>;
  readonly query: Readonly<Record<string, Json>>;
  readonly body: JsonObject;
  /** A file of a form. */
  readonly file: Uint8Array | undefined;
}

/** Names of the promises that are not kept in a request: `pageSize`, `body/brand`, `body` … */
export interface Complaints {
  readonly status: number;
  readonly fields: readonly string[];
}

/** The request as values, or what is wrong with it; `passes` lets single complaints through. */
export async function understand(
  contract: Contract,
  operation: Operation,
  arrived: Arrived,
  passes: (complaint: string) => boolean,
): Promise<Understood | Complaints> {
  const complaints: string[] = [];
  const values: Record<'path' | 'query' | 'header', Record<string, Json>> = { path: {}, query: {}, header: {} };
  const path = pathValues(operation.path, arrived.path);
  for (const parameter of operation.parameters) {
    const texts =
      parameter.in === 'path'
        ? [path.get(parameter.name) ?? '']
        : parameter.in === 'query'
          ? arrived.query.getAll(parameter.name)
          : [arrived.headers[parameter.name.toLowerCase()] ?? []].flat();
    if (texts.length === 0 || !parameter.schema) continue;
    const value = valueOf(contract, parameter, texts);
    complaints.push(...broken(contract, parameter.schema, value).map((at) => `${parameter.name}${at}`));
    values[parameter.in as 'path' | 'query' | 'header'][parameter.name] = value;
  }
  const taken = await bodyOf(contract, operation, arrived, passes);
  if ('status' in taken) return taken;
  const left = [...complaints, ...taken.complaints].filter((complaint) => !passes(complaint));
  return left.length > 0 ? { status: 400, fields: left } : { ...values, body: taken.body, file: taken.file };
}

function valueOf(contract: Contract, parameter: Parameter, texts: readonly string[]): Json {
  const { schema } = parameter.schema ? contract.resolve(parameter.schema) : { schema: {} };
  if (!isObject(schema) || schema['type'] !== 'array') return texts.length > 1 ? [...texts] : readText(texts[0] ?? '', schema);
  return parameter.explode ? [...texts] : (texts[0] ?? '').split(',');
}

/** Instance pointer and keyword of what a value breaks. */
function broken(contract: Contract, place: SchemaPlace, value: Json): string[] {
  const validity = contract.validators.validate(place, value, 'request');
  return validity.kind === 'invalid' ? validity.violations.map(({ instance, keyword }) => `${instance} ${keyword}`) : [];
}

interface Taken extends Pick<Understood, 'body' | 'file'> {
  readonly complaints: readonly string[];
}

async function bodyOf(
  contract: Contract,
  { requestBody }: Operation,
  { headers, bytes }: Arrived,
  passes: (complaint: string) => boolean,
): Promise<Taken | Complaints> {
  if (!requestBody) return { body: {}, file: undefined, complaints: [] };
  const sent = parseMediaType(headers['content-type'] ?? '');
  const media =
    requestBody.content.find(({ type }) => sent && isSameType(parseMediaType(type) ?? sent, { ...sent, parameters: new Map() })) ??
    (passes('media-type') ? requestBody.content[0] : undefined);
  if (!media?.schema) return bytes.length === 0 ? { status: 400, fields: ['body'] } : { status: 415, fields: ['body'] };
  const read = await parse(contract, media, headers['content-type'] ?? '', bytes);
  if (!read) return { status: 400, fields: ['body'] };
  const complaints = broken(contract, media.schema, read.value).map((at) => `body${at}`);
  return { body: isObject(read.value) ? read.value : {}, file: read.file, complaints };
}

async function parse(
  contract: Contract,
  media: MediaType,
  contentType: string,
  bytes: Uint8Array,
): Promise<{ readonly value: Json; readonly file: Uint8Array | undefined } | undefined> {
  try {
    if (media.type.endsWith('json'))
      return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Json, file: undefined };
    if (media.type.startsWith('text/')) return { value: new TextDecoder('utf-8', { fatal: true }).decode(bytes), file: bytes };
    const form = await new Response(Buffer.from(bytes), { headers: { 'Content-Type': contentType } }).formData();
    const places = media.schema ? propertiesOf(contract, media.schema) : new Map<string, SchemaPlace>();
    const value: Record<string, Json> = {};
    let file: Uint8Array | undefined;
    for (const [name, entry] of form) {
      const place = places.get(name);
      if (typeof entry === 'string') value[name] = readText(entry, place ? contract.resolve(place).schema : {});
      else {
        file = new Uint8Array(await entry.arrayBuffer());
        value[name] = 'a file';
      }
    }
    return { value, file };
  } catch {
    return undefined;
  }
}
