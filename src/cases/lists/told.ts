/** What a page tells of itself is true: its number, its size, how many pages there are, whether there is more. Pure. */
import { isObject, type Json } from '../../lib/json.ts';
import { valueAt } from '../../lib/json-pointer.ts';
import type { Parameter } from '../../spec/contract.ts';
import type { Expectation } from '../case.ts';
import { aboutItems, type ListView } from './answers.ts';
import { toldNumber } from '../inference/list-envelope.ts';
import { nextValue } from './next.ts';
import { plainName } from '../../lib/names.ts';

/** How a page was asked for, and what is known of the whole. */
export interface Asked {
  readonly limit: Parameter;
  readonly size: number;
  /** The parameter that counts pages or items, and its value. */
  readonly counter: Parameter | undefined;
  readonly at: number;
  /** How many items the pages before and this one reach; undefined where the whole is not known. */
  readonly reached: ((items: readonly Json[]) => number) | undefined;
}

/** One expectation for each thing that the envelope tells. */
export function toldTruly({ shape, known, whole }: ListView, asked: Asked): Expectation[] {
  const { envelope } = shape;
  const expect = (
    pointer: string | undefined,
    confidence: Expectation['confidence'],
    complaint: (json: Json, items: readonly Json[]) => string | undefined,
  ): Expectation[] => {
    if (pointer === undefined) return [];
    const name = pointer.slice(1);
    const parts = { check: 'page-told-truly', confidence, why: `${name} tells of the page`, topic: `${shape.operation.id} ${name}` };
    return [aboutItems(shape, parts, (items, answer) => (answer.json === undefined ? undefined : complaint(answer.json, items)))];
  };
  const { counter, at, limit, size } = asked;
  const counts = counter && shape.page === counter ? envelope.page : counter && shape.offset === counter ? envelope.offset : undefined;
  return [
    ...expect(envelope.size, 'certain', (json, items) => {
      const told = toldNumber(json, envelope.size);
      // some tell how many came
      return told === undefined || told === size || told === items.length
        ? undefined
        : `${limit.name}=${size}, and ${envelope.size?.slice(1)} is ${told}`;
    }),
    // pages may be counted from another number than they are asked by, unless both have one name
    ...expect(counts, counter && sameName(counter, counts) ? 'certain' : 'likely', (json) => {
      const told = toldNumber(json, counts);
      return told === undefined || told === at ? undefined : `${counter?.name}=${at}, and ${counts?.slice(1)} is ${told}`;
    }),
    ...expect(envelope.pages, 'certain', (json) => {
      const [told, total] = [toldNumber(json, envelope.pages), toldNumber(json, envelope.total)];
      if (told === undefined || total === undefined) return undefined;
      const pages = Math.ceil(total / size);
      return told === pages || (total === 0 && told === 1)
        ? undefined
        : `${total} items at ${size} a page are ${pages} pages, and ${envelope.pages?.slice(1)} is ${told}`;
    }),
    ...expect(whole && asked.reached ? envelope.more : undefined, 'certain', (json, items) => {
      const told = isObject(json) && envelope.more !== undefined ? valueAt(json, envelope.more) : undefined;
      const more = (asked.reached?.(items) ?? 0) < known.length;
      return typeof told !== 'boolean' || told === more
        ? undefined
        : `${envelope.more?.slice(1)} is ${String(told)}, though ${more ? 'more items follow' : 'nothing follows'}`;
    }),
  ];
}

/** What comes after the last item names no next page. Not told of a full page: who made it may not know that it is the last. */
export function namesNoNext({ shape }: ListView): Expectation {
  const about = { check: 'page-told-truly', confidence: 'likely', why: 'nothing follows', topic: `${shape.operation.id} next` } as const;
  return aboutItems(shape, about, (items, answer) =>
    items.length === 0 && nextValue(answer.json) !== undefined ? 'an empty page beyond the last one names a next page' : undefined,
  );
}

function sameName({ name }: Parameter, pointer: string | undefined): boolean {
  return plainName(name) === plainName(pointer?.split('/').at(-1) ?? '');
}
