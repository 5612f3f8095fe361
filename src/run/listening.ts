/** Notices that nobody listens at the target any more: an API that fell, or was asked to end. */
import { setTimeout } from 'node:timers/promises';
import type { Case } from '../cases/case.ts';
import type { Exchange } from '../requests/exchange.ts';

/** So many requests in a row that nobody took prove it. */
const enoughRefusals = 12;

/** Milliseconds that a scenario waits where nobody listens: who restarts what fell has as long for it. */
const pause = 500;

/** How many operations are told that were asked last. */
const mostHeard = 3;

export interface Listening {
  /** Takes what became of a case; settles at once where somebody listens. */
  readonly note: (planned: Case, exchange: Exchange) => Promise<void>;
  /** Why nothing more is worth sending; undefined while somebody may listen. */
  readonly gone: () => string | undefined;
}

export function createListening(): Listening {
  let refusals = 0;
  let heard: readonly string[] = [];
  return {
    note: async ({ request }, { fault }) => {
      if (fault?.kind === 'refused') {
        refusals += 1;
        if (refusals < enoughRefusals) await setTimeout(pause);
        return;
      }
      refusals = 0;
      const { id } = request.operation;
      heard = [...heard.filter((one) => one !== id), id].slice(-mostHeard);
    },
    gone: () => {
      if (refusals < enoughRefusals) return undefined;
      const before = heard.length === 0 ? '' : `; asked last while somebody did: ${heard.join(', ')}`;
      return `nobody listens there any more${before}`;
    },
  };
}
