/** What is gathered of one collection item while it runs, and the events that it becomes once it is over. Pure bookkeeping. */
import type { Exchange, Fault } from '../../requests/exchange.ts';
import type { SuiteEvent } from '../../run/events.ts';
import type { Judgement } from '../../verdicts/verdict.ts';

/** Check id of the collection's own assertions. */
export const assertionCheck = 'collection-assertion';

export interface ItemRecord {
  readonly title: string;
  readonly judgements: Judgement[];
  /** The item's own request is under way: requests begun now are its hops. */
  requesting: boolean;
  /** Whether its own request was ever tried. */
  requested: boolean;
  /** Requests of its own that have not ended. */
  open: number;
  over: boolean;
  /** The last exchange of its own request. */
  exchange: Exchange | undefined;
  /** The token that its own request carried and that was refused with 401. */
  refusedToken: string | undefined;
  /** Why the guard refused its own request. */
  refused: string | undefined;
  /** Variables in the URL of its own request that have no value. */
  unset: readonly string[];
  /** Another origin that its own request went to. */
  elsewhere: string | undefined;
  /** Why newman gave its own request up. */
  error: (Error & { readonly code?: unknown }) | undefined;
}

/** An item that has just begun. */
export function beginItem(title: string): ItemRecord {
  return {
    title,
    judgements: [],
    requesting: false,
    requested: false,
    open: 0,
    over: false,
    exchange: undefined,
    refusedToken: undefined,
    refused: undefined,
    unset: [],
    elsewhere: undefined,
    error: undefined,
  };
}

/** A judgement of the item's own script: an assertion, or that the script broke down (`reason` undefined for a pass). */
export function assertionJudgement(title: string, assertion: string, reason: string | undefined): Judgement {
  return {
    check: assertionCheck,
    outcome: reason === undefined ? 'pass' : 'fail',
    reason: reason ?? '',
    confidence: 'certain',
    where: title,
    promise: undefined,
    came: undefined,
    topic: assertion,
  };
}

/** What the item comes to, in order. */
export function endItem(item: ItemRecord): SuiteEvent[] {
  const { title, judgements } = item;
  const skipped = (reason: string, failure: boolean): SuiteEvent => ({ kind: 'skipped', title, reason, failure });
  // A refused request was never answered: what its assertions say of the refusal means nothing.
  if (item.refused !== undefined) return [skipped(item.refused, false)];
  // what was sent is not what was meant, whatever came of it; a folder that runs alone may lack what another one sets
  if (item.unset.length > 0)
    return [
      skipped(`nothing gives ${item.unset.join(' and ')} in its URL a value: name an environment that does`, item.exchange === undefined),
    ];
  const alone = judgements.map((judgement): SuiteEvent => ({ kind: 'judgement', judgement, operation: undefined, title }));
  const done: SuiteEvent = { kind: 'done', title };
  if (item.exchange !== undefined) {
    const exchange = withTimeout(item.exchange, item.error);
    const lost = exchange.fault === undefined && item.error !== undefined ? [assertionJudgement(title, 'request', item.error.message)] : [];
    return [{ kind: 'exchange', exchange, judgements: [...lost, ...judgements] }, done];
  }
  if (item.elsewhere !== undefined) return [...alone, skipped(`its request went to ${item.elsewhere}, not to the target`, false)];
  // what its assertions say of an answer that never came means nothing either
  if (item.error !== undefined) return [skipped(`its request could not be sent: ${item.error.message}`, true)];
  if (!item.requested) return [...alone, skipped('its own script skipped it', false)];
  return [...alone, skipped('its request was not sent', true)];
}

/** newman ends a request that takes too long by hanging up: only its own error tells. */
function withTimeout(exchange: Exchange, error: ItemRecord['error']): Exchange {
  if (error === undefined || !String(error.code).includes('TIMEDOUT')) return exchange;
  const fault: Fault = { kind: 'timeout', message: 'no whole answer came in the time allowed' };
  return { ...exchange, fault };
}
