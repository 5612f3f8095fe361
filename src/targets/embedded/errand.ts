/** An allowed request with what it names. Plain data. */
import type { Caller } from './authenticate.ts';
import type { Understood } from './check-request.ts';
import type { Plan } from './plan-operations.ts';
import type { Entity } from './store.ts';

/** An allowed request. */
export interface Errand {
  readonly plan: Plan;
  readonly request: Understood;
  /** Entities that the path names, outermost first. */
  readonly named: readonly Entity[];
  /** The entity that it is about, named in the path or in the body; undefined where there is none yet. */
  readonly concerned: Entity | undefined;
  readonly caller: Caller;
  readonly url: URL;
}
