/** What a switch is, and short words for the usual kinds. */
import type { Phase } from '../../../../src/cases/case.ts';
import { isObject, type Json, type JsonObject } from '../../../../src/lib/json.ts';
import type { Call, Hooks } from '../hooks.ts';
import type { Reply } from '../reply.ts';
import type { Step } from '../step.ts';
import type { World } from '../world.ts';

export const switchClasses = [
  'schema',
  'status',
  'media',
  'headers',
  'negative',
  'positive',
  'access',
  'stateful',
  'relations',
  'protocol',
  'transport',
] as const;
export type SwitchClass = (typeof switchClasses)[number];

/** One small lie that the API can be told to tell. */
export interface Switch {
  readonly id: string;
  readonly class: SwitchClass;
  /** Where it shows: `GET /x/{id}`, several joined by `, `. */
  readonly operation: string;
  /** The promise that it breaks, for people. */
  readonly breaks: string;
  /** Id of the check that must catch it. */
  readonly check: string;
  /** Phases that suffice to see it. */
  readonly phase: readonly Phase[];
  readonly hooks: Hooks;
  /** Requests, after those that make one of everything, whose answers are others than without it. */
  readonly shows: readonly Step[];
}

type Change = (value: Json | undefined, holder: JsonObject) => Json | undefined;

/** Changes a successful answer's JSON at a path such as `items/*` + `/name`; undefined takes the member out. */
export function edit(path: string, change: Change): Hooks {
  return success((reply) => ({ ...reply, body: isJson(reply.body) ? changeAt(reply.body, path.split('/'), change) : reply.body }));
}

/** Changes a body before it is handled. */
export function written(path: string, change: Change): Hooks {
  return {
    before: (call) => {
      if (call.body !== undefined) call.body = changeAt(call.body, path.split('/'), change);
      return undefined;
    },
  };
}

/** Changes a successful answer. */
export function success(change: (reply: Reply, call: Call, world: World) => Reply): Hooks {
  return { after: (reply, call, world) => (reply.status < 300 ? change(reply, call, world) : reply) };
}

/** Changes the answers of one status. */
export function refusal(status: number, change: (reply: Reply, call: Call, world: World) => Reply): Hooks {
  return { after: (reply, call, world) => (reply.status === status ? change(reply, call, world) : reply) };
}

/** Sets header fields of successful answers; undefined takes one away. */
export function fields(changes: Readonly<Record<string, string | undefined>>): Hooks {
  return success((reply) => withFields(reply, changes));
}

/** The reply with other header fields; undefined takes one away. */
export function withFields(reply: Reply, changes: Readonly<Record<string, string | undefined>>): Reply {
  const all = Object.entries({ ...reply.headers, ...changes }).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { ...reply, headers: Object.fromEntries(all) };
}

/** Sets (undefined: takes out) one keyword of what is enforced, at `/`-separated names below `components`. */
export function rule(place: string, value?: Json): Hooks {
  return { rules: (document) => changeAt(document, ['components', ...place.split('/')], () => value) as JsonObject };
}

/** Does something beside the handler's work, before it. */
export function first(work: (call: Call, world: World) => void): Hooks {
  return {
    before: (call, world) => {
      work(call, world);
      return undefined;
    },
  };
}

/** Answers 500 when the good request is such a one. */
export function crashes(when: (call: Call, world: World) => boolean): Hooks {
  const crash: Reply = { status: 500, headers: { 'Content-Type': 'text/plain' }, body: Buffer.from('Internal Server Error') };
  return { before: (call, world) => (when(call, world) ? crash : undefined) };
}

/** The member of a call's body. */
export function sent(call: Call, name: string): Json | undefined {
  return isObject(call.body) && Object.hasOwn(call.body, name) ? call.body[name] : undefined;
}

function isJson(body: Reply['body']): body is Json {
  return body !== undefined && !(body instanceof Uint8Array);
}

/** A copy with one place changed; `*` is every item of a list. Places that are not there stay so, but for the last name. */
export function changeAt(value: Json, [name = '', ...rest]: readonly string[], change: Change): Json {
  const next = (entry: Json | undefined, holder: JsonObject): Json | undefined =>
    rest.length === 0 ? change(entry, holder) : entry === undefined ? undefined : changeAt(entry, rest, change);
  if (Array.isArray(value)) {
    if (name === '*') return value.map((entry: Json) => next(entry, {}) ?? null);
    return value.map((entry: Json, index) => (String(index) === name ? (next(entry, {}) ?? null) : entry));
  }
  if (!isObject(value)) return value;
  const changed = next(value[name], value);
  const others = Object.entries(value).filter(([other]) => other !== name);
  if (changed === undefined) return Object.fromEntries(others);
  if (!Object.hasOwn(value, name)) return Object.fromEntries([...others, [name, changed]]);
  return Object.fromEntries(Object.entries(value).map(([other, entry]) => [other, other === name ? changed : entry]));
}
