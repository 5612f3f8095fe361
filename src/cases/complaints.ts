/**
 * What a refusal says of the members of the body that it refuses. No framework is known by name: they all pair a place (`loc`, `field`, `path`, `pointer`, a key
 * of a map) with words, or name the member in a sentence. Pure.
 */
import { isObject, type Json, type JsonObject } from '../lib/json.ts';
import { nameWords, plainName } from '../lib/names.ts';

/** One complaint: the member's names from the body down, and all that was said of it. */
export interface Complaint {
  readonly path: readonly string[];
  readonly words: string;
  /** What was refused; undefined where it is no object. */
  readonly refused?: JsonObject;
}

/** Members that hold a place, best first; `name` may as well be what the API calls the error. */
const places = [
  'loc',
  'path',
  'pointer',
  'instancePath',
  'propertyPath',
  'property',
  'field',
  'fieldName',
  'param',
  'attribute',
  'source',
  'name',
];

/** Members that repeat what was sent: its words are not the API's. */
const echoes = new Set(['input', 'value', 'rejectedValue', 'rejected_value', 'received', 'url']);

/** What stands in a place before the names of the body's members, and before those of parameters. */
const wrappers: Readonly<Record<'body' | 'parameters', ReadonlySet<string>>> = {
  body: new Set(['body', 'data', 'attributes', 'request', 'payload', 'json', '$', '']),
  parameters: new Set(['path', 'query', 'header', 'cookie', 'params', 'request', '$', '']),
};

/** Every complaint about a member that the body could have, or about a parameter, in the order of the answer; `names` are those members or parameters. */
export function complaintsIn(
  refusal: Json | undefined,
  names: readonly string[],
  of: keyof typeof wrappers = 'body',
): readonly Complaint[] {
  const byPlainName = new Map(names.map((name) => [plainName(name), name]));
  const complaints: Complaint[] = [];
  const about = (place: readonly string[], words: string): boolean => {
    const from = place.findIndex((token) => !wrappers[of].has(token));
    const name = byPlainName.get(plainName(place[from] ?? ''));
    if (name !== undefined) complaints.push({ path: [name, ...place.slice(from + 1)], words });
    return name !== undefined;
  };
  const read = (value: Json | undefined): void => {
    if (typeof value === 'string') readSentence(value, byPlainName, about);
    else if (Array.isArray(value)) for (const item of value) read(item as Json);
    else if (isObject(value) && !places.some((key) => about(tokensOf(value[key]), wordsOf(value))))
      for (const [key, inner] of Object.entries(value))
        if (!echoes.has(key) && !(speaks(inner) && about([key], wordsOf(inner)))) read(inner);
  };
  read(refusal);
  return complaints;
}

/** Every text that the refusal says of itself, in the order of the answer. */
export function sentencesIn(refusal: Json | undefined): readonly string[] {
  if (typeof refusal === 'string') return [refusal];
  if (Array.isArray(refusal)) return refusal.flatMap((item: Json) => sentencesIn(item));
  if (!isObject(refusal)) return [];
  return Object.entries(refusal).flatMap(([key, inner]) => (echoes.has(key) ? [] : sentencesIn(inner)));
}

/** Complaints of sentences that repeat what was sent in one member alone, as text or as an item of a list. */
export function echoesIn(refusal: Json | undefined, body: JsonObject): readonly Complaint[] {
  return sentencesIn(refusal).flatMap((words): Complaint[] => {
    const repeated = Object.entries(body).filter(([, value]) =>
      (Array.isArray(value) ? value : [value]).some((one: Json) => typeof one === 'string' && one.length > 2 && mentions(words, one)),
    );
    const [[name] = []] = repeated;
    return name === undefined || repeated.length > 1 ? [] : [{ path: [name], words }];
  });
}

/** Whether a sentence holds the value as a word, or words, of its own. */
export function mentions(sentence: string, value: Json): boolean {
  const wanted = typeof value === 'string' ? value : JSON.stringify(value);
  return wanted !== '' && new RegExp(String.raw`(?<![\p{L}\p{N}_-])${RegExp.escape(wanted)}(?![\p{L}\p{N}_-])`, 'u').test(sentence);
}

/** What stands before a list of values. */
const announced =
  /(?:one of|\bin|values(?: are)?|should be|must be|expected|enum|choices?|options?|permitted|allowed|\b(?:available|valid|known|supported|possible)(?: [\w-]+){0,2})[\s:]*((?:either )?["'`[({].*)/i;

/** The values that the words list; where some are in quotes, these. */
export function choicesIn(words: string): readonly Json[] {
  const [, listed = ''] = announced.exec(words) ?? [];
  const quoted = [...listed.matchAll(/["'`]([^"'`]+)["'`]/g)].map(([, text = '']) => text);
  const texts = quoted.length > 0 ? quoted : (listed.match(/[\w-]+/g) ?? []);
  return texts.flatMap((text) => (Number.isNaN(Number(text)) ? [text] : [text, Number(text)]));
}

function tokensOf(place: Json | undefined): readonly string[] {
  if (typeof place === 'string') return place.split(/[./[\]]+/).filter((token, index) => token !== '' || index === 0);
  if (Array.isArray(place)) return place.map(String);
  return isObject(place) ? tokensOf(place['pointer'] ?? place['parameter']) : [];
}

/** Whether it is something said, rather than a part of the answer that holds more of them. */
const speaks = (value: Json): boolean =>
  typeof value === 'string' ||
  (Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string' || isObject(item)));

/** All words and numbers of it with the names they go by: `min_length 3`. */
function wordsOf(value: Json): string {
  if (Array.isArray(value)) return value.map((item: Json) => wordsOf(item)).join('; ');
  if (!isObject(value)) return String(value);
  return Object.entries(value satisfies JsonObject)
    .filter(([key]) => !echoes.has(key))
    .map(([key, inner]) => `${nameWords(key).join(' ')} ${wordsOf(inner)}`)
    .join('; ');
}

/** A sentence is about the member that it puts in quotes, else about the one that it begins with or calls a field, else about the only one whose name is no plain word. */
function readSentence(
  sentence: string,
  names: ReadonlyMap<string, string>,
  about: (place: readonly string[], words: string) => boolean,
): void {
  for (const part of sentence.split(/[;\n]|,\s(?=["'`]?\w+["'`]? (?:is|must|should|has|cannot)\b)/)) {
    const quoted = [...part.matchAll(/["'`]([\w.\-[\]]+)["'`]/g)].map(([, name = '']) => tokensOf(name));
    const [, called = ''] = /(?:property|field|attribute|parameter|key)\s+["'`]?([\w.-]+)/i.exec(part) ?? [];
    const [first = ''] = /[\w.-]+/.exec(part.replace(/^\W*(?:the|body[./\s]?)\s*/i, '')) ?? [];
    const last = tokensOf(called).slice(-1);
    const unmistakable = (part.match(/\w+/g) ?? []).filter((word) => /_|[a-z][A-Z]/.test(word) && names.has(plainName(word)));
    const only = new Set(unmistakable).size === 1 ? unmistakable.slice(0, 1) : [];
    [...quoted, tokensOf(called), last, tokensOf(first), only].some((place) => names.has(plainName(place[0] ?? '')) && about(place, part));
  }
}
