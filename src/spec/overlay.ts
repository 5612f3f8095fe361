/** Applies an OpenAPI Overlay to a document. Pure: both inputs stay as they are. Knows nothing of files. */
import type * as JsonPath from 'json-p3';
import { HarnessError } from '../errors.ts';
import { isObject, member, type Json, type JsonObject } from '../lib/json.ts';
import { jsonP3 } from '../lib/load-late.ts';

/** JSON while the copy is being changed. */
type Draft = null | boolean | number | string | Draft[] | { [name: string]: Draft };

interface Action {
  /** Where the action stands, for messages: `overlay.yaml at /actions/2`. */
  readonly place: string;
  readonly target: string;
  readonly query: JsonPath.JSONPathQuery;
  readonly update: Json | undefined;
  readonly remove: boolean;
}

const fields: ReadonlySet<string> = new Set(['target', 'description', 'update', 'remove']);

const refuse = (place: string, what: string, cause?: unknown): HarnessError =>
  new HarnessError('E_OVERLAY', `${place}: ${what}`, { cause });

function parseAction(action: Json, place: string): Action {
  if (!isObject(action)) throw refuse(place, 'an action must be an object');
  const unknown = Object.keys(action).find((name) => !fields.has(name) && !name.startsWith('x-'));
  if (unknown !== undefined)
    throw refuse(place, `"${unknown}" is no member of an action; Overlay 1.0 knows target, description, update and remove`);
  const { target, remove, update } = action;
  if (typeof target !== 'string') throw refuse(`${place}/target`, 'a JSONPath expression is needed');
  if (remove !== undefined && typeof remove !== 'boolean') throw refuse(`${place}/remove`, 'must be true or false');
  try {
    return { place, target, query: jsonP3().compile(target), update, remove: remove === true };
  } catch (error) {
    throw refuse(
      `${place}/target`,
      `"${target}" is no JSONPath of RFC 9535: ${error instanceof Error ? error.message : String(error)}`,
      error,
    );
  }
}

function parseActions(overlay: JsonObject, location: string): Action[] {
  const version = overlay['overlay'];
  if (typeof version !== 'string' || !/^1\.[01]\.\d+$/.test(version)) {
    throw refuse(`${location} at /overlay`, `the version must be 1.0.0, not ${JSON.stringify(version) ?? 'missing'}`);
  }
  for (const name of ['title', 'version']) {
    if (typeof member(overlay['info'], name) !== 'string') throw refuse(`${location} at /info/${name}`, 'a text is needed');
  }
  const actions = overlay['actions'];
  if (!Array.isArray(actions) || actions.length === 0) throw refuse(`${location} at /actions`, 'a list of at least one action is needed');
  return (actions as readonly Json[]).map((action, index) => parseAction(action, `${location} at /actions/${index}`));
}

/** Primitives are replaced, lists joined, objects merged member by member. */
function merge(target: Draft | undefined, update: Draft): Draft {
  if (Array.isArray(target) && Array.isArray(update)) return [...target, ...update];
  if (!isDraftObject(target) || !isDraftObject(update)) return update;
  const merged = new Map(Object.entries(target));
  for (const [name, value] of Object.entries(update)) merged.set(name, merge(merged.get(name), value));
  return Object.fromEntries(merged);
}

const isDraftObject = (value: Draft | undefined): value is { [name: string]: Draft } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const draftOf = (value: Json): Draft => structuredClone(value) as Draft;

function child(parent: Draft | undefined, key: string | number): Draft | undefined {
  if (Array.isArray(parent)) return typeof key === 'number' ? parent[key] : undefined;
  return isDraftObject(parent) && Object.hasOwn(parent, key) ? parent[key] : undefined;
}

type Location = readonly (string | number)[];

/** The distinct places that the action selects, in document order. */
function locate(root: Draft, action: Action): Location[] {
  const found = new Map(
    action.query
      .query(root)
      .locations()
      .map((location) => [JSON.stringify(location), location]),
  );
  return [...found.values()];
}

function update(root: Draft, location: Location, action: Action): Draft {
  const value = location.reduce<Draft | undefined>(child, root);
  const entry = draftOf(action.update ?? null);
  if (Array.isArray(value)) {
    value.push(entry);
    return root;
  }
  if (!isDraftObject(value))
    throw refuse(`${action.place}/target`, `"${action.target}" selects a plain value: select the object that holds it`);
  if (!isDraftObject(entry))
    throw refuse(`${action.place}/update`, `"${action.target}" selects an object, so the update must be an object`);
  const merged = merge(value, entry);
  const key = location.at(-1);
  if (key === undefined) return merged;
  const parent = location.slice(0, -1).reduce<Draft | undefined>(child, root);
  // Not by assignment: a member may be called `__proto__`.
  if (typeof parent === 'object' && parent !== null)
    Object.defineProperty(parent, key, { value: merged, configurable: true, enumerable: true, writable: true });
  return root;
}

function remove(root: Draft, location: Location, action: Action): void {
  const key = location.at(-1);
  if (key === undefined) throw refuse(`${action.place}/target`, 'the whole document cannot be removed');
  const parent = location.slice(0, -1).reduce<Draft | undefined>(child, root);
  if (Array.isArray(parent) && typeof key === 'number') parent.splice(key, 1);
  else if (isDraftObject(parent)) Reflect.deleteProperty(parent, key);
}

/**
 * The document with the overlay's actions applied in order, and a note for each action that selected nothing (which the standard allows).
 * `location` names the overlay in messages.
 * @throws HarnessError `E_OVERLAY` with the place of the wrong action
 * @see https://spec.openapis.org/overlay/v1.0.0#action-object
 */
export function applyOverlay(
  document: JsonObject,
  overlay: JsonObject,
  location: string,
): { readonly document: JsonObject; readonly notes: readonly string[] } {
  const notes: string[] = [];
  let root = draftOf(document);
  for (const action of parseActions(overlay, location)) {
    const places = locate(root, action);
    if (places.length === 0) notes.push(`${action.place}: "${action.target}" selects nothing in the document`);
    else if (!action.remove && action.update === undefined) notes.push(`${action.place}: the action neither updates nor removes`);
    // Last first, so that removing one entry of a list does not move the next.
    else if (action.remove) for (const place of places.toReversed()) remove(root, place, action);
    else for (const place of places) root = update(root, place, action);
  }
  return { document: isObject(root) ? root : document, notes };
}
