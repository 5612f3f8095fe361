/** What the stand-in takes for a resource: a collection of entities, as paths and schemas suggest it. Plain data. */
import type { SchemaPlace } from '../../spec/contract.ts';
import { endsWithWords, referredWords } from './words.ts';

export interface Resource {
  /** Path template of the collection, without a trailing slash; the resource's name. */
  readonly collection: string;
  /** Path template of one entity; undefined for collections that can only be added to and listed. */
  readonly item: string | undefined;
  /** What one entity is called, in words: `job script`. */
  readonly words: readonly string[];
  /** Properties that the item path's parameter is compared with; the first one is the identity. */
  readonly keys: readonly string[];
  /** Response schemas that show one entity, the fullest first. */
  readonly views: readonly SchemaPlace[];
}

const qualifiers = new Set(['parent', 'source', 'from', 'to', 'target', 'new', 'old', 'base', 'original', 'related', 'the']);

/** The resource that words speak of: the one called so, else the only one whose name ends so; leading words such as `parent` may be dropped. */
export function resourceCalled(resources: readonly Resource[], words: readonly string[]): Resource | undefined {
  const exact = resources.filter((resource) => resource.words.join(' ') === words.join(' '));
  if (exact.length > 0) return exact.toSorted((a, b) => a.collection.length - b.collection.length)[0];
  const ending = resources.filter((resource) => endsWithWords(resource.words, words));
  if (ending.length === 1) return ending[0];
  const [first, ...rest] = words;
  return first !== undefined && rest.length > 0 && qualifiers.has(first) ? resourceCalled(resources, rest) : undefined;
}

/** The resource that a name such as `parent_template_id` refers to, if any. */
export function referredResource(resources: readonly Resource[], name: string): Resource | undefined {
  const words = referredWords(name);
  return words && resourceCalled(resources, words);
}
