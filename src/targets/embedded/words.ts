/** Names as words, so that `job_script_id`, `jobScriptId` and `/job-scripts` can be seen to speak of one thing. */
import type { Json } from '../../lib/json.ts';
import { nameWords, singularName } from '../../lib/names.ts';

/** The lower-case words of a name in any of the usual spellings; the last one in the singular. */
export function wordsOf(name: string): string[] {
  const words = nameWords(name);
  const last = words.at(-1);
  return last === undefined ? [] : [...words.slice(0, -1), singularName(last)];
}

/** A value as a text to compare: strings as they are, all else as JSON. */
export function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

const identityWords = new Set(['id', 'uuid', 'guid', 'slug', 'identifier', 'key', 'pk', 'code', 'number', 'or', 'name']);
const strictIdentityWords = new Set(['id', 'uuid', 'guid', 'slug', 'identifier']);

/** Whether a name says nothing but “the identity of the thing at hand”: `id`, `uuid`, `id_or_slug`. */
export function isBareIdentity(name: string): boolean {
  return wordsOf(name).every((word) => identityWords.has(word));
}

/** What a name such as `jobScriptId` refers to (`job script`); undefined when it does not end like an identity or says nothing more. */
export function referredWords(name: string): string[] | undefined {
  const words = wordsOf(name);
  const last = words.at(-1);
  if (last === undefined || !strictIdentityWords.has(last)) return undefined;
  while (words.length > 0 && identityWords.has(words.at(-1) ?? '')) words.pop();
  const end = words.pop();
  return end === undefined ? undefined : [...words, singularName(end)];
}

/** Whether the one list of words ends with the other. */
export function endsWithWords(words: readonly string[], end: readonly string[]): boolean {
  const start = words.length - end.length;
  return end.length > 0 && start >= 0 && end.every((word, index) => words[start + index] === word);
}
