import { describe, expect, test } from 'vitest';
import { toldMoves, toldState } from '../../../src/cases/inference/told-moves.ts';
import { conflictsIn, holdingStates, refusedStates } from '../../../src/cases/inference/told-refusals.ts';

const states = ['draft', 'sent', 'paid', 'void'];
const order = { name: 'orders', states, final: ['paid', 'void'] };

describe('refusals in words', () => {
  test.each([
    ['409 while the order is sent or paid', ['sent', 'paid']],
    ['An order in a final state cannot be changed (409)', ['paid', 'void']],
    ['Answers 409, changing nothing, unless the order is a draft and there is enough stock', ['sent', 'paid', 'void']],
    ['Only a draft can be sent', ['sent', 'paid', 'void']],
    ['Only sent orders may be paid', ['draft', 'paid', 'void']],
    ['Refused with 409 if it is not a draft', ['sent', 'paid', 'void']],
    ['409 for an order that is void already', ['void']],
    ['The order is already paid', ['paid']],
    ['409 if the order is sent or has children', ['sent']],
    ['Cannot be deleted once sent, paid or void', ['sent', 'paid', 'void']],
  ])('%s', (sentence, want) => expect(refusedStates(sentence, order)).toEqual(want));

  test.each([
    '409 while a line of it is sent',
    '409 if the order is sent and older than a day',
    '409 unless draft or forced',
    'No 409 if the order is sent',
    'Conflict with the present state',
    'If the order is already void this returns the order',
    'Sent orders are already on their way',
    '409 if the order was sent by another',
    'Answers 409 if the order is sent (only for guests)',
  ])('nothing by: %s', (sentence) => expect(refusedStates(sentence, order)).toEqual([]));
});

describe('what a conflict may come of', () => {
  test.each([
    ['404 if the order is not there, 409 if it is sent', ['409 if it is sent']],
    ['422 if a line is empty, 409 if the shop is closed or a part is gone', ['409 if the shop is closed', '409 if a part is gone']],
    ['409 unless the order is sent or the customer pays', ['409 unless the order is sent or the customer pays']],
    ['The order is already sent', ['The order is already sent']],
    ['404 if the order is sent', []],
  ])('%s', (sentence, want) => expect(conflictsIn(sentence)).toEqual(want));
});

describe('what is in the way of a deletion', () => {
  test.each([
    ['409 while an order of it is sent or paid', ['sent', 'paid']],
    ['Answers 409 while an order that is not void contains it', ['draft', 'sent', 'paid']],
    ['409 if it has orders', states],
    ['Cannot be deleted while any order exists', states],
    ['A customer with orders, void ones among them, cannot be deleted: 409', states],
    ['A customer that has orders must not be deleted', states],
    ['Refused with 409 while the customer has a sent order, or a basket that is not empty', ['sent']],
    ['409 if it still has sent or paid orders', ['sent', 'paid']],
  ])('%s', (sentence, want) => expect(holdingStates(sentence, order)).toEqual(want));

  test.each([
    '409 while it has open orders',
    '409 while the customer has a sent order that is not old',
    '409 while the customer has a sent order and no credit',
    '409 while an unpaid order contains it',
    '409 while an order of it is sent and old',
    'A customer with open orders cannot be deleted',
    'A customer with orders, unless they are void, cannot be deleted',
    'A customer with orders cannot be deleted by a reader',
  ])('nothing by: %s', (sentence) => expect(holdingStates(sentence, order)).toBeUndefined());
});

describe('moves as arrows', () => {
  const drawn = (text: string): unknown => {
    const moves = toldMoves(text, states);
    return moves && [...moves.next].flatMap(([from, to]) => [...to].map((one) => `${from} ${one}`));
  };

  test.each([
    ['States: draft -> sent, void; sent -> paid,\n  void. Any other gets 409.', ['draft sent', 'draft void', 'sent paid', 'sent void']],
    ['draft → sent → paid', ['draft sent', 'sent paid']],
    ['- `draft` => `sent` or `void`\n- `sent` => `paid`', ['draft sent', 'draft void', 'sent paid']],
    ['draft, sent -> void', ['draft void', 'sent void']],
    [
      'From `draft` to `sent` or `void`, from `sent` to `paid`. `paid` and `void` are final. Any other move answers 409.',
      ['draft sent', 'draft void', 'sent paid'],
    ],
    [
      'A draft order can become sent; a sent order may only become paid or void. All other moves are refused.',
      ['draft sent', 'sent paid', 'sent void'],
    ],
  ])('%s', (text, want) => expect(drawn(text)).toEqual(want));

  test.each([
    'no arrows',
    'From draft to sent a mail goes out.',
    'It cannot go from sent to draft. Any other move is fine.',
    'draft -> sent, sent -> paid',
    'draft -> sent; input -> output',
    'any -> void',
  ])('none by: %s', (text) => expect(drawn(text)).toBeUndefined());

  test('whether there are no others is said', () => {
    expect(toldMoves('draft -> sent. Any other move gets 409.', states)?.only).toBe(true);
    expect(toldMoves('draft -> sent', states)?.only).toBe(false);
  });
});

describe('the state that things get into', () => {
  test.each([
    ['The orders become sent', 'sent'],
    ['Its `orders` become void again', 'void'],
    ['The order becomes paid and so do its lines', 'paid'],
    ['All of its orders are marked as sent', 'sent'],
  ])('%s', (sentence, want) => expect(toldState(sentence, order)).toBe(want));

  test.each([
    'The order becomes sent or, when nothing is left, paid',
    'The orders are sent',
    'If empty, its orders become void',
    'The lines become sent',
  ])('none by: %s', (sentence) => expect(toldState(sentence, order)).toBeUndefined());
});
