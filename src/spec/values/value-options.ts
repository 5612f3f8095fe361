/** What every maker of values is told. Plain data; nothing here decides anything. */
import type { Direction } from '../contract.ts';

/** How values are to be made: equal options give equal values. */
export interface ValueOptions {
  /** Requests leave out `readOnly` properties, responses `writeOnly` ones. */
  readonly direction: Direction;
  readonly seed: number;
  /** Put before free-text names, so that what a run made can be told from what was there. */
  readonly prefix?: string;
  /** Put before the prefix where there is room: says who made it. */
  readonly mark?: string | undefined;
  /** What the root is called, for instance a parameter's name: used in texts and as a hint at what is meant. */
  readonly name?: string;
  /** The most values that one call gives back; 400 where it is left out. Places near the root come first. */
  readonly limit?: number;
}

/** How sure it is that a correct API treats a value as its schema says: `likely` where lenient parsers or storage limits are common. */
export type ValueConfidence = 'certain' | 'likely' | 'unsure';

/** The limit that holds where options name none. */
export const defaultLimit = 400;
