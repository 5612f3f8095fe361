/** What the rental keeps, who asks, and what it answers with. */
import type { Json, JsonObject } from '../../../src/lib/json.ts';

export type On = (id: string) => boolean;

export interface User {
  readonly name: string;
  readonly firm: string;
  readonly writes: boolean;
}

/** By API key. */
export const users: Readonly<Record<string, User>> = {
  'key-of-main-1f0c': { name: 'main', firm: 'spokes', writes: true },
  'key-of-other-2ab7': { name: 'other', firm: 'spokes', writes: true },
  'key-of-reader-3de9': { name: 'reader', firm: 'spokes', writes: false },
  'key-of-stranger-4c55': { name: 'stranger', firm: 'rims', writes: true },
};

export interface Kept {
  readonly id: string;
  readonly owner: User;
  /** Of the bike that it belongs to. */
  readonly parent: string;
  readonly fields: JsonObject;
  readonly revision: number;
  readonly addedAt: string;
  readonly changedAt: string;
}

export interface World {
  readonly bikes: Map<string, Kept>;
  readonly services: Map<string, Kept>;
  readonly stations: Map<string, Kept>;
  readonly rentals: Map<string, Kept>;
  readonly notes: Map<string, Kept>;
  readonly photos: Map<string, Uint8Array>;
  readonly manuals: Map<string, string>;
  /** Rentals by idempotency key. */
  readonly booked: Map<string, string>;
  readonly next: () => number;
  /** Another moment each time, a minute later. */
  readonly now: () => string;
}

/** An empty rental. */
export function createWorld(): World {
  let count = 1000;
  let moment = Date.UTC(2026, 0, 1);
  return {
    bikes: new Map(),
    services: new Map(),
    stations: new Map(),
    rentals: new Map(),
    notes: new Map(),
    photos: new Map(),
    manuals: new Map(),
    booked: new Map(),
    next: () => ++count,
    now: () => new Date((moment += 60_000)).toISOString(),
  };
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Bytes and texts go as they are, with their own Content-Type. */
  readonly body?: Json | Uint8Array;
}

/** A refusal in the API's own form. */
export function refusal(status: number, message: string, fields?: readonly string[]): Reply {
  const headers = status === 401 ? { 'WWW-Authenticate': 'ApiKey realm="rental"' } : {};
  return { status, headers, body: { error: { code: `E${status}`, message, ...(fields && { fields: fields.slice(0, 9) }) } } };
}

/** The members of an object by which a list is put in order. */
export function ordered(items: readonly JsonObject[], name: string, descending: boolean): JsonObject[] {
  const sign = descending ? -1 : 1;
  return items.toSorted((left, right) => {
    const [a, b] = [left[name] ?? '', right[name] ?? ''];
    return a === b ? 0 : sign * (a < b ? -1 : 1);
  });
}
