/** The rental's switches: one broken promise each. What a switch does stands where the API does it, under the id without `rental-`. */
import type { Phase } from '../../../src/cases/case.ts';
import type { SwitchClass } from '../faulty-api/switches/switch.ts';

export interface RentalSwitch {
  readonly id: string;
  readonly class: SwitchClass;
  /** The promise that it breaks, for people. */
  readonly breaks: string;
  /** Id of the check that must catch it. */
  readonly check: string;
  /** Phases that suffice to see it. */
  readonly phase: readonly Phase[];
}

type Row = readonly [id: string, breaks: string, check: string];

const of = (kind: SwitchClass, phase: readonly Phase[], rows: readonly Row[]): RentalSwitch[] =>
  rows.map(([id, breaks, check]) => ({ id: `rental-${id}`, class: kind, breaks, check, phase }));

export const rentalSwitches: readonly RentalSwitch[] = [
  ...of(
    'schema',
    ['stateful'],
    [
      ['id-as-text', 'an identifier is an integer', 'body-matches-schema'],
      ['minutes-as-text', 'minutes are an integer, inside the wrapper too', 'body-matches-schema'],
    ],
  ),
  ...of(
    'negative',
    ['invalid'],
    [
      ['page-size-over', 'a page holds 50 at most', 'invalid-refused'],
      ['category-unknown', 'a list in the query holds known values only', 'invalid-refused'],
      ['exclusive-bound', 'a price stays below its exclusive bound', 'invalid-refused'],
      ['multiple-of', 'a price is a multiple of a half', 'invalid-refused'],
      ['frame-pattern', 'a frame number fits its pattern to its end', 'invalid-refused'],
      ['tags-repeat', 'tags do not repeat', 'invalid-refused'],
      ['empty-patch', 'a patch names something', 'invalid-refused'],
      ['nested-required', 'what is required inside is required', 'invalid-refused'],
      ['null-brand', 'null is no brand', 'invalid-refused'],
      ['form-rating', 'a number of a form has a bound', 'invalid-refused'],
      ['form-about', 'a choice of a form is a known one', 'invalid-refused'],
      ['form-required', 'what a form requires is required', 'invalid-refused'],
      ['form-comment', 'a text of a form is no longer than allowed', 'invalid-refused'],
      ['form-without-file', 'the file of a form is required', 'invalid-refused'],
      ['side-unknown', 'a choice beside a file is a known one', 'invalid-refused'],
      ['code-pattern', 'a code in the path fits its pattern', 'invalid-refused'],
      ['bulk-of-six', 'no more than five are made at once', 'invalid-refused'],
      ['bulk-of-no-brand', 'each of those that are made at once has what is required', 'invalid-refused'],
      ['reason-unknown', 'what is done to a thing once takes known values only', 'invalid-refused'],
      ['rents-no-bike', 'what a reference names exists', 'absent-not-found'],
    ],
  ),
  ...of('negative', ['invalid'], [['any-media-type', 'a body is of a declared type', 'media-type-refused']]),
  ...of(
    'access',
    ['access'],
    [
      ['open-door', 'an action needs a key', 'unauthenticated-refused'],
      ['any-key', 'a key is a known one', 'unauthenticated-refused'],
      ['reader-writes', 'readers change nothing', 'forbidden-refused'],
      ['other-patches', 'nobody changes what others made', 'forbidden-refused'],
      ['other-replaces', 'nobody replaces what others made', 'forbidden-refused'],
      ['other-transfer', 'what another made is not changed by what its verb sets', 'forbidden-refused'],
      ['other-photographs', 'the part of what another made is not replaced', 'forbidden-refused'],
      ['other-deletes', 'nobody deletes what others made', 'forbidden-refused'],
      ['other-deletes-rental', 'nobody deletes what others made', 'forbidden-refused'],
      ['other-cancel', 'nobody acts on what others made', 'forbidden-refused'],
      ['stranger-sees', 'another firm sees nothing', 'forbidden-refused'],
      ['stranger-sees-newest', 'no list shows strangers what they may not see', 'forbidden-refused'],
      ['stranger-counts', 'another firm does not even see how much there is', 'total-agrees'],
    ],
  ),
  ...of(
    'stateful',
    ['stateful'],
    [
      ['trims', 'what is written is read', 'written-read-back'],
      ['patch-drops-false', 'false is a value', 'written-read-back'],
      ['station-not-replaced', 'PUT keeps what it takes', 'written-read-back'],
      ['bytes-as-text', 'bytes are kept as they are', 'written-read-back'],
      ['patch-resets-tags', 'a patch keeps what it does not name', 'update-keeps-rest'],
      ['deletes-nothing', 'DELETE deletes', 'deleted-gone'],
      ['deletes-neighbour', 'DELETE deletes one', 'others-untouched'],
      ['children-stay', 'what belongs to a deleted thing is gone', 'deleted-gone'],
      ['service-of-any-bike', 'a service is found below its own bike', 'nested-scoped'],
      ['revision-stands-still', 'the revision counts changes', 'server-values-follow'],
      ['changed-at-stands-still', 'the time of the change follows the change', 'server-values-follow'],
      ['added-at-moves', 'the time of creation stays', 'server-values-follow'],
      ['update-takes-read-only', 'what is read-only is not taken from an update', 'read-only-kept'],
      ['status-taken', 'what is read-only is not taken from a creation', 'read-only-kept'],
      ['return-does-nothing', 'an action has its effect', 'action-takes-effect'],
      ['cancel-does-nothing', 'an action has its effect', 'action-takes-effect'],
      ['bulk-answers-one', 'as many are made as were asked for at once', 'written-read-back'],
      ['bulk-of-one-brand', 'each of several is what was asked for', 'written-read-back'],
      ['taken-but-made', 'a creation that is refused makes nothing', 'refused-no-trace'],
      ['manual-of-one-line', 'a text is kept to its end', 'written-read-back'],
      ['note-not-rewritten', 'what was replaced is kept, under a path of its own', 'written-read-back'],
      ['note-stays', 'what was deleted is gone, under a path of its own', 'deleted-gone'],
      ['transfer-keeps-rider', 'an action sets what its body names', 'action-takes-effect'],
      ['transfer-keeps-bike', 'an action sets what its body names', 'action-takes-effect'],
      ['returns-twice', 'an action that is done is refused', 'action-takes-effect'],
      ['idempotency-key-ignored', 'one idempotency key makes one thing', 'created-once'],
    ],
  ),
  ...of(
    'relations',
    ['stateful', 'relations'],
    [
      ['location-of-nothing', 'Location leads to what was created', 'location-resolves'],
      ['location-without-base', 'Location names the base of the paths too', 'location-resolves'],
      ['location-of-collection', 'Location leads to what was created', 'location-resolves'],
      ['location-elsewhere', 'Location leads to what was created', 'location-resolves'],
      ['put-merges', 'what PUT leaves out is gone', 'put-replaces'],
      ['put-keeps-gears', 'what PUT leaves out is gone, numbers too', 'put-replaces'],
      ['put-keeps-all', 'PUT changes what it names', 'written-read-back'],
      ['frame-number-twice', 'a frame number is given once', 'conflict-refused'],
      ['creates-two', 'one creation makes one', 'created-once'],
      ['no-304', 'a known entity tag is answered with 304', 'preconditions-kept'],
      ['if-modified-since-ignored', 'a known moment is answered with 304', 'preconditions-kept'],
      ['412-ignored', 'an old entity tag is refused', 'preconditions-kept'],
      ['428-ignored', 'a condition that is needed is asked for', 'preconditions-kept'],
      ['if-none-match-star-ignored', 'nothing is replaced that must be new', 'preconditions-kept'],
      ['several-as-one', 'a filter takes several values', 'filter-complete'],
      ['false-ignored', 'a filter for false is a filter', 'filter-respected'],
      ['least-ignored', 'a lower bound is a filter', 'filter-respected'],
      ['most-is-exclusive', 'an upper bound includes its value', 'filter-complete'],
      ['after-ignored', 'a moment after which things were made is a filter', 'filter-respected'],
      ['open-ignored', 'a filter minds each of its values', 'filter-respected'],
      ['bike-ignored', 'a filter by reference is a filter', 'filter-respected'],
      ['descending-ignored', 'descending is descending', 'sort-respected'],
      ['sort-text-ignored', 'an order that a pattern names is kept', 'sort-respected'],
      ['minus-ignored', 'a minus sign means descending', 'sort-respected'],
      ['sort-comma-ignored', 'an order that a description names is kept', 'sort-respected'],
      ['page-size-ignored', 'a page holds no more than asked for', 'limit-respected'],
      ['last-page-repeats', 'beyond the last page there is nothing', 'pages-disjoint'],
      ['pages-from-zero', 'the first page is the first', 'total-agrees'],
      ['next-link-stays', 'the next page is another one', 'pages-disjoint'],
      ['skip-ignored', 'what is skipped is left out', 'pages-disjoint'],
      ['cursor-loops', 'a cursor moves on', 'pages-disjoint'],
      ['cursor-skips', 'a cursor leaves nothing out', 'pages-complete'],
      ['services-of-all', 'a nested list holds what belongs there', 'nested-scoped'],
      ['total-of-all', 'a total counts what fits the filter', 'total-agrees'],
      ['total-of-page', 'a total counts all pages', 'total-agrees'],
      ['count-of-page', 'a count of all counts all', 'total-agrees'],
      ['elements-of-page', 'a total inside of an object counts all', 'total-agrees'],
      ['total-pages-off', 'the number of pages follows from the total', 'page-told-truly'],
      ['page-number-off', 'a page knows its number', 'page-told-truly'],
      ['page-size-lies', 'a page knows its size', 'page-told-truly'],
      ['has-more-lies', 'a page knows whether there is more', 'page-told-truly'],
      ['count-is-off', 'a count agrees with the list', 'count-agrees'],
      ['count-of-services', 'a count of children agrees with their list', 'count-agrees'],
    ],
  ),
  ...of(
    'protocol',
    ['protocol'],
    [
      ['wide-note-crashes', 'an identifier beyond what a double holds is answered', 'no-server-error'],
      ['csv-ignored', 'a declared type is served when it is asked for', 'accept-respected'],
      ['range-ignored', 'a part is as long as asked for', 'range-respected'],
      ['range-one-short', 'a part is as long as asked for', 'range-respected'],
    ],
  ),
];
