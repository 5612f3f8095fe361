import { expect, test } from 'vitest';
import type { RunEvent } from '../../../src/run/events.ts';
import { getOrder, judgement, listOrders, reportOf, verdict } from './sample-run.ts';

const broken = (check: string, topic: string, reason: string, operation = listOrders): RunEvent =>
  verdict(operation, {}, [judgement(check, 'fail', { topic, reason })]);
const nulls = (count: number): RunEvent[] =>
  Array.from({ length: count }, (_, index) =>
    broken(
      'invalid-refused',
      `place ${index}`,
      `invalid data is accepted: \`body.m${index}\` as null instead of a ${index === 0 ? 'string' : 'list'}`,
    ),
  );
const causesOf = (events: readonly RunEvent[]): string[] =>
  reportOf(events).causes.map(({ message, findings }) => `${findings.length} ${message}`);

test('invalid data that is accepted alike at five places is one cause', () => {
  expect(causesOf(nulls(5))).toEqual(['5 invalid data is accepted: `body.m0` as null instead of a string, and 4 more alike']);
  expect(causesOf(nulls(4))).toHaveLength(4);
});

test('other breaks, and one promise at many operations, are no habit', () => {
  const word = broken('invalid-refused', 'word', 'invalid data is accepted: `body.a` as a word instead of a boolean');
  expect(causesOf([...nulls(5), word])).toHaveLength(2);
  const again = [listOrders, getOrder].map((operation) =>
    broken('invalid-refused', 'one', 'invalid data is accepted: `limit` as null', operation),
  );
  expect(causesOf([...again, ...again, ...again])).toEqual(['2 invalid data is accepted: `limit` as null']);
});

test('what a write does not keep of one kind of thing is one cause, another kind another', () => {
  const kept = (kind: string): RunEvent[] =>
    ['a', 'b', 'c', 'd', 'e'].map((name) => broken('written-read-back', `/${kind} ${name}`, `${name} was written as 1 and is read as 2`));
  expect(causesOf([...kept('hens'), ...kept('cows')])).toHaveLength(2);
});

test('texts that lose the white space around them are one cause, whatever they belong to; other changes are not part of it', () => {
  const written = (place: string, before: string, after: string): RunEvent =>
    broken('written-read-back', place, `text was written as ${JSON.stringify(before)} and is answered as ${JSON.stringify(after)}`);
  const trimmed = ['/hens a', '/hens b', '/cows a', '/cows b', '/pigs a'].map((place) => written(place, ' padded ', 'padded'));
  expect(causesOf([...trimmed, written('/pigs b', ' ', '')])).toEqual([
    '6 text was written as " padded " and is answered as "padded", and 5 more alike',
  ]);
  expect(causesOf([...trimmed, written('/pigs c', ' Padded', 'padded')])).toHaveLength(2);
});

test('one kind of valid value that is refused at five places of bodies is one cause; ordinary requests are none', () => {
  const refused = (what: string): RunEvent[] =>
    Array.from({ length: 5 }, (_, index) =>
      broken('valid-accepted', `place ${index} ${what}`, `valid data is refused: ${what.replace('#', String(index))}`),
    );
  expect(causesOf(refused('`body.m#` of one space'))).toEqual(['5 valid data is refused: `body.m0` of one space, and 4 more alike']);
  expect(causesOf(refused('an ordinary request'))).toHaveLength(5);
});

test('what one header has to be, and is not at five places, is one cause', () => {
  const found = ['a', 'b', 'c', 'd', 'e'].map((place) => broken('headers-match', place, 'the header location must be of the format uri'));
  expect(causesOf(found)).toEqual(['5 the header location must be of the format uri, and 4 more alike']);
  expect(causesOf(found.slice(1))).toHaveLength(4);
});

test('connections that are lost at one moment are one cause, for one of them may have brought the API down; a lost one by itself is its own', () => {
  const lost = (operation: typeof listOrders, startedAt: number): RunEvent =>
    verdict(operation, { startedAt, fault: { kind: 'reset', message: 'the connection was reset' } }, [
      judgement('answer-received', 'fail', { topic: `reset ${operation.id}`, reason: 'no whole answer came' }),
    ]);
  const answered = verdict(listOrders, {}, []);
  expect(causesOf([answered, lost(listOrders, 1000), lost(getOrder, 1100)])).toEqual([
    '2 no whole answer came, nor to 1 more that was open at that moment: one of them may have brought the API down',
  ]);
  expect(causesOf([answered, lost(listOrders, 1000), lost(getOrder, 2000)])).toHaveLength(2);
});
