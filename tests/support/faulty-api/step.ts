/** One request of a demonstration. In texts `{telescope}`, `{star}`, `{token:main}` … stand for what the walk has made so far. */
import type { Json } from '../../../src/lib/json.ts';

export interface Step {
  readonly method: string;
  /** Below the base URL. */
  readonly path: string;
  /** Sent as JSON; bytes and, with a type, texts go as they are. */
  readonly body?: Json | Uint8Array;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whose token goes along; `main` where it is left out. */
  readonly as?: 'main' | 'other' | 'reader' | 'stranger' | 'nobody';
  /** Keeps the answer's id under this name, for later steps. */
  readonly keep?: string;
}

type More = Omit<Step, 'method' | 'path'>;

export const get = (path: string, more: More = {}): Step => ({ method: 'GET', path, ...more });
export const post = (path: string, body: Json | Uint8Array, more: More = {}): Step => ({ method: 'POST', path, body, ...more });
export const put = (path: string, body: Json | Uint8Array, more: More = {}): Step => ({ method: 'PUT', path, body, ...more });
export const patch = (path: string, body: Json, more: More = {}): Step => ({
  method: 'PATCH',
  path,
  body,
  type: 'application/merge-patch+json',
  ...more,
});
export const remove = (path: string, more: More = {}): Step => ({ method: 'DELETE', path, ...more });

/** Paths of what the prelude makes. */
export const at = {
  telescope: '/telescopes/{telescope}',
  bare: '/telescopes/{bare}',
  observations: '/telescopes/{telescope}/observations',
  observation: '/telescopes/{telescope}/observations/{observation}',
  frame: '/telescopes/{telescope}/frame',
  star: '/targets/{star}',
  comet: '/targets/{comet}',
  note: '/notes/{note}',
} as const;
