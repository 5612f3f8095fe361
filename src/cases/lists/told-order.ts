/** The order of a list that its document tells in words: `the newest first`, `sorted by name`. Pure. */
import { nameWords, plainName } from '../../lib/names.ts';
import type { Contract } from '../../spec/contract.ts';
import { descriptionAt, sentencesOf } from '../../spec/descriptions.ts';
import type { Conversation } from '../case.ts';
import { aboutItems, lookAgain, type ListView } from './answers.ts';
import { isSorted } from './order.ts';
import type { ListShape } from '../inference/list-parameters.ts';

/** Looks whether the list as it comes is in the order that the document tells. */
export function* askToldOrder(view: ListView): Conversation {
  const { shape } = view;
  const told = toldOrder(view.scope.planning.contract, shape);
  if (!told) return;
  const { property, descending, sure, words } = told;
  yield* lookAgain(view, 'whether the list is in the order that is told', [
    aboutItems(
      shape,
      {
        check: 'sort-respected',
        confidence: sure ? 'certain' : 'likely',
        why: `the document says ${JSON.stringify(words)}`,
        topic: `${shape.operation.id} told`,
      },
      (items) => (isSorted(items, { value: words, property, descending }) ? undefined : `the list is not sorted by ${property}`),
    ),
  ]);
}

/** An order in words. */
export interface ToldOrder {
  readonly property: string;
  readonly descending: boolean;
  /** Whether the words leave no other meaning. */
  readonly sure: boolean;
  readonly words: string;
}

/** The order that summary and description tell of a list; undefined where they tell none that the items show. */
export function toldOrder(contract: Contract, { operation, properties }: ListShape): ToldOrder | undefined {
  // what a list can be asked for is not how it comes
  const text = (['summary', 'description'] as const)
    .flatMap((name) => sentencesOf(descriptionAt(contract, operation.pointer, name)))
    .filter(
      (sentence) =>
        !/\b(?:can|may|could|might|optional(?:ly)?|if|when|where|unless|use|using|set|pass|parameter|query|with)\b|[`=?]/i.test(sentence),
    )
    .join('. ');
  const age = /\b(newest|latest|most recent(?:ly (?:created|added|made))?|oldest|earliest)(?: \w+)? first\b/i.exec(text);
  const made = [...properties.keys()].find((name) => isTimeOfMaking(name));
  if (age && made !== undefined)
    return {
      property: made,
      descending: !/^(?:oldest|earliest)/i.test(age[1] ?? ''),
      sure: /^(?:newest|oldest)$|ly/i.test(age[1] ?? ''),
      words: age[0],
    };
  const by = /(\b(?:sort|order)ed|,) by ([\w-]+)(?: ([\w-]+))?(?: (descending|desc|in reverse))?/i.exec(text);
  if (!by) return undefined;
  const [words, how = '', first = '', second = '', down] = by;
  const wanted = [plainName(first + second), plainName(first)];
  const property = [...properties.keys()].find((name) => wanted.includes(plainName(name)));
  const descending = down !== undefined || /^desc/i.test(second);
  return property === undefined ? undefined : { property, descending, sure: how !== ',', words: words.replace(/^, /, '') };
}

/** `created`, `createdAt`, `date_added`; not `created_by`. */
function isTimeOfMaking(name: string): boolean {
  const words = nameWords(name);
  const rest = words.filter((word) => !/^(?:created?|made|added|creation)$/.test(word));
  return rest.length < words.length && rest.every((word) => /^(?:at|on|date|time|timestamp|datetime|utc)$/.test(word));
}
