/** What a peer is given, and what it gives back. */
import { member, type JsonObject } from '../../src/lib/json.ts';
import type { Dialect } from '../../src/spec/contract.ts';

export interface Question {
  readonly dialect: Dialect;
  /** The document, whose server is `origin`. */
  readonly file: string;
  /** Answers with the n-th answer to a GET of its path that carries `x-answer: n`. */
  readonly origin: string;
  /** For each path a document of it alone, for those who refuse a whole for one of its parts. */
  readonly documents: Readonly<Record<string, JsonObject>>;
  /** The path of the n-th answer. */
  readonly paths: readonly string[];
  /** Where the peers are installed. */
  readonly cache: string;
}

/** For every answer what the peer said against it, or undefined where it said nothing. Throws where the peer does not take the document. */
export type Peer = (question: Question) => Promise<readonly (string | undefined)[]>;

/** The whole document, with the paths and schemas of the given ones alone. */
export function merge(whole: JsonObject, parts: readonly JsonObject[]): JsonObject {
  const all = (name: string): JsonObject => Object.assign({}, ...parts.map((part) => part[name])) as JsonObject;
  const schemas = Object.assign({}, ...parts.map((part) => member(part['components'], 'schemas'))) as JsonObject;
  return { ...whole, paths: all('paths'), ...('swagger' in whole ? { definitions: all('definitions') } : { components: { schemas } }) };
}
