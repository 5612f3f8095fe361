import type { Answer, Case } from '../../../src/cases/case.ts';
import { isObject, type Json, type JsonObject } from '../../../src/lib/json.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { answered } from '../converse.ts';

const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: Json): Json => ({ 'application/json': { schema } });
const bytes: Json = { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } };
const none: Json = { description: '' };
const gives = (status: string, schema: Json, ...others: readonly string[]): Json => ({
  ...Object.fromEntries([...others, '404', '422'].map((other) => [other, none])),
  [status]: { description: '', content: json(schema) },
});
const takes = (content: Json): Json => ({ required: true, content });
const path = (name: string): Json => ({ name, in: 'path', required: true, schema: { type: 'integer' } });
const site: JsonObject = { type: 'object', properties: { level: { type: 'integer' }, room: { type: 'integer' } } };
const written: JsonObject = {
  name: { type: 'string', minLength: 1, maxLength: 60, description: 'Unique.' },
  note: { type: ['string', 'null'], maxLength: 200 },
  size: { type: 'number', minimum: 0, maximum: 1000 },
  region: { type: 'string', default: 'eu', minLength: 1 },
  open: { type: 'boolean' },
  site,
  shelves: { type: 'array', maxItems: 5, items: { type: 'integer' } },
};

/** A contract of vaults (entity tags, a unique name, a default, a read-only seal), the blob in each, and their keys. */
export const vaultsDocument: JsonObject = {
  openapi: '3.1.0',
  info: { title: 'Vaults', version: '1' },
  security: [{ bearer: [] }],
  paths: {
    '/vaults': {
      post: { requestBody: takes(json(ref('Vault'))), responses: gives('201', ref('Vault'), '409') },
      get: { responses: gives('200', { type: 'array', items: ref('Vault') }) },
    },
    '/vaults/{vaultId}': {
      parameters: [path('vaultId')],
      get: { responses: gives('200', ref('Vault'), '304') },
      patch: {
        requestBody: takes({ 'application/merge-patch+json': { schema: { type: 'object', properties: written } } }),
        responses: gives('200', ref('Vault'), '409', '412'),
      },
      delete: { responses: { 204: none, 404: none, 412: none } },
    },
    '/vaults/{vaultId}/blob': {
      parameters: [path('vaultId')],
      put: { requestBody: takes(bytes), responses: { 204: none } },
      get: { responses: { 200: { description: '', content: bytes }, 404: none } },
    },
    '/vaults/{vaultId}/keys': {
      parameters: [path('vaultId')],
      post: { requestBody: takes(json(ref('Key'))), responses: gives('201', ref('Key')) },
    },
    '/vaults/{vaultId}/keys/{keyId}': {
      parameters: [path('vaultId'), path('keyId')],
      get: { responses: gives('200', ref('Key')) },
      delete: { responses: { 204: none, 404: none } },
    },
  },
  components: {
    securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
    schemas: {
      Vault: {
        type: 'object',
        required: ['id', 'name', 'seal'],
        properties: { id: { type: 'integer', readOnly: true }, seal: { type: 'integer', readOnly: true }, ...written },
      },
      Key: {
        type: 'object',
        required: ['id', 'teeth'],
        properties: { id: { type: 'integer', readOnly: true }, teeth: { type: 'integer', minimum: 1 } },
      },
    },
  },
};

const contract = createContract(vaultsDocument);

/** Ways in which the API can be made to break its promises. */
export type VaultsFault =
  | 'trims'
  | 'folds'
  | 'drops-zero'
  | 'sorts'
  | 'shouts'
  | 'loses-room'
  | 'drops-patch'
  | 'resets-nested'
  | 'resets-rest'
  | 'spreads'
  | 'other-default'
  | 'takes-seal'
  | 'takes-duplicates'
  | 'conflict-changes'
  | 'unscoped'
  | 'unscoped-delete'
  | 'second-delete'
  | 'no-304'
  | 'always-304'
  | 'no-412'
  | 'always-412'
  | 'asterisk-refused'
  | '412-changes'
  | 'old-tag'
  | 'same-tag'
  | 'read-counts'
  | 'foreign-changes'
  | 'invalid-makes'
  | 'bytes-as-text'
  | 'bytes-short';

interface Stored {
  readonly fields: JsonObject;
  readonly version: number;
}

/** The API of the contract, as a function; correct but for the fault named. */
export function createVaultsApi(fault?: VaultsFault): (request: Case) => Answer {
  const vaults = new Map<number, Stored>();
  const keys = new Map<number, { readonly vault: number; readonly fields: JsonObject }>();
  const blobs = new Map<number, Uint8Array>();
  let ids = 0;
  const view = (id: number, { fields }: Stored): JsonObject => ({ region: 'eu', ...fields, id, seal: id * 7 });
  const tag = (version: number): string => `"v${fault === 'same-tag' ? 1 : version}"`;
  const kept = (fields: JsonObject): JsonObject => keep(fields, fault);
  const nameTaken = (name: Json | undefined, but?: number): boolean =>
    fault !== 'takes-duplicates' && [...vaults].some(([id, { fields }]) => id !== but && fields['name'] === name);
  const patch = (id: number, found: Stored, body: JsonObject): Stored => {
    if (fault === 'drops-patch') return { ...found, version: found.version + 1 };
    const base = fault === 'resets-rest' ? { name: found.fields['name'] ?? '' } : found.fields;
    const merged = fault === 'resets-nested' ? { ...base, ...body } : (merge(base, body) as JsonObject);
    if (fault === 'spreads' && body['size'] !== undefined) {
      for (const [other, stored] of vaults)
        if (other !== id) vaults.set(other, { ...stored, fields: { ...stored.fields, size: body['size'] } });
    }
    return { fields: kept(merged), version: found.version + 1 };
  };
  const vault = ({ request }: Case, method: string, id: number, found: Stored, headers: ReadonlyMap<string, string>): Answer => {
    const body = request.body?.value;
    if (method === 'GET') {
      if (fault === 'read-counts') vaults.set(id, { ...found, fields: { ...found.fields, size: Number(found.fields['size'] ?? 0) + 1 } });
      const wanted = headers.get('if-none-match');
      const known = wanted === '*' || wanted?.includes(tag(found.version)) || fault === 'always-304';
      if (wanted !== undefined && fault !== 'no-304' && known) return answered(304);
      return answered(200, view(id, found), { etag: tag(found.version) });
    }
    const condition = headers.get('if-match');
    const good = condition === tag(found.version) || (condition === '*' && fault !== 'asterisk-refused');
    if (condition !== undefined && fault !== 'no-412' && (!good || fault === 'always-412')) {
      if (fault === '412-changes' && isObject(body)) vaults.set(id, { ...found, fields: { ...found.fields, ...body } });
      return answered(412);
    }
    if (method === 'DELETE') return vaults.delete(id) ? answered(204) : answered(404);
    if (!isObject(body) || nameTaken(body['name'], id)) return answered(isObject(body) ? 409 : 422);
    const changed = patch(id, found, body);
    vaults.set(id, changed);
    return answered(200, view(id, fault === 'drops-patch' ? { ...changed, fields: { ...changed.fields, ...body } } : changed), {
      etag: tag(fault === 'old-tag' ? found.version : changed.version),
    });
  };
  const create = (body: Json | undefined, place: Json): Answer => {
    const valid =
      contract.validators.validate({ pointer: '/components/schemas/Vault', schema: place as JsonObject }, body, 'request').kind === 'valid';
    if (!isObject(body) || !valid) {
      if (fault === 'invalid-makes') vaults.set(++ids, { fields: { name: `ghost ${ids}` }, version: 1 });
      return answered(422);
    }
    const { id: _id, seal, ...fields } = body;
    if (nameTaken(fields['name'])) {
      const [id, first] = [...vaults].find(([, stored]) => stored.fields['name'] === fields['name']) ?? [];
      if (fault === 'conflict-changes' && id !== undefined && first) vaults.set(id, { ...first, fields: { ...first.fields, size: 999 } });
      return answered(409);
    }
    const made: Stored = { fields: kept({ ...(fault === 'other-default' ? { region: 'us' } : {}), ...fields }), version: 1 };
    vaults.set(++ids, made);
    const shown = view(ids, made);
    return answered(201, fault === 'takes-seal' && seal !== undefined ? { ...shown, seal } : shown);
  };
  const key = (method: string, vaultId: number, id: number): Answer => {
    const found = keys.get(id);
    const elsewhere =
      found &&
      found.vault !== vaultId &&
      !(fault === 'unscoped' && method === 'GET') &&
      !(fault === 'unscoped-delete' && method === 'DELETE');
    if (!found || elsewhere) return answered(fault === 'second-delete' && method === 'DELETE' && !found ? 204 : 404);
    if (method === 'GET') return answered(200, { ...found.fields, id });
    keys.delete(id);
    return answered(204);
  };
  const blob = (method: string, id: number, raw: Uint8Array | undefined): Answer => {
    if (method === 'PUT') return (blobs.set(id, raw ?? new Uint8Array()), answered(204));
    const stored = blobs.get(id);
    if (!stored) return answered(404);
    const shown =
      fault === 'bytes-as-text'
        ? new TextEncoder().encode(new TextDecoder().decode(stored))
        : fault === 'bytes-short'
          ? stored.subarray(1)
          : stored;
    return { ...answered(200), bytes: shown };
  };
  return (planned) => {
    const { request, credentials } = planned;
    const { operation } = request;
    const parameters = new Map(request.parameters.map(({ name, value }) => [name, value]));
    const headers = new Map((request.headers ?? []).map(([name, value]) => [name.toLowerCase(), value]));
    const { method } = operation;
    const id = Number(parameters.get('vaultId'));
    const found = vaults.get(id);
    if (credentials.kind !== 'main') {
      if (fault === 'foreign-changes' && found && method === 'PATCH') vaults.set(id, { ...found, fields: { ...found.fields, size: 998 } });
      return answered(credentials.kind === 'none' ? 401 : 403);
    }
    if (operation.path === '/vaults') {
      return method === 'POST'
        ? create(request.body?.value, operation.requestBody?.content[0]?.schema?.schema ?? {})
        : answered(
            200,
            [...vaults].map(([one, stored]) => view(one, stored)),
          );
    }
    if (!found) return answered(404);
    if (operation.path.endsWith('/blob')) return blob(method, id, request.body?.raw);
    if (operation.path.endsWith('/keys')) {
      keys.set(++ids, { vault: id, fields: isObject(request.body?.value) ? request.body.value : {} });
      return answered(201, { ...keys.get(ids)?.fields, id: ids });
    }
    if (operation.path.endsWith('{keyId}')) return key(method, id, Number(parameters.get('keyId')));
    return vault(planned, method, id, found, headers);
  };
}

function merge(before: Json | undefined, patch: Json): Json {
  if (!isObject(before) || !isObject(patch)) return patch;
  return { ...before, ...Object.fromEntries(Object.entries(patch).map(([name, value]) => [name, merge(before[name], value)])) };
}

/** What is kept of what was written. */
function keep(fields: JsonObject, fault: VaultsFault | undefined): JsonObject {
  const text = (change: (value: string) => string): JsonObject =>
    Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? change(value) : value]));
  if (fault === 'trims') return text((value) => value.trim());
  if (fault === 'folds') return text((value) => value.replaceAll(/ {2,}/g, ' '));
  if (fault === 'shouts') return text((value) => value.toUpperCase());
  if (fault === 'drops-zero' && fields['size'] === 0) return { ...fields, size: 1 };
  if (fault === 'sorts' && Array.isArray(fields['shelves']))
    return { ...fields, shelves: fields['shelves'].toSorted((a: Json, b: Json) => Number(a) - Number(b)) };
  if (fault === 'loses-room' && isObject(fields['site'])) return { ...fields, site: { level: fields['site']['level'] ?? 0 } };
  return fields;
}
