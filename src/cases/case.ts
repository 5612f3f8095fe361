/** What the planner makes: cases, and scenarios that order them. Pure data and pure generators; nothing here sends. */
import type { Json } from '../lib/json.ts';
import type { Operation, ParameterLocation } from '../spec/contract.ts';
import type { AccessQuestion } from './access/expected.ts';

/** The phases of the generated suite, in the order in which they are planned. */
export const phases = ['examples', 'boundaries', 'invalid', 'random', 'stateful', 'relations', 'access', 'protocol'] as const;
/** One of the phases of the generated suite. */
export type Phase = (typeof phases)[number];

/** How sure a judgement is of its accusation. Only certain ones fail a run by default. */
export type Confidence = 'certain' | 'likely' | 'unsure';

/** A parameter to send. `raw` goes on the wire as it stands (percent-encoded where the place needs it) instead of the serialised value. */
export interface ParameterValue {
  readonly name: string;
  readonly in: ParameterLocation;
  readonly value: Json;
  readonly raw?: string;
}

/** A body to send: `value` is serialised as the media type says (JSON, form, multipart, text, bytes); `raw` goes as it stands. */
export interface BodyValue {
  readonly mediaType: string;
  readonly value?: Json;
  /** Which ordinary value it was made from: its variations start from the same one. */
  readonly variant?: number;
  readonly raw?: Uint8Array;
}

/** A request in terms of the contract, before it has an origin, bytes or credentials. */
export interface RequestPlan {
  readonly operation: Operation;
  /** Instead of the operation's own, for a case about methods. */
  readonly method?: string;
  /** Instead of the operation's path with its parameters filled in; goes on the wire as it stands, escapes and all. */
  readonly rawPath?: string;
  /** Whether `rawPath` stands below the origin itself, not below the base of the document's paths. */
  readonly fromOrigin?: true;
  readonly parameters: readonly ParameterValue[];
  readonly body?: BodyValue;
  /** Further headers, as [name, value]. */
  readonly headers?: readonly (readonly [string, string])[];
}

/** Whose credentials a request carries, or in which way they are wrong. */
export type Credentials =
  | { readonly kind: 'main' }
  /** The main identity's, the authentication scheme in small letters. */
  | { readonly kind: 'respelled' }
  | { readonly kind: 'identity'; readonly name: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'broken'; readonly how: BrokenCredential };

/** What is wrong with a credential that must not let anybody in. */
export type BrokenCredential =
  | 'empty'
  | 'garbage'
  | 'truncated'
  | 'expired'
  | 'wrong-signature'
  | 'wrong-scheme'
  | 'other-case'
  | 'extended';

/** What the sender wants to learn. */
export type Intent = 'valid' | 'invalid' | 'unauthenticated' | 'forbidden' | 'probe';

/** What a scenario sees of an answer. */
export interface Answer {
  /** Undefined when no whole answer came. */
  readonly status: number | undefined;
  /** Field values by name, several joined by `, `. */
  readonly headers: Pick<ReadonlyMap<string, string>, 'get' | 'has'>;
  /** The parsed JSON body; undefined when the body is absent or is no JSON. */
  readonly json: Json | undefined;
  readonly bytes: Uint8Array;
  /** What was sent: absolute URL. */
  readonly url: string;
}

/** A promise that an answer broke: what tells it apart from others of the operation, and how sure the judge is. */
export interface BrokenPromise {
  readonly check: string;
  readonly topic: string;
  readonly confidence: Confidence;
}

/** What a scenario is resumed with. */
export interface JudgedAnswer extends Answer {
  /** What the judge accuses it of: of the document's promises and of the case's own expectations. Judged when it is asked for. */
  readonly broken: () => readonly BrokenPromise[];
}

/** What an expectation says of an answer. */
export type Held =
  | { readonly kind: 'kept' }
  /** The answer says nothing about it yet; a later case asks again. */
  | { readonly kind: 'open' }
  | {
      readonly kind: 'broken';
      readonly message: string;
      readonly where?: string;
      readonly came?: string;
      /** What came on repeat, where that kept the promise: then it is only unsure. */
      readonly flaky?: string;
      /** Instead of the expectation's own. */ readonly topic?: string;
    }
  | { readonly kind: 'cannot-judge'; readonly reason: string };

/** What a correct API must answer to a case, beyond what the document says of every answer. */
export interface Expectation {
  /** Check id that a broken expectation is reported under. */
  readonly check: string;
  readonly confidence: Confidence;
  /** What was inferred from what, or which promise stands behind it. */
  readonly why: string;
  /** JSON Pointer of the promise in the document. */
  readonly promise?: string;
  /** What is told apart within the check: the broken keyword's place, the parameter …; part of the finding's identity. */
  readonly topic?: string;
  /** Whether the answer keeps it; asked once for each answer. */
  readonly holds: (answer: Answer) => Held;
}

/** One request to send. */
export interface Case {
  /** Stable for the same document and seed. */
  readonly id: string;
  readonly phase: Phase;
  /** What is special about it, for people: `limit at its maximum 100`. */
  readonly title: string;
  readonly intent: Intent;
  /** What many operations may stumble over alike: server errors of one theme are one cause. */
  readonly theme?: string;
  readonly request: RequestPlan;
  readonly credentials: Credentials;
  readonly expectations: readonly Expectation[];
  /** Whose right to the operation it asks about, for the matrix of access. */
  readonly access?: AccessQuestion;
}

/** Something that a scenario made in the API and that has to be removed at its end. */
export interface Created {
  readonly operation: Operation;
  /** For people: `job script 17`. */
  readonly label: string;
  /** Removes it; undefined when the document offers no way. */
  readonly removal: Case | undefined;
}

/**
 * What a scenario yields: the next case, cases that are sent at once and each of which it yields right after, in order, to have its answer,
 * the entry of a creation in the ledger, the news that a creation is gone, a note,
 * or a pause: what follows shows something new more seldom than what others begin with.
 */
export type Step =
  | { readonly kind: 'case'; readonly case: Case }
  | { readonly kind: 'at-once'; readonly cases: readonly Case[] }
  | { readonly kind: 'created'; readonly created: Created }
  | { readonly kind: 'gone'; readonly created: Created }
  | { readonly kind: 'note'; readonly operation: Operation; readonly reason: string }
  | { readonly kind: 'pause' };

/** A pure conversation: yields steps; after a case it is resumed with the answer, after any other step with undefined. */
export type Conversation<Result = void> = Generator<Step, Result, JudgedAnswer | undefined>;

/** Ordered cases in which later ones use what earlier ones answered; the unit of concurrency. */
export interface Scenario {
  readonly id: string;
  readonly phase: Phase;
  readonly title: string;
  /** Ids of the operations that it is about; others are asked to prepare and to see what became of it. */
  readonly about: readonly string[];
  /** Upper estimate of cases, for progress only. */
  readonly size: number;
  /** True when nothing else may run beside it, because it looks at whole collections. */
  readonly quiet: boolean;
  /** Starts the conversation anew. */
  readonly start: () => Conversation;
}
