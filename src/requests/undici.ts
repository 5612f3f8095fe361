/** The parts of undici that every request goes through. Its index would load fetch, WebSocket, caches and mocks too, which takes longer than all else that a call needs. */
import { createRequire } from 'node:module';
import type * as Undici from 'undici';

const load = createRequire(import.meta.url);

/** One connection to an origin. */
export type Client = Undici.Client;
export const Client: typeof Undici.Client = load('undici/lib/dispatcher/client.js') as typeof Undici.Client;

/** Asks for a tunnel: a method of clients that the index would add. @see https://www.rfc-editor.org/rfc/rfc9110#section-9.3.6 */
export const connectThrough = load('undici/lib/api/api-connect.js') as (
  this: Undici.Client,
  ...given: Parameters<Undici.Client['connect']>
) => void;

/** Makes what opens connections. */
export const buildConnector: typeof Undici.buildConnector = load('undici/lib/core/connect.js') as typeof Undici.buildConnector;

/** All of it. */
export function wholeUndici(): typeof Undici {
  return load('undici') as typeof Undici;
}
