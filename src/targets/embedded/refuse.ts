/** Refusals in the shape that the contract gives them. */
import { isObject, type Json, type JsonObject } from '../../lib/json.ts';
import type { MediaType, Operation, SchemaPlace } from '../../spec/contract.ts';
import { jsonAnswer, type Answer } from './answer.ts';
import type { Complaint } from './check-request.ts';
import type { Property } from './shapes.ts';
import { isJsonType } from '../../lib/media-type.ts';
import { plainName } from '../../lib/names.ts';
import { preferredMedia } from './successes.ts';
import type { World } from './world.ts';

const texts = new Set(['detail', 'message', 'error', 'errormessage', 'msg', 'title', 'description', 'errordescription', 'reason', 'text']);
const codes = new Set(['status', 'statuscode', 'code', 'errorcode']);

/** The first of the wished statuses that the operation declares by number; the last one where it declares none. */
export function declaredOf(operation: Operation, wished: readonly number[]): number {
  return wished.find((status) => operation.responses.some((response) => response.status === String(status))) ?? wished.at(-1) ?? 400;
}

/** A refusal with a readable message: of the declared schema where there is one, else `{"detail": …}`. */
export function refuse(
  world: World,
  operation: Operation | undefined,
  status: number,
  message: string,
  options: { readonly complaints?: readonly Complaint[]; readonly headers?: Answer['headers'] } = {},
): Answer {
  const fallback: Json = { detail: message };
  if (operation !== undefined && isEmpty(operation, status)) return { status, headers: options.headers ?? [], body: undefined };
  const media = operation && errorMedia(operation, status);
  if (media?.schema === undefined) return jsonAnswer(status, fallback, media?.type ?? 'application/json', options.headers);
  const told = { status, message, complaints: options.complaints ?? [] };
  const candidates = [errorValue(world, media.schema, told, 0), fallback, world.sample(media.schema, 1)];
  const { schema } = media;
  const value = candidates.find(
    (candidate) => candidate !== undefined && world.contract.validators.validate(schema, candidate, 'response').kind !== 'invalid',
  );
  return jsonAnswer(status, value ?? fallback, media.type, options.headers);
}

/** Whether the status is declared by number, and without a body. */
function isEmpty(operation: Operation, status: number): boolean {
  return operation.responses.some((response) => response.status === String(status) && response.content.length === 0);
}

/** Whether the operation says anything of a status: by number, range or default. */
export function declares(operation: Operation, status: number): boolean {
  return operation.responses.some((response) => [String(status), `${Math.floor(status / 100)}XX`, 'default'].includes(response.status));
}

/** The refusal of a value that names an entity which is not there. */
export function refuseReference(world: World, operation: Operation, name: string): Answer {
  const message = 'names nothing that exists';
  const status = declaredOf(operation, [404, 422, 400, 409, 404]);
  return refuse(world, operation, status, `${name} ${message}`, {
    complaints: [{ where: ['body', name], message, keyword: 'reference', input: null }],
  });
}

function errorMedia(operation: Operation, status: number): MediaType | undefined {
  for (const wanted of [String(status), `${Math.floor(status / 100)}XX`, 'default']) {
    const response = operation.responses.find((candidate) => candidate.status === wanted);
    if (response === undefined) continue;
    const media = preferredMedia(response.content);
    return media !== undefined && isJsonType(media.type) ? media : undefined;
  }
  return undefined;
}

interface Told {
  readonly status: number;
  readonly message: string;
  readonly complaints: readonly Complaint[];
}

/** A value of an error schema with the message, the status and the complaints where they belong by name. */
function errorValue(world: World, place: SchemaPlace, told: Told, depth: number): Json | undefined {
  const sampled = world.sample(place, 1);
  const properties = world.shapes.properties(place);
  if (properties.size === 0 || depth > 3) return typeof sampled === 'string' ? told.message : sampled;
  const value: Record<string, Json> = requiredOf(sampled, properties);
  for (const [name, property] of properties) {
    const types = world.shapes.types(property.place);
    const items = world.shapes.items(property.place);
    const plain = plainName(name);
    if (types.has('array') && items !== undefined && (texts.has(plain) || /^(error|detail|issue|violation|problem)s?$/.test(plain))) {
      value[name] = complaintsOf(told).flatMap((complaint) => complaintValue(world, items, complaint, told) ?? []);
    } else if (types.has('string') && texts.has(plain) && world.shapes.keyword(property.place, 'enum') === undefined)
      value[name] = told.message;
    else if ((types.has('integer') || types.has('number')) && codes.has(plain)) value[name] = told.status;
    else if (world.shapes.properties(property.place).size > 0 && (property.required || texts.has(plain))) {
      const inner = errorValue(world, property.place, told, depth + 1);
      if (inner !== undefined) value[name] = inner;
    }
  }
  return value;
}

/** The members of a sampled error that have to be there. */
function requiredOf(sampled: Json | undefined, properties: ReadonlyMap<string, Property>): Record<string, Json> {
  const members = Object.entries(isObject(sampled) ? sampled : {});
  return Object.fromEntries(members.filter(([name]) => properties.get(name)?.required === true));
}

function complaintsOf({ message, complaints }: Told): readonly Complaint[] {
  return complaints.length > 0 ? complaints : [{ where: [], message, keyword: 'error', input: null }];
}

/** One complaint in the form of the list's items: `loc`, `msg`, `type` and their usual other names. */
function complaintValue(world: World, place: SchemaPlace, complaint: Complaint, told: Told): Json | undefined {
  if (world.shapes.properties(place).size === 0) {
    const types = world.shapes.types(place);
    return types.has('string') || types.size === 0 ? complaint.message : world.sample(place, 1);
  }
  const value = errorValue(world, place, { ...told, message: complaint.message, complaints: [] }, 2);
  const named: Record<string, Json> = { ...(isObject(value) ? value : {}) };
  const where = complaint.where.join('.');
  for (const [name, property] of world.shapes.properties(place)) {
    const types = world.shapes.types(property.place);
    const plain = plainName(name);
    if (/^(loc|location|path|pointer|field|source|property)$/.test(plain)) {
      if (types.has('array')) named[name] = complaint.where.map((token) => (/^\d+$/.test(token) ? Number(token) : token));
      else if (types.has('string')) named[name] = where;
    } else if (/^(input|value|received|rejectedvalue)$/.test(plain)) named[name] = complaint.input;
    else if (/^(ctx|context|params)$/.test(plain) && types.has('object') && complaint.limit !== undefined)
      named[name] = { [complaint.keyword]: complaint.limit };
    else if ((plain === 'type' || plain === 'keyword' || plain === 'rule') && types.has('string')) named[name] = complaint.keyword;
  }
  return acceptable(world, place, named);
}

function acceptable(world: World, place: SchemaPlace, value: JsonObject): Json | undefined {
  return world.contract.validators.validate(place, value, 'response').kind === 'invalid' ? world.sample(place, 1) : value;
}
