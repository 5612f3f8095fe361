/** The pottery as a function: rules that its document tells in words alone, one fault each. */
import type { Answer, Case } from '../../../src/cases/case.ts';
import { isObject, type JsonObject } from '../../../src/lib/json.ts';
import { shortHash } from '../../../src/lib/short-hash.ts';
import { answered } from '../converse.ts';

export type PotteryFault =
  | 'undrawn-move'
  | 'cooled-changed'
  | 'cooled-cancelled'
  | 'cancelled-read'
  | 'cancelled-again'
  | 'burning-deleted'
  | 'glaze-of-burning-deleted'
  | 'firings-stay'
  | 'deleted-named'
  | 'note-lost'
  | 'firings-of-all'
  | 'firings-of-none'
  | 'copy-shares-notes'
  | 'tag-without-list'
  | 'charset-refused'
  | 'head-refused';

interface Glaze {
  readonly id: number;
  fields: JsonObject;
  readonly notes: JsonObject[];
}

interface Firing {
  readonly id: number;
  readonly glaze: number;
  fields: JsonObject;
  state: string;
  readonly readings: JsonObject[];
}

const drawn: Readonly<Record<string, readonly string[]>> = { planned: ['burning', 'cancelled'], burning: ['cooled', 'cancelled'] };

/** A new pottery, correct but for the fault named. */
export function createPottery(fault?: PotteryFault): (asked: Case) => Answer {
  const glazes = new Map<number, Glaze>();
  const firings = new Map<number, Firing>();
  let count = 0;
  const glazed = (status: number, { id, fields, notes }: Glaze): Answer => {
    const shown = { id, tags: [], ...fields, notes: [...notes] };
    const tag = shortHash(JSON.stringify(fault === 'tag-without-list' ? { ...shown, tags: [] } : shown));
    return answered(status, shown, { etag: `"${tag}"` });
  };
  const fired = (status: number, { id, glaze, fields, state }: Firing): Answer =>
    answered(status, { id, glaze_id: glaze, ...fields, state });
  const add = (fields: JsonObject, notes: JsonObject[]): Answer => {
    const glaze = { id: (count += 1), fields, notes };
    glazes.set(glaze.id, glaze);
    return glazed(201, glaze);
  };
  const moved = (firing: Firing, to: string): boolean => {
    const undrawn = fault === 'undrawn-move' && firing.state === 'planned';
    const cancelled =
      to === 'cancelled' &&
      ((fault === 'cooled-cancelled' && firing.state === 'cooled') || (fault === 'cancelled-again' && firing.state === to));
    if (drawn[firing.state]?.includes(to) !== true && !undrawn && !cancelled) return false;
    firing.state = to;
    return true;
  };
  const ofFiring = (firing: Firing, method: string, path: string, body: JsonObject): Answer => {
    if (path.endsWith('/cancel')) return moved(firing, 'cancelled') ? fired(200, firing) : answered(409);
    if (path.endsWith('/readings')) {
      if (method === 'GET') return answered(200, firing.readings);
      const isKnown = firing.readings.some(({ minute }) => minute === body['minute']);
      if (isKnown || (firing.state === 'cancelled' && fault !== 'cancelled-read')) return answered(409);
      const reading = { id: (count += 1), ...body };
      firing.readings.push(reading);
      return answered(201, reading);
    }
    if (method === 'GET') return fired(200, firing);
    if (method === 'DELETE') {
      if (firing.state === 'burning' && fault !== 'burning-deleted') return answered(409);
      firings.delete(firing.id);
      return answered(204);
    }
    const { state, ...fields } = body;
    if (drawn[firing.state] === undefined && fault !== 'cooled-changed') return answered(409);
    if (typeof state === 'string' && !moved(firing, state)) return answered(409);
    firing.fields = { ...firing.fields, ...fields };
    return fired(200, firing);
  };
  const ofGlaze = (glaze: Glaze, method: string, path: string, body: JsonObject): Answer => {
    if (path.endsWith('/copy')) return add({ ...glaze.fields, ...body }, fault === 'copy-shares-notes' ? glaze.notes : [...glaze.notes]);
    if (path.endsWith('/firings')) {
      const own = [...firings.values()].filter((firing) => firing.glaze === glaze.id || fault === 'firings-of-all');
      return answered(200, fault === 'firings-of-none' ? [] : own.map((firing) => fired(200, firing).json ?? null));
    }
    if (path.endsWith('/notes')) {
      if (method === 'GET') return answered(200, glaze.notes);
      const note = { id: (count += 1), ...body };
      if (fault !== 'note-lost') glaze.notes.push(note);
      return answered(201, note);
    }
    if (method === 'GET') return glazed(200, glaze);
    if (method === 'PATCH') {
      glaze.fields = { ...glaze.fields, ...body };
      return glazed(200, glaze);
    }
    const own = [...firings.values()].filter((firing) => firing.glaze === glaze.id);
    if (own.some(({ state }) => state === 'burning') && fault !== 'glaze-of-burning-deleted') return answered(409);
    if (fault !== 'firings-stay') for (const { id } of own) firings.delete(id);
    glazes.delete(glaze.id);
    return answered(204);
  };
  const unlessKnown = (answer: Answer, known: string | undefined): Answer => {
    const tag = answer.headers.get('etag') ?? '';
    const isKnown = known?.split(', ').some((one) => one === '*' || one.replace(/^W\//, '') === tag) === true;
    return isKnown ? answered(304, undefined, { etag: tag }) : answer;
  };
  return ({ request }) => {
    const { operation, parameters, body, headers = [] } = request;
    const type = headers.find(([name]) => name === 'Content-Type')?.[1] ?? 'application/json';
    const [essence = '', ...rest] = type.toLowerCase().split(';');
    if (body && (essence !== 'application/json' || (fault === 'charset-refused' && rest.length > 0))) return answered(415);
    if (request.method === 'HEAD' && fault === 'head-refused') return answered(405);
    const value = isObject(body?.value) ? body.value : {};
    const given = (name: string): number => Number(parameters.find((one) => one.name === name)?.value);
    const { method, path } = operation;
    const known = headers.find(([name]) => name === 'If-None-Match')?.[1];
    if (path === '/glazes') return add(value, []);
    if (path === '/firings') {
      const { glaze_id: glaze, ...fields } = value;
      const isNamed = glazes.has(Number(glaze)) || (fault === 'deleted-named' && Number(glaze) <= count);
      if (!isNamed) return answered(404);
      const firing: Firing = { id: (count += 1), glaze: Number(glaze), fields, state: 'planned', readings: [] };
      firings.set(firing.id, firing);
      return fired(201, firing);
    }
    const [firing, glaze] = [firings.get(given('firing_id')), glazes.get(given('glaze_id'))];
    if (firing) return ofFiring(firing, method, path, value);
    return glaze ? unlessKnown(ofGlaze(glaze, method, path, value), known) : answered(404);
  };
}
