/** The workshop as a function: what two independent evaluators' APIs were broken by and was missed at first, one fault each. */
import type { Answer, Case } from '../../../src/cases/case.ts';
import { isObject, type Json, type JsonObject } from '../../../src/lib/json.ts';
import { answered } from '../converse.ts';

export type WorkshopFault =
  | 'head-open'
  | 'mine-of-all'
  | 'filter-shows-strangers'
  | 'foreign-part'
  | 'stamp-missing'
  | 'sheet-always-201'
  | 'sku-kept'
  | 'copy-loses'
  | 'copy-leads-back'
  | 'offset-dropped'
  | 'put-trims'
  | 'wildcards'
  | 'status-of-all'
  | 'two-lines-refused';

interface Part {
  readonly id: number;
  readonly owner: string;
  fields: JsonObject;
  stock: number;
  sheet?: Uint8Array;
}

interface Order {
  readonly id: number;
  readonly owner: string;
  readonly lines: readonly JsonObject[];
  submittedAt: string | null;
  status: string;
}

/** A new workshop, correct but for the fault named; `peer` may see and not change, `stranger` is of another workshop. */
export function createWorkshop(fault?: WorkshopFault): (asked: Case) => Answer {
  const parts = new Map<number, Part>();
  const orders = new Map<number, Order>();
  const gone = new Set<Json>();
  let count = 0;
  const sees = (who: string, owner: string): boolean => who === owner || (who !== 'stranger' && owner !== 'stranger');
  const shown = ({ id, fields }: Part): JsonObject => ({ id, ...fields });
  const order = ({ id, status, submittedAt }: Order): JsonObject => ({ id, status, submittedAt });
  const taken = (sku: Json | undefined, but?: number): boolean =>
    [...parts.values()].some((part) => part.id !== but && part.fields['sku'] === sku) || (fault === 'sku-kept' && gone.has(sku ?? null));
  const stored = (body: JsonObject): JsonObject =>
    fault === 'offset-dropped' ? { ...body, boughtAt: String(body['boughtAt']).replace(/[+-]\d\d:\d\d$/, 'Z') } : body;
  const add = (owner: string, fields: JsonObject): Part => {
    const part: Part = { id: (count += 1), owner, fields, stock: 0 };
    parts.set(part.id, part);
    return part;
  };
  const listed = (who: string, query: ReadonlyMap<string, Json>): Answer => {
    const [mine, status, search] = ['mine', 'status', 'search'].map((name) => query.get(name));
    const all = status !== undefined && fault === 'filter-shows-strangers';
    const wild = new RegExp(
      String(search ?? '')
        .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
        .replaceAll('%', '.'),
      'i',
    );
    const found = [...parts.values()].filter(({ owner, fields: { sku, status: own } }) => {
      const text = String(sku);
      const holds = fault === 'wildcards' ? wild.test(text) : text.toLowerCase().includes(String(search ?? '').toLowerCase());
      return (
        (all || sees(who, owner)) &&
        (mine !== true || owner === who || fault === 'mine-of-all') &&
        (status === undefined || own === status) &&
        (search === undefined || holds)
      );
    });
    return answered(200, found.map(shown));
  };
  const ordered = (who: string, body: JsonObject): Answer => {
    const lines = Array.isArray(body['lines']) ? body['lines'].filter(isObject) : [];
    const ids = lines.map(({ partId }) => Number(partId));
    const known = ids.map((id) => parts.get(id));
    if (known.some((part) => !part || !(sees(who, part.owner) || fault === 'foreign-part'))) return answered(422);
    // the other workshop has no benches
    if (who === 'stranger' && body['bench'] !== undefined) return answered(422);
    if (new Set(ids).size < ids.length || (fault === 'two-lines-refused' && ids.length > 1)) return answered(422);
    const made: Order = { id: (count += 1), owner: who, lines, submittedAt: null, status: 'draft' };
    orders.set(made.id, made);
    return answered(201, order(made));
  };
  const submitted = (one: Order): Answer => {
    const short = one.lines.some(({ partId, quantity }) => (parts.get(Number(partId))?.stock ?? 0) < Number(quantity));
    if (one.status !== 'draft' || short) return answered(409);
    one.status = 'submitted';
    one.submittedAt = fault === 'stamp-missing' ? null : '2026-11-30T12:00:00Z';
    return answered(200, order(one));
  };
  const replaced = (part: Part, body: JsonObject): Answer => {
    if (taken(body['sku'], part.id)) return answered(409);
    part.fields = stored(fault === 'put-trims' ? { ...body, name: String(body['name']).trim() } : body);
    if (fault === 'status-of-all') for (const other of parts.values()) other.fields = { ...other.fields, status: body['status'] ?? null };
    return answered(200, shown(part));
  };
  const copied = (part: Part, { sku = null }: JsonObject): Answer => {
    if (taken(sku)) return answered(409);
    const copy = add(part.owner, { ...part.fields, sku, ...(fault === 'copy-loses' && { weight: 1 }) });
    return answered(201, shown(copy), { location: `/parts/${fault === 'copy-leads-back' ? part.id : copy.id}` });
  };
  const sheet = (part: Part, raw: Uint8Array): Answer => {
    const made = part.sheet === undefined || fault === 'sheet-always-201';
    part.sheet = raw;
    return answered(made ? 201 : 200);
  };
  return ({ request, credentials }) => {
    const { operation, parameters, body } = request;
    const method = request.method ?? operation.method;
    const anonymous = credentials.kind === 'none' || credentials.kind === 'broken';
    if (anonymous && !(fault === 'head-open' && method === 'HEAD')) return answered(401, undefined, { 'www-authenticate': 'Bearer' });
    const who = credentials.kind === 'identity' ? credentials.name : 'main';
    const value = isObject(body?.value) ? body.value : {};
    const id = Number(parameters.find(({ name }) => name === 'id')?.value);
    if (operation.id === 'GET /parts') return listed(who, new Map(parameters.map(({ name, value: given }) => [name, given])));
    if (operation.id === 'POST /parts') return taken(value['sku']) ? answered(409) : answered(201, shown(add(who, stored(value))));
    if (operation.id === 'POST /orders') return ordered(who, value);
    const one = operation.path.startsWith('/orders') ? orders.get(id) : undefined;
    const part = operation.path.startsWith('/parts') ? parts.get(id) : undefined;
    const owner = one?.owner ?? part?.owner;
    if (owner === undefined || !sees(who, owner)) return answered(404);
    if (operation.method !== 'GET' && owner !== who) return answered(403);
    if (one) return operation.path.endsWith('/submit') ? submitted(one) : answered(200, order(one));
    if (!part) return answered(404);
    if (operation.path.endsWith('/copy')) return copied(part, value);
    if (operation.path.endsWith('/deliveries')) {
      part.stock += Number(value['quantity']);
      return answered(204);
    }
    if (operation.id === 'PUT /parts/{id}/sheet') return sheet(part, body?.raw ?? new TextEncoder().encode(String(body?.value)));
    if (operation.path.endsWith('/sheet')) return part.sheet ? { ...answered(200), bytes: part.sheet } : answered(404);
    if (operation.method === 'PUT') return replaced(part, value);
    if (operation.method === 'GET') return answered(200, shown(part));
    parts.delete(id);
    gone.add(part.fields['sku'] ?? null);
    return answered(204);
  };
}
