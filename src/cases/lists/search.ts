/** A search finds what holds its words, and nothing by a word that occurs nowhere. Pure. */
import { isObject, member, type Json } from '../../lib/json.ts';
import type { Parameter } from '../../spec/contract.ts';
import type { Conversation } from '../case.ts';
import { aboutItems, ask, byIdentity, identity, withQuery, type About, type ListView } from './answers.ts';
import { described } from '../inference/list-parameters.ts';
import { nameWords } from '../../lib/names.ts';
import type { Planning } from '../planning.ts';

const naming = new Set(['name', 'title', 'label', 'text', 'subject', 'description', 'summary']);

/** A search: the list itself, or one with a path of its own. */
export type Searched = Pick<ListView, 'shape' | 'request' | 'whole' | 'pageSize'>;

/** Searches for a word of one item, and for one of none; `searched` has to find what the list shows. */
export function* askSearch(view: ListView, searched: Searched = view): Conversation {
  const { search } = searched.shape;
  if (!search) return;
  const nonsense = ['qxzvkwjq', 'qxzvk'].find(
    (word) => takes(view.scope.planning, search, word) && !view.known.some((item) => holds(item, word)),
  );
  if (nonsense !== undefined) {
    yield* ask(view, withQuery(searched.request, [search, nonsense]), `${search.name}=${nonsense}`, () => [
      aboutItems(searched.shape, about(searched, search, searched === view ? 'certain' : 'likely'), (found) => {
        const other = found.find((item) => !holds(item, nonsense));
        return other === undefined
          ? undefined
          : `${search.name}=${nonsense} finds ${identity(view.resource, other)}, which does not hold it`;
      }),
    ]);
  }
  const target = targetOf(view, search);
  if (!target) return;
  yield* finds(view, searched, target, (text) => text === target.word);
  const said = described(view.scope.planning.contract, search);
  const spellings = [...(parts.test(said) ? [target.word.slice(1, -1)] : []), ...(anyCase.test(said) ? [otherCase(target.word)] : [])];
  for (const word of spellings) yield* finds(view, searched, { ...target, word }, (text) => holds(text, word));
  if (literally.test(said))
    for (const wild of ['%', '.']) yield* findsNoMore(view, searched, `${target.word[0]}${wild}${target.word.slice(2)}`);
}

/** Searches for a word in which a character stands that some languages of patterns take for any other. */
function* findsNoMore(view: ListView, searched: Searched, word: string): Conversation {
  const { search } = searched.shape;
  if (!search || !takes(view.scope.planning, search, word)) return;
  yield* ask(view, withQuery(searched.request, [search, word]), `${search.name}=${word}`, () => [
    aboutItems(searched.shape, about(searched, search, 'certain'), (found) => {
      const other = found.find((item) => !holds(item, word));
      return other === undefined ? undefined : `${search.name}=${word} finds ${identity(view.resource, other)}, which does not hold it`;
    }),
  ]);
}

/** What a document says of a search without patterns. */
const literally = /stands? for (?:itself|themselves)|\bliteral|no (?:wildcards?|patterns?)\b/;

/** What a document says of a search that finds parts of words, and of one that minds no case. */
const parts = /\bparts?\b|contain|substring|anywhere in/;
const anyCase =
  /case.?insensitiv|any case|(?:regardless of|ignor\w*|whatever) (?:the )?case|not case.?sensitiv|case (?:does not|doesn't|never) matter/;

/** Searches for a word; what must be found is told by the property's text. */
function* finds(view: ListView, searched: Searched, { word, property }: Target, fits: (text: Json) => boolean): Conversation {
  const { search } = searched.shape;
  if (!search) return;
  // which texts are looked at is known only where the document says so
  const said = nameWords(described(view.scope.planning.contract, search)).includes(property.toLowerCase());
  yield* ask(view, withQuery(searched.request, [search, word]), `${search.name}=${word}`, (known) => [
    aboutItems(
      searched.shape,
      { ...about(searched, search, said ? 'certain' : 'likely'), topic: `${searched.shape.operation.id} ${search.name} finds` },
      (found) => {
        if (!searched.whole && (searched.pageSize === undefined || found.length >= searched.pageSize)) return undefined;
        const ids = byIdentity(view.resource, found);
        const lost = known.find((item) => fits(member(item, property) ?? null) && !ids.has(identity(view.resource, item)));
        return lost === undefined
          ? undefined
          : `${search.name}=${word} does not find ${identity(view.resource, lost)}, whose ${property} holds it`;
      },
    ),
    aboutItems(searched.shape, about(searched, search, 'likely'), (found) => {
      const other = found.find((item) => !holds(item, word));
      return other === undefined ? undefined : `${search.name}=${word} finds ${identity(view.resource, other)}, which does not hold it`;
    }),
  ]);
}

function about({ shape }: Searched, search: Parameter, confidence: About['confidence']): About {
  return {
    check: 'search-respected',
    confidence,
    why: `${search.name} searches the items`,
    promise: search.pointer,
    topic: `${shape.operation.id} ${search.name}`,
  };
}

interface Target {
  readonly word: string;
  readonly property: string;
}

/** A naming property whose value is one plain word that not every item holds. */
function targetOf(view: ListView, search: Parameter): Target | undefined {
  const said = nameWords(described(view.scope.planning.contract, search));
  const properties = [...view.shape.properties.keys()].filter((name) => said.includes(name.toLowerCase()) || isNaming(name));
  for (const property of properties.toSorted(
    (left, right) => Number(said.includes(right.toLowerCase())) - Number(said.includes(left.toLowerCase())),
  )) {
    for (const item of view.known.toReversed()) {
      const word = member(item, property);
      // a notation such as AB-12 is one word where the document names the property
      const form = said.includes(property.toLowerCase()) ? /^[a-z0-9][a-z0-9-]{3,}$/i : /^[a-z0-9]{4,}$/;
      const plain = typeof word === 'string' && form.test(word) && takes(view.scope.planning, search, word);
      if (plain && view.known.some((other) => !holds(other, word))) return { word, property };
    }
  }
  return undefined;
}

function otherCase(word: string): string {
  const upper = word.toUpperCase();
  return upper === word ? word.toLowerCase() : upper;
}

/** Whether a search may be given the words. */
export function takes({ contract }: Planning, { schema }: Parameter, words: string): boolean {
  return schema !== undefined && contract.validators.validate(schema, words, 'request').kind === 'valid';
}

/** Whether a property's name tells that things are found by it. */
export function isNaming(name: string): boolean {
  return nameWords(name).some((word) => naming.has(word));
}

/** Whether any text in the value holds the word, whatever its case. */
function holds(value: Json, word: string): boolean {
  if (typeof value === 'string') return value.toLowerCase().includes(word.toLowerCase());
  if (Array.isArray(value)) return value.some((item: Json) => holds(item, word));
  return isObject(value) && Object.values(value).some((item) => holds(item, word));
}
