/** Values that the document itself states: enumerations, examples, defaults. Adapts them to the direction and prefix; makes none up. */
import type { Json } from '../../lib/json.ts';
import { isSameJson } from '../../lib/same-json.ts';
import { includesType, keywordsOf, typeOf, type Keyword, type SchemaView } from './schema-view.ts';
import { tagKeyword } from './unions.ts';

/**
 * The only values that `const` and `enum` leave, those of `not` taken out; undefined when the view enumerates none.
 * @see https://json-schema.org/draft/2020-12/json-schema-validation#section-6.1.2
 */
export function enumeratedValues(view: SchemaView): readonly Json[] | undefined {
  const lists = enumerations(view).map(({ value, name }) => (name === 'const' ? [value] : (value as readonly Json[])));
  const [first, ...others] = lists;
  if (first === undefined) return undefined;
  const excluded = excludedValues(view);
  return first.filter(
    (value) =>
      includesType(view.types, typeOf(value)) &&
      others.every((list) => list.some((entry) => isSameJson(entry, value))) &&
      !excluded.some((entry) => isSameJson(entry, value)),
  );
}

/** The `const` and `enum` keywords of a view; else a discriminator's list of names. */
export function enumerations(view: SchemaView): Keyword[] {
  const lists = keywordsOf(view, 'enum').filter(({ value }) => Array.isArray(value));
  const pinned = [...keywordsOf(view, 'const'), ...lists];
  if (pinned.length > 0) return pinned;
  const tags = keywordsOf(view, tagKeyword).filter(({ value }) => Array.isArray(value));
  return tags.map(({ value, pointer }) => ({
    name: 'discriminator',
    value,
    pointer: pointer.replace(/\/discriminator\/.*$/, '/discriminator'),
  }));
}

/** Values that `not` forbids one by one. */
export function excludedValues(view: SchemaView): readonly Json[] {
  return keywordsOf(view, 'not').flatMap(({ value }) => {
    const not = value as { readonly const?: Json; readonly enum?: readonly Json[] };
    if (typeof not !== 'object' || not === null) return [];
    return [...(not.const === undefined ? [] : [not.const]), ...(Array.isArray(not.enum) ? not.enum : [])];
  });
}

/**
 * Values that the author gives as examples, best first; a `null`, empty or unfit one says nothing about what is ordinary and is left out.
 * @see https://spec.openapis.org/oas/v3.1.1#schema-object
 */
export function exampleValues(view: SchemaView): readonly Json[] {
  const stated = [
    ...keywordsOf(view, 'example').map(({ value }) => value),
    ...keywordsOf(view, 'examples').flatMap(({ value }) => (Array.isArray(value) ? (value as readonly Json[]) : [])),
    ...defaultsOf(view),
  ];
  return stated.filter((value) => value !== null && value !== '' && !isEmptyContainer(value) && includesType(view.types, typeOf(value)));
}

function isEmptyContainer(value: Json): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

/** What the view's schemas say that a value is where nobody gives one. */
export function defaultsOf(view: SchemaView): readonly Json[] {
  return keywordsOf(view, 'default').map(({ value }) => value);
}
