/** What a scenario remembers from request to request. */
import type { Json } from '../../lib/json.ts';
import type { Phase } from '../case.ts';
import type { Complaint } from '../complaints.ts';
import type { Planning } from '../planning.ts';
import type { Entity } from './entity.ts';

/** What one scenario has made or found so far. Lives and dies with its conversation. */
export interface Scope {
  readonly planning: Planning;
  readonly phase: Phase;
  readonly entities: Map<string, Entity>;
  /** Counts ordinary values, so that two creations differ. */
  variant: number;
  /** Resources that are being obtained: ends circles of references. */
  readonly underway: Set<string>;
  /** What refusals said of bodies, by operation, one list a refusal. */
  readonly complaints: Map<string, readonly (readonly Complaint[])[]>;
  /** Operations whose bodies begin with no more than the document requires. */
  readonly least: Set<string>;
  /** Operations whose bodies name things that exist wherever a member is called as they are. */
  readonly called: Set<string>;
  /** Members that keep the document's own value, by operation and name: made unique, it names nothing. */
  readonly kept: Set<string>;
  /** Values that refusals listed, by operation and parameter. */
  readonly choices: Map<string, Json>;
  /** Operations that asked for an entity tag: the next requests bring it. */
  readonly tagged: Set<string>;
  /** Identifiers of listed things that were not joined to another one yet, by the path of their items. */
  readonly joinable: Map<string, readonly Json[]>;
  /** Identifiers of things that were named where one may be named once only. */
  readonly spent: Set<Json>;
}

/** A fresh scope. */
export function createScope(planning: Planning, phase: Phase, variant = 0): Scope {
  return {
    planning,
    phase,
    entities: new Map(),
    variant,
    underway: new Set(),
    complaints: new Map(),
    least: new Set(),
    called: new Set(),
    kept: new Set(),
    choices: new Map(),
    tagged: new Set(),
    joinable: new Map(),
    spent: new Set(),
  };
}
