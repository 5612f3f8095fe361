/** The truth table: crafted answers with what must be said of each, and the documents that make the promises. */
import { load } from 'js-yaml';
import { readdirSync, readFileSync } from 'node:fs';
import { isObject, type Json, type JsonObject } from '../../src/lib/json.ts';
import type { Dialect } from '../../src/spec/contract.ts';

/** What must be said of an answer: nothing against it, that it cannot be judged, or that a check finds it broken. */
export type Says = string;

export interface TruthAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array;
  readonly says: Says;
}

/** One promise, and answers to it. */
export interface TruthRow {
  readonly file: string;
  readonly promise: string;
  readonly dialects: readonly Dialect[];
  /** `GET` here is the promise's operation. */
  readonly path: string;
  readonly responses: JsonObject;
  readonly schemas: JsonObject;
  readonly answers: readonly TruthAnswer[];
}

interface WrittenAnswer {
  readonly status: number;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly hex?: string;
  readonly says: Says;
}

interface WrittenRow {
  readonly promise: string;
  readonly in?: string;
  readonly schema?: Json;
  readonly schemas?: JsonObject;
  readonly responses?: JsonObject;
  readonly keeps?: readonly string[];
  readonly breaks?: readonly string[];
  readonly open?: readonly string[];
  readonly answers?: readonly WrittenAnswer[];
}

export const dialects: readonly Dialect[] = ['2.0', '3.0', '3.1', '3.2'];
const versions: Readonly<Record<Dialect, string>> = { '2.0': '2.0', '3.0': '3.0.4', '3.1': '3.1.1', '3.2': '3.2.0' };
const folder = new URL('../golden/truth/', import.meta.url);

/** Every row of the table, in the order of files and lines. */
export function readTruthTable(): readonly TruthRow[] {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort();
  return files.flatMap((file) =>
    (load(readFileSync(new URL(file, folder), 'utf8')) as readonly WrittenRow[]).map((row, index) => readRow(row, file, index)),
  );
}

function readRow(row: WrittenRow, file: string, index: number): TruthRow {
  const name = file.replace('.yaml', '');
  return {
    file: name,
    promise: row.promise,
    dialects: (row.in?.split(' ') ?? dialects) as readonly Dialect[],
    path: `/${name}/${index + 1}`,
    responses: row.responses ?? { '200': { content: { 'application/json': { schema: row.schema ?? true } } } },
    schemas: row.schemas ?? {},
    answers: [
      ...(row.keeps ?? []).map((body) => readAnswer({ status: 200, type: 'application/json', body, says: 'keeps' })),
      ...(row.breaks ?? []).map((body) => readAnswer({ status: 200, type: 'application/json', body, says: 'body-matches-schema' })),
      ...(row.open ?? []).map((body) => readAnswer({ status: 200, type: 'application/json', body, says: 'open' })),
      ...(row.answers ?? []).map(readAnswer),
    ],
  };
}

function readAnswer({ status, type, headers, body, hex, says }: WrittenAnswer): TruthAnswer {
  return {
    status,
    headers: [...(type === undefined ? [] : [['content-type', type] as const]), ...Object.entries(headers ?? {})],
    body: hex === undefined ? new TextEncoder().encode(body ?? '') : Buffer.from(hex, 'hex'),
    says,
  };
}

/** A document of the dialect that makes the promises of the rows. Components are shared: rows give them different names. */
export function truthDocument(rows: readonly TruthRow[], dialect: Dialect): JsonObject {
  const schemas = Object.fromEntries(rows.flatMap((row) => Object.entries(row.schemas)));
  const operation = (row: TruthRow): Json => ({ operationId: row.path.slice(1).replace('/', ''), ...responsesOf(row, dialect) });
  const paths = Object.fromEntries(rows.map((row) => [row.path, { get: operation(row) }]));
  const info = { title: 'Truth table', version: '1' };
  if (dialect !== '2.0') return { openapi: versions[dialect], info, paths, components: { schemas } };
  return onlyIn2({ swagger: '2.0', info, paths, definitions: schemas }) as JsonObject;
}

function responsesOf(row: TruthRow, dialect: Dialect): JsonObject {
  const described = Object.entries(row.responses).map(([status, response]): [string, JsonObject] => [
    status,
    { description: status, ...(response as JsonObject) },
  ]);
  if (dialect !== '2.0') return { responses: Object.fromEntries(described) };
  const types = described.flatMap(([, { content }]) => Object.keys(isObject(content) ? content : {}));
  const responses = described.map(([status, { content, headers, ...rest }]): [string, Json] => {
    const [media] = Object.values(isObject(content) ? content : {});
    return [status, { ...rest, ...(isObject(media) ? media : {}), ...(isObject(headers) && { headers: plainHeaders(headers) }) }];
  });
  return { produces: [...new Set(types)], responses: Object.fromEntries(responses) };
}

function plainHeaders(headers: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(headers).map(([name, header]) => [name, (header as { readonly schema: Json }).schema]));
}

/** 2.0 keeps its components elsewhere, and its discriminator is a name. */
function onlyIn2(value: Json): Json {
  if (Array.isArray(value)) return value.map(onlyIn2);
  if (typeof value === 'string') return value.replace('#/components/schemas/', '#/definitions/');
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [
      name,
      name === 'discriminator' && isObject(entry) ? (entry['propertyName'] ?? '') : onlyIn2(entry),
    ]),
  );
}
