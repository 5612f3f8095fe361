/** Files under entities: kept by upload, given back byte by byte, removed. */
import { isUtf8 } from 'node:buffer';
import type { Json, JsonObject } from '../../lib/json.ts';
import { essence, isJsonType } from '../../lib/media-type.ts';
import type { Operation } from '../../spec/contract.ts';
import { succeed, unable, type Answer } from './answer.ts';
import type { Understood } from './check-request.ts';
import { changeEntity } from './entities.ts';
import { lastParameter } from './paths.ts';
import type { UploadedFile } from './incoming.ts';
import { present } from './present.ts';
import { referredResource } from './resource.ts';
import { refuse, declaredOf } from './refuse.ts';
import { timeValue, isChangeTime } from './server-made.ts';
import type { Entity, StoredFile } from './store.ts';
import { plainName } from '../../lib/names.ts';
import { successOf } from './successes.ts';
import { isBareIdentity, textOf } from './words.ts';
import type { World } from './world.ts';

/** A request about the files of an entity. */
export interface FileRequest {
  readonly operation: Operation;
  readonly entity: Entity;
  /** Path template that the files lie under. */
  readonly slot: string;
  readonly request: Understood;
}

/** Keeps the uploaded file under its name; without a file, what is there is renamed. Where there is nothing to keep, or no name to keep it under, a declared 400 says so; else an empty file is kept. */
export function upload(world: World, { operation, entity, slot, request }: FileRequest): Answer {
  const kept = world.store.files(entity);
  const [file] = request.files;
  const previousName = queried(request.query, /^(previous|old|existing)(file)?name$/);
  const previous = kept.find((other) => other.slot === slot && other.name === previousName);
  const isSingle = !holdsMany(world, slot);
  const given = queried(request.query, /^(file)?name$/) ?? file?.name ?? previous?.name;
  const refusal = refuseEmpty(world, operation, {
    isNamed: given !== undefined || isSingle,
    hasContent: (file ?? previous) !== undefined,
    lacksPrevious: previousName !== undefined && previous === undefined,
  });
  if (refusal !== undefined) return refusal;
  const name = given ?? 'file';
  const same = kept.find((other) => other.slot === slot && (isSingle || other.name === name));
  const media = successOf(operation)?.media;
  const values = fileValues(world, { operation, entity, slot, request }, name, file);
  const shown = media?.schema === undefined ? undefined : present(world, media.schema, values, entity.sequence, [entity]);
  const stored: StoredFile = {
    slot,
    name,
    type: file?.type || previous?.type || 'application/octet-stream',
    bytes: file?.bytes ?? previous?.bytes ?? new Uint8Array(),
    values: (shown ?? {}) as JsonObject,
    shownAs: media?.schema && world.shapes.settled(media.schema).pointer,
  };
  world.store.setFiles(entity, [...kept.filter((other) => other !== same && other !== previous), stored]);
  changeEntity(world, entity, {});
  return succeed(world, operation, shown, [200, 201, 202, 204]);
}

/** Whether files under a path have names of their own: some operation there ends with a parameter. */
function holdsMany(world: World, slot: string): boolean {
  return [...world.plans.values()].some(
    ({ deed, operation }) => 'slot' in deed && deed.slot === slot && lastParameter(operation.path) !== undefined,
  );
}

interface Offer {
  readonly isNamed: boolean;
  readonly hasContent: boolean;
  /** A file to rename is named, and is not there. */
  readonly lacksPrevious: boolean;
}

function refuseEmpty(world: World, operation: Operation, { isNamed, hasContent, lacksPrevious }: Offer): Answer | undefined {
  if (isNamed && hasContent && !lacksPrevious) return undefined;
  const status = isNamed && lacksPrevious ? 404 : 400;
  if (!operation.responses.some((response) => response.status === String(status))) return undefined;
  return refuse(world, operation, status, status === 404 ? 'There is no such file' : 'There is no file, or no name to keep it under');
}

/** What is said of a file: its name, whose it is, the times, and what path, query and form say under the same names. */
function fileValues(world: World, { operation, entity, request }: FileRequest, name: string, file: UploadedFile | undefined): JsonObject {
  const place = successOf(operation)?.media?.schema;
  if (place === undefined) return {};
  const form = typeof request.body === 'object' && !Array.isArray(request.body) ? request.body : {};
  const values: Record<string, Json> = {};
  const identity = entity.values[entity.resource.keys[0] ?? 'id'];
  for (const [key, property] of world.shapes.properties(place)) {
    const plain = plainName(key);
    const given = [request.path, request.query, form]
      .map((source) => (source as JsonObject | null)?.[key])
      .find((value) => value !== undefined && value !== null);
    const refersToOwner = plain === 'parentid' || referredResource(world.resources, key) === entity.resource;
    if (/^(file)?name$/.test(plain)) values[key] = name;
    else if (refersToOwner && identity !== undefined) values[key] = identity;
    else if (given !== undefined && !isBareIdentity(key)) values[key] = given;
    else if (/^(size|length|bytes|filesize|contentlength)$/.test(plain)) values[key] = file?.bytes.length ?? 0;
    else if (/^(contenttype|mimetype|mediatype)$/.test(plain)) values[key] = file?.type ?? 'application/octet-stream';
    else if (isChangeTime(key) || plain.startsWith('created')) {
      const time = timeValue(world, property);
      if (time !== undefined) values[key] = time;
    }
  }
  return values;
}

function queried(query: JsonObject, pattern: RegExp): string | undefined {
  const name = Object.keys(query).find((candidate) => pattern.test(plainName(candidate)));
  const value = name === undefined ? undefined : query[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The bytes that were uploaded, with a declared media type where one fits. */
export function download(world: World, fileRequest: FileRequest): Answer {
  const { operation } = fileRequest;
  const file = wantedFile(world, fileRequest);
  if (file === undefined) return noSuchFile(world, operation);
  const success = successOf(operation);
  if (success === undefined) return unable(world, operation, 'it declares no success');
  const type = fittingType(
    success.response.content.map((media) => media.type),
    file,
  );
  if (type.isUndeclared) world.note(`${operation.id}: no declared media type fits the file, it is answered as ${type.name}`);
  // text is UTF-8 unless it says otherwise, and any bytes are text in ISO 8859-1
  const charset = essence(type.name) === 'text/plain' && !isUtf8(file.bytes) ? '; charset=iso-8859-1' : '';
  return { status: success.status, headers: [['content-type', `${type.name}${charset}`]], body: file.bytes };
}

/** Removes a file. */
export function removeFile(world: World, fileRequest: FileRequest): Answer {
  const { operation, entity } = fileRequest;
  const file = wantedFile(world, fileRequest);
  if (file === undefined) return noSuchFile(world, operation);
  world.store.setFiles(
    entity,
    world.store.files(entity).filter((other) => other !== file),
  );
  return succeed(world, operation, undefined, [204, 200, 202]);
}

function wantedFile(world: World, { operation, entity, slot, request }: FileRequest): StoredFile | undefined {
  const parameter = lastParameter(operation.path);
  const name = parameter === undefined ? undefined : request.path[parameter];
  return world.store.files(entity).find((file) => file.slot === slot && (name === undefined || file.name === textOf(name)));
}

function noSuchFile(world: World, operation: Operation): Answer {
  return refuse(world, operation, declaredOf(operation, [404]), 'There is no such file');
}

/** The declared type that the file can be sent as: its own, a range over it, bytes or text, JSON where it is JSON. */
function fittingType(declared: readonly string[], file: StoredFile): { readonly name: string; readonly isUndeclared: boolean } {
  const [top] = file.type.split('/');
  const own = declared.find((type) => essence(type) === essence(file.type));
  const found =
    own ??
    declared.find(
      (type) => ['application/octet-stream', 'text/plain'].includes(essence(type)) || (!isJsonType(type) && !type.includes('*')),
    );
  if (found !== undefined && !(own !== undefined && isJsonType(own) && !holdsJson(file))) return { name: found, isUndeclared: false };
  if (declared.some((type) => type === '*/*' || type === `${top}/*`)) return { name: file.type, isUndeclared: false };
  const json = declared.find(isJsonType);
  if (json !== undefined && holdsJson(file)) return { name: json, isUndeclared: false };
  return { name: file.type, isUndeclared: declared.length > 0 };
}

function holdsJson({ bytes }: StoredFile): boolean {
  try {
    JSON.parse(Buffer.from(bytes).toString());
    return true;
  } catch {
    return false;
  }
}
