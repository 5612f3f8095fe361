/** The faults that the stand-in can be told to have, so that tests see a run go red. */

/** Every fault by name, and what it does. */
export const faultKinds: Readonly<Record<FaultName, string>> = Object.freeze({
  'changed-document': 'the served document lacks an operation and has a type changed',
  'broken-body': 'a required property is missing in JSON answers with 200',
  'wrong-status': 'successes have a status that the document does not declare',
  'server-error': 'every operation answers 500',
  'cut-short': 'bodies of GET answers end half-way',
  'endless-body': 'bodies of GET answers never end',
  'provider-down': 'the token endpoint answers 500',
  'provider-refuses': 'the token endpoint refuses every client',
  'ignore-auth': 'answers are given without a token',
  slow: 'GET answers take two seconds',
});

/** What a stand-in can be made to do wrong. */
export type FaultName =
  | 'changed-document'
  | 'broken-body'
  | 'wrong-status'
  | 'server-error'
  | 'cut-short'
  | 'endless-body'
  | 'provider-down'
  | 'provider-refuses'
  | 'ignore-auth'
  | 'slow';

/** The faults that are switched on. */
export type Faults = readonly FaultName[];

/** Whether a text names a fault. */
export function isFaultName(text: string): text is FaultName {
  return Object.hasOwn(faultKinds, text);
}

/** Faults that can be switched while the stand-in runs. */
export interface FaultSwitch {
  readonly has: (fault: FaultName) => boolean;
  readonly set: (faults: Faults) => void;
}

/** A switch with these faults on. */
export function createFaultSwitch(initial: Faults): FaultSwitch {
  let on: ReadonlySet<FaultName> = new Set(initial);
  return { has: (fault) => on.has(fault), set: (faults) => void (on = new Set(faults)) };
}
