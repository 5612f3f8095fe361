/** The references of a document, and whether the local ones lead somewhere. Pure. */
import { HarnessError } from '../errors.ts';
import { isObject, member, type Json, type JsonObject } from '../lib/json.ts';
import { fragmentPointer, joinPointer, valueAt } from '../lib/json-pointer.ts';
import { keepLast } from '../lib/keep-last.ts';
import { walkDocument, type NodeKind } from './document-tree.ts';

export interface Reference {
  /** Where the `$ref` (or the entry of a discriminator's mapping) stands. */
  readonly pointer: string;
  /** As written. */
  readonly reference: string;
  /** What it stands for. A schema may lead back to itself, nothing else may. */
  readonly kind: NodeKind;
  /** It is an entry of a discriminator's mapping: one that leads nowhere leaves the union to be judged as one without discriminator. */
  readonly mapped?: true;
}

/** A mapping's value is a schema's name unless it looks like a URI. @see https://spec.openapis.org/oas/v3.1.1#discriminator-object */
export const isUri = (value: string): boolean => /[#/]/.test(value) || /\.(ya?ml|json)$/i.test(value);

/** Names that a document gives to places in itself: `$id`s, anchors and `$self`. */
interface Names {
  readonly ids: ReadonlyMap<string, string>;
  readonly anchors: ReadonlySet<string>;
}

/** One walk for all that is asked about a document on its way in. */
const survey = keepLast((document: JsonObject): { readonly references: readonly Reference[]; readonly names: Names } => {
  const references: Reference[] = [];
  const ids = new Map<string, string>();
  const anchors = new Set<string>();
  if (typeof document['$self'] === 'string') ids.set(document['$self'], '');
  walkDocument(document, (value, kind, pointer) => {
    if (typeof value['$ref'] === 'string') references.push({ pointer: joinPointer(pointer, '$ref'), reference: value['$ref'], kind });
    if (kind === 'discriminator') references.push(...mappedReferences(value, pointer));
    if (kind !== 'schema') return;
    for (const name of ['$id', 'id']) {
      const id = value[name];
      if (typeof id !== 'string') continue;
      if (id.startsWith('#')) anchors.add(id.slice(1));
      else ids.set(id, pointer);
    }
    for (const name of ['$anchor', '$dynamicAnchor']) {
      const anchor = value[name];
      if (typeof anchor === 'string') anchors.add(anchor);
    }
  });
  return { references, names: { ids, anchors } };
});

function mappedReferences({ mapping }: JsonObject, pointer: string): Reference[] {
  return Object.entries(isObject(mapping) ? mapping : {}).flatMap(([name, reference]) =>
    typeof reference === 'string' && isUri(reference)
      ? [{ pointer: joinPointer(pointer, 'mapping', name), reference, kind: 'schema' as const, mapped: true as const }]
      : [],
  );
}

/** Every reference of the document in the places where the standard has them; a `$ref` inside an example or an extension is none. */
export function findReferences(document: JsonObject): readonly Reference[] {
  return survey(document).references;
}

/** Whether a reference stays in the document: a fragment alone, or the `$id` of one of its schemas. */
export function createLocalityTest(document: JsonObject): (reference: string) => boolean {
  const { ids } = survey(document).names;
  return (reference) => reference.startsWith('#') || ids.has(reference.split('#')[0] ?? '');
}

function leadsSomewhere(document: JsonObject, { reference, pointer }: Reference, names: Names): boolean {
  const [base = '', fragment] = reference.split('#', 2);
  const target = fragmentPointer(`#${fragment ?? ''}`);
  if (target === undefined) return names.anchors.has(decodeFragment(fragment ?? ''));
  // A fragment belongs to the nearest schema with an `$id` above it, else to the whole document.
  const own = [...names.ids.values()].filter((place) => pointer.startsWith(`${place}/`));
  const bases = base === '' ? ['', ...own] : [names.ids.get(base)];
  return bases.some((place) => place !== undefined && valueAt(document, place + target) !== undefined);
}

function decodeFragment(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

/** Whether a Reference Object leads from one to the next and never to what it stands for. */
function isEndless(document: JsonObject, { reference, kind }: Reference): boolean {
  if (kind === 'schema') return false;
  const seen = new Set<string>();
  for (let next: Json | undefined = reference; typeof next === 'string';) {
    const target = fragmentPointer(next);
    if (target === undefined) return false;
    if (seen.has(target)) return true;
    seen.add(target);
    next = member(valueAt(document, target), '$ref');
  }
  return false;
}

/** The references that stay in the document. */
function localReferences(document: JsonObject): readonly Reference[] {
  const isLocal = createLocalityTest(document);
  return findReferences(document).filter(({ reference }) => isLocal(reference));
}

/** What a discriminator's mappings name that is not there, a sentence each. */
export function noteLostMappings(document: JsonObject): string[] {
  const { names } = survey(document);
  return localReferences(document)
    .filter((reference) => reference.mapped && !leadsSomewhere(document, reference, names))
    .map(({ pointer, reference }) => `${pointer}: "${reference}" leads nowhere, so that the discriminator chooses nothing`);
}

/**
 * Returns when every local reference of the document leads to a value, those of a discriminator's mapping excepted.
 * @throws HarnessError `E_SPEC_REF` with the first reference that does not, its pointer and its line
 */
export function assertLocalReferences(document: JsonObject, location: string, line: (pointer: string) => number | undefined): void {
  const { names } = survey(document);
  const lost = localReferences(document).flatMap((reference) => {
    if (!leadsSomewhere(document, reference, names)) return reference.mapped ? [] : [{ ...reference, why: 'leads nowhere' }];
    return isEndless(document, reference) ? [{ ...reference, why: 'leads back to itself' }] : [];
  });
  const [first] = lost;
  if (first === undefined) return;
  const at = line(first.pointer);
  const more = lost.length === 1 ? '' : ` (and ${lost.length - 1} more)`;
  throw new HarnessError(
    'E_SPEC_REF',
    `${location}${at === undefined ? '' : `:${at}`}: "${first.reference}" at ${first.pointer} ${first.why}${more}`,
    {
      hint: 'mend the reference, or add what it names to the document',
    },
  );
}
