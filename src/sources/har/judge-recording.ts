/** Yields what a recording holds as suite events: what lies below the base URL, or another address of the API, is judged, the rest is told. */
import type { SuiteEvent } from '../../run/events.ts';
import type { Contract } from '../../spec/contract.ts';
import { locate } from '../../spec/locate.ts';
import type { Recording } from './read-har.ts';

/** An exchange for each request to the API; a word for all others. */
// A suite is an async iterable, this one without waiting.
// oxlint-disable-next-line require-await
export async function* judgeRecording(
  recording: Recording,
  contract: Contract,
  baseUrl: string,
  signal: AbortSignal,
): AsyncGenerator<SuiteEvent, void, undefined> {
  yield { kind: 'planned', total: recording.exchanges.length + recording.unusable.length };
  for (const exchange of recording.exchanges) {
    if (signal.aborted) return;
    const { url } = exchange.request;
    if (locate(contract, url, baseUrl) === undefined)
      yield { kind: 'skipped', title: `requests to ${originOf(url)}`, reason: `they are not below ${baseUrl}`, failure: false };
    else yield { kind: 'exchange', exchange };
    yield { kind: 'done', title: exchange.title };
  }
  for (const { title, reason } of recording.unusable) {
    yield { kind: 'skipped', title, reason, failure: false };
    yield { kind: 'done', title };
  }
}

/** Origins of the recording's requests, with how often each was asked. */
export function recordedOrigins({ exchanges }: Recording): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { request } of exchanges) counts.set(originOf(request.url), (counts.get(originOf(request.url)) ?? 0) + 1);
  return counts;
}

/** Of `data:` and its like, which have no origin, the scheme. */
function originOf(url: string): string {
  const { origin, protocol } = new URL(url);
  return origin === 'null' ? protocol : origin;
}
