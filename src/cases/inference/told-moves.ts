/** Which state follows which, where a document draws arrows or says so: `draft -> sent, void; sent -> paid`, `from draft to sent or void`. Pure. */
import { namesOf, spelled, type Stateful } from './told-refusals.ts';

/** What a text tells of the ways from state to state. */
export interface ToldMoves {
  /** What may follow each state; nothing may follow a final one. */
  readonly next: ReadonlyMap<string, ReadonlySet<string>>;
  /** Whether the text says that there are no others. */
  readonly only: boolean;
}

/** The moves between the given states; undefined where the text draws none, or draws something else as well. Words are taken for a drawing only where they say that there are no other moves. */
export function toldMoves(text: string, states: readonly string[]): ToldMoves | undefined {
  const next = new Map<string, Set<string>>(states.map((state) => [state, new Set()]));
  const only = /\b(?:(?:any|every|all) other|no other|only (?:these|those|the following))\b/i.test(text);
  const drawn = clausesOf(only ? withArrows(text, states) : text).filter((clause) => clause.includes('->'));
  for (const clause of drawn) {
    const steps = clause.split('->').map((step) => namesIn(step, states));
    // a list in the middle may end one move and begin another
    const isPlain =
      steps.length > 1 && steps.every((step, index) => step && (step.length === 1 || index === 0 || index === steps.length - 1));
    if (!isPlain) return undefined;
    for (const [index, froms = []] of steps.entries())
      for (const from of froms) for (const to of steps[index + 1] ?? []) next.get(from)?.add(to);
  }
  if (drawn.length === 0) return undefined;
  return { next, only };
}

/** The state that a sentence says things get into: `its seats become available again`; undefined where it says none, or under a condition. */
export function toldState(sentence: string, thing: Pick<Stateful, 'name' | 'states'>): string | undefined {
  const all = String.raw`(?:all(?: of)? )?(?:the|its|their|these|those|every|each)(?: named)?`;
  const become = String.raw`(?:becomes?|(?:is|are) (?:set to|marked(?: as)?|moved to|changed to))`;
  const text = sentence.replaceAll(/[`*"“”]/g, '').trim();
  return thing.states.find((state) =>
    new RegExp(
      String.raw`^(?:then )?${all} (?:${namesOf(thing)}) (?:then )?${become} ${spelled(state)}(?: again)?(?: and so (?:do|does) [\w ]+)?$`,
      'i',
    ).test(text),
  );
}

/** The text with arrows for `from draft to sent or void` and `a draft can become sent`; as it is where it draws some, or where a sentence says that something may not be. */
function withArrows(text: string, states: readonly string[]): string {
  const plain = text.replaceAll(/[`*"'“”]/g, '');
  if (/->|→|⟶|⇒|=>|--+>/.test(plain)) return text;
  const one = `(?:${states.map(spelled).join('|')})`;
  const list = String.raw`(${one}(?:(?:,? (?:or|and) |, )${one})*)\b`;
  const moving = String.raw`(?:become|(?:go|move|change|be (?:moved|changed|set)) to)`;
  const said = [String.raw`\bfrom ${list} to ${list}`, String.raw`\b${list}(?: \w+)? (?:can|may) (?:only )?${moving} ${list}`];
  return plain
    .split(/(?<=[.;\n])/)
    .map((sentence) =>
      /\b(?:not|never|cannot|no longer|neither)\b/i.test(sentence)
        ? sentence
        : said.reduce((left, words) => left.replaceAll(new RegExp(words, 'gi'), ';$1 -> $2;'), sentence),
    )
    .join('');
}

/** The parts of a text that stand between semicolons, full stops and the ends of lines; what a line only goes on with belongs to the one before. */
function clausesOf(text: string): string[] {
  return text
    .replaceAll(/[`*"'“”]/g, '')
    .replaceAll(/→|⟶|⇒|=>|--+>/g, '->')
    .replaceAll(/([,/|>])\s*\n\s*|\s*\n\s*(?=(?:->|or\b|and\b|,))/g, '$1 ')
    .split(/;|\n|\.(?:\s|$)/);
}

/** The states that a part of a drawing lists, behind a heading that it may have; undefined where there is anything else. */
function namesIn(part: string, states: readonly string[]): string[] | undefined {
  const names = part
    .slice(part.lastIndexOf(':') + 1)
    .replace(/^\s*[-•]\s/, '')
    .split(/[,/|]|\b(?:or|and)\b/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return names.length > 0 && names.every((name) => states.includes(name)) ? names : undefined;
}
