/** Records the requests that certain agents take, by Node's own diagnostics channel. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Agent, ClientRequest } from 'node:http';
import { recordRequest, type WireRecord } from '../wire/record-request.ts';

export interface Watch {
  /** Stops watching; requests under way are still recorded. */
  readonly stop: () => void;
}

/**
 * Calls `begun` for each request that one of the agents takes; the function it gives back is called once, when the
 * answer is complete or the request has failed.
 */
export function watchRequests(agents: readonly Agent[], begun: () => (record: WireRecord) => void): Watch {
  const channel = 'http.client.request.created';
  const created = (message: unknown): void => {
    const { request } = message as { readonly request: ClientRequest & { readonly agent?: Agent } };
    if (request.agent !== undefined && agents.includes(request.agent)) recordRequest(request, begun());
  };
  subscribe(channel, created);
  return { stop: () => unsubscribe(channel, created) };
}
