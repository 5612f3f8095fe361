/** In which states a document says that an operation is refused: `409 while the run is running`, `only a draft can be sent`. Pure. */
import { singularName } from '../../lib/names.ts';

/** Whose states they are: what the thing is called, its states, and those that are final. */
export interface Stateful {
  readonly name: string;
  readonly states: readonly string[];
  readonly final: readonly string[];
}

/** The states in which a sentence that speaks of a refusal says that there is one; empty where it says none, or adds a condition of another kind. */
export function refusedStates(sentence: string, thing: Stateful): readonly string[] {
  const text = sentence
    .replaceAll(/[`*"“”]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  const others = (named: readonly string[]): readonly string[] =>
    named.length > 0 ? thing.states.filter((state) => !named.includes(state)) : [];
  if (/\b(?:no|not|never|without)\b[^,]*\b(?:409|refus\w*|reject\w*|conflicts?)\b/i.test(text)) return [];
  const only = /^only (.*?)\b(?:can|may|could)\b/i.exec(text)?.[1];
  if (only !== undefined) return others(subjectStates(only, thing));
  const unless = /\bunless\b(.*)$/i.exec(text)?.[1];
  if (unless !== undefined) return others(conditionStates(unless, thing, /^(?:and\b|$)/));
  const inState = /^(.*?)\b(?:cannot|can not|can no longer|must not)\b/i.exec(text)?.[1];
  const own = inState === undefined ? [] : subjectStates(inState, thing);
  if (own.length > 0) return own;
  const condition =
    /\b(?:while|if|when|once|as long as|for)\b(.*)$/i.exec(text)?.[1] ?? (/^(?:already|it|the|this|an?)\b/i.test(text) ? text : undefined);
  return condition === undefined ? [] : conditionStates(condition, thing, /^(?:or\b|$)/);
}

/** The conditions of one conflict each, of which any is enough: of `404 if the hold is not there, 409 if it is over or a seat is taken` those of the 409. */
export function conflictsIn(sentence: string): readonly string[] {
  const parts = sentence.split(/,\s+(?:or\s+|and\s+)?(?=\d{3}\b)/).filter((part) => !/\b[1-5]\d\d\b/.test(part) || /\b409\b/.test(part));
  return parts.flatMap((part) => {
    if (/\b(?:unless|only|except)\b/i.test(part)) return [part];
    const [first = '', ...others] = part.split(/,?\s+or\s+(?=(?:an?|the|its|one of)\s)/);
    return [first, ...others.map((other) => `409 if ${other}`)];
  });
}

const filler = String.raw`(?:(?:already|currently|still|now|either|in|an?|the|any|one of|of|its|state|status|states)\b\s*)*`;

/** The states in which one of the things that refer to another keeps it from being deleted, by a sentence such as `409 while a run of it is running`, or `an owner with animals cannot be deleted`: all where it names none; undefined where it says nothing of the kind. */
export function holdingStates(sentence: string, thing: Stateful): readonly string[] | undefined {
  const names = namesOf(thing);
  const text = sentence.replaceAll(/[`*"“”]/g, '').trim();
  const aside = String.raw`(?:, (?:(?!\b(?:unless|except|only|not|no|but)\b)[^,])*,)?`;
  const holds = String.raw`^(?:an?|the|any)? ?[\w-]+ (?:with|(?:that|which) (?:still )?has) (?:any |an? )?(?:${names})${aside}`;
  if (new RegExp(String.raw`${holds} (?:cannot|can not|can no longer|must not|may not) be (?:deleted|removed)(?:: 409)?$`, 'i').test(text))
    return thing.states;
  const condition = /\b(?:while|if|when|as long as)\s+(.*)$/i.exec(text)?.[1] ?? '';
  const refers = String.raw`(?:uses?|names?|refers? to|references?|contains?|belongs? to) it`;
  const has = String.raw`it (?:still )?(?:has|is (?:used|named|referenced|referred to) by) (?:any |an? )?(?:${names})`;
  const are = String.raw`(?:any |an? |there are (?:any )?)?(?:${names}) (?:still )?(?:exists?|${refers})`;
  if (new RegExp(`^(?:${has}|${are})$`, 'i').test(condition)) return thing.states;
  const [, had] =
    new RegExp(String.raw`^(?:it|the [\w-]+) (?:still )?has (?:any |an? |some )?(.+?) (?:${names})(?=$|,? or )`, 'i').exec(condition) ?? [];
  if (had !== undefined) {
    const { named, left } = statesAt(had, thing);
    return named.length > 0 && left === '' ? named : undefined;
  }
  const own = new RegExp(
    String.raw`^(an?|any) (${names}) (?:(?:of|for|from|with) (?:it|this \w+|the \w+)|(?:that|which)) (?=(?:is|are)\b)`,
    'i',
  );
  if (!own.test(condition)) return undefined;
  const found = conditionStates(condition.replace(own, '$1 $2 '), thing, new RegExp(`^(?:${refers})?$`, 'i'));
  return found.length > 0 ? found : undefined;
}

/** `the run is submitted or running`, `it is not a draft`, `in a final state`; what follows must fit. */
function conditionStates(text: string, thing: Stateful, rest: RegExp): readonly string[] {
  const subject = String.raw`(?:(?:the|an?|its|this|that|any)\s+)?(?:(?:it|they|state|status|${namesOf(thing)})\s+(?:(?:that|which)\s+)?(?:is|are|has been|have been|was|were)\s+)?`;
  const found = new RegExp(String.raw`^\s*${subject}(not\s+)?${filler}(?=\S)`, 'i').exec(text);
  const { named, left } = statesAt(text.slice(found?.[0].length ?? 0), thing);
  if (named.length === 0 || !rest.test(left)) return [];
  return found?.[1] === undefined ? named : thing.states.filter((state) => !named.includes(state));
}

/** `a run in a final state`, `drafts`, `a sent invoice`. */
function subjectStates(text: string, thing: Stateful): readonly string[] {
  const names = namesOf(thing);
  const before = new RegExp(String.raw`^\s*${filler}(?:(?:${names})\s+(?:(?:that|which)\s+(?:is|are)\s+)?${filler})?`, 'i').exec(text);
  const { named, left } = statesAt(text.slice(before?.[0].length ?? 0), thing);
  return new RegExp(`^(?:${names})?$`, 'i').test(left) ? named : [];
}

/** The states that a text begins with, and what is left of it. */
function statesAt(text: string, { states, final }: Stateful): { readonly named: readonly string[]; readonly left: string } {
  const words = [...states.map((state) => [state, [state]] as const), ...['final', 'terminal'].map((word) => [word, final] as const)];
  const known = words.toSorted(([one], [other]) => other.length - one.length);
  const named = new Set<string>();
  let left = text.trim();
  for (;;) {
    const met = known.find(([word]) => beginning(word).test(left));
    if (!met) break;
    for (const state of met[1]) named.add(state);
    left = left
      .replace(beginning(met[0]), '')
      .replace(
        new RegExp(String.raw`^(?:,?\s*(?:or|and|nor)\s+|,\s*)${filler}(?=(?:${words.map(([word]) => spelled(word)).join('|')})s?\b)`, 'i'),
        '',
      );
  }
  return {
    named: [...named],
    left: left
      .replace(/^(?:already|states?|any more|any longer)\b\s*/i, '')
      .replace(/^\((?!.*\b(?:and|unless|except|only|if|when)\b).*$/i, '')
      .trim(),
  };
}

/** A state as people write it, in the plural where it stands for the things that are in it. */
function beginning(state: string): RegExp {
  return new RegExp(String.raw`^${spelled(state)}s?\b(?!-)\s*`, 'i');
}

/** The pattern of a state's name as people write it: `on_sale` and `onSale` as `on sale`. */
export function spelled(state: string): string {
  return RegExp.escape(state)
    .replaceAll(/_|\\x2d/g, '[ _-]')
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, '[ _-]?');
}

/** What the things are called, singular and plural. */
export function namesOf({ name }: Pick<Stateful, 'name'>): string {
  const plural = spelled(name);
  const one = singularName(name);
  return one.length < name.length && name.toLowerCase().startsWith(one)
    ? `${plural}|${spelled(name.slice(0, one.length))}`
    : `${plural}|${spelled(one)}`;
}
