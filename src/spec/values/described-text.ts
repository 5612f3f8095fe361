/** Values that a description gives in words: `(e.g. "example.com.")`, `one of "all", "zone"`. Pure. */
import { keywordsOf, type SchemaView } from './schema-view.ts';

const introduced =
  /(?:\be\.\s?g\.|\bfor (?:example|instance)|\bsuch as|\bexamples?|\b(?:one|any) of|\b(?:allowed|possible|valid|supported|permitted) (?:values|options)(?: are)?)[\s:,(]*(?:["“`‘]([^"“”`‘’\n]+)["”`’]|'([^'\n]+)'(?!\w))/i;

/** The first text that stands in quotes behind such words; of a list in one pair of quotes its first item. */
export function describedText(description: string): string | undefined {
  const [, quoted, single] = introduced.exec(description) ?? [];
  const [first = ''] = (quoted ?? single ?? '').split(/,\s/);
  return first.trim() === '' ? undefined : first.trim();
}

/** The text that a view's own description gives. */
export function describedIn(view: SchemaView): string | undefined {
  for (const { value } of keywordsOf(view, 'description')) {
    const text = typeof value === 'string' ? describedText(value) : undefined;
    if (text !== undefined) return text;
  }
  return undefined;
}
