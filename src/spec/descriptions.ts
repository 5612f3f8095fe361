/** What a document says in words. Pure. */
import { member } from '../lib/json.ts';
import { valueAt } from '../lib/json-pointer.ts';
import type { Contract } from './contract.ts';

/** The description, or the summary, of what is at a pointer: an operation, a parameter, a response; empty where it has none. */
export function descriptionAt({ document }: Contract, pointer: string, name: 'description' | 'summary' = 'description'): string {
  const text = member(valueAt(document, pointer), name);
  return typeof text === 'string' ? text : '';
}

/** The sentences of what the descriptions at the pointers say. */
export function sentencesAt(contract: Contract, ...pointers: readonly string[]): string[] {
  return pointers.flatMap((pointer) => sentencesOf(descriptionAt(contract, pointer)));
}

/** The sentences of a text, and the parts between its semicolons. */
export function sentencesOf(text: string): string[] {
  return text.split(/[.;](?:\s|$)/);
}
