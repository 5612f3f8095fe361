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
  /** Id of an operation that suffices to see it. */
  readonly operation: string;
}

type Row = readonly [id: string, breaks: string, check: string, operation: string];

const of = (kind: SwitchClass, phase: readonly Phase[], rows: readonly Row[]): RentalSwitch[] =>
  rows.map(([id, breaks, check, operation]) => ({ id: `rental-${id}`, class: kind, breaks, check, phase, operation }));

export const rentalSwitches: readonly RentalSwitch[] = [
  ...of(
    'schema',
    ['stateful'],
    [
      ['id-as-text', 'an identifier is an integer', 'body-matches-schema', 'GET /bikes'],
      ['minutes-as-text', 'minutes are an integer, inside the wrapper too', 'body-matches-schema', 'GET /bikes/{bikeId}/services'],
    ],
  ),
  ...of(
    'negative',
    ['invalid'],
    [
      ['page-size-over', 'a page holds 50 at most', 'invalid-refused', 'GET /bikes'],
      ['category-unknown', 'a list in the query holds known values only', 'invalid-refused', 'GET /bikes'],
      ['exclusive-bound', 'a price stays below its exclusive bound', 'invalid-refused', 'PUT /bikes/{bikeId}'],
      ['multiple-of', 'a price is a multiple of a half', 'invalid-refused', 'PUT /bikes/{bikeId}'],
      ['frame-pattern', 'a frame number fits its pattern to its end', 'invalid-refused', 'POST /bikes'],
      ['tags-repeat', 'tags do not repeat', 'invalid-refused', 'PUT /bikes/{bikeId}'],
      ['empty-patch', 'a patch names something', 'invalid-refused', 'PATCH /bikes/{bikeId}'],
      ['nested-required', 'what is required inside is required', 'invalid-refused', 'PUT /bikes/{bikeId}'],
      ['null-brand', 'null is no brand', 'invalid-refused', 'PUT /bikes/{bikeId}'],
      ['form-rating', 'a number of a form has a bound', 'invalid-refused', 'POST /feedback'],
      ['form-about', 'a choice of a form is a known one', 'invalid-refused', 'POST /feedback'],
      ['form-required', 'what a form requires is required', 'invalid-refused', 'POST /feedback'],
      ['form-comment', 'a text of a form is no longer than allowed', 'invalid-refused', 'POST /feedback'],
      ['form-without-file', 'the file of a form is required', 'invalid-refused', 'POST /bikes/{bikeId}/photo'],
      ['side-unknown', 'a choice beside a file is a known one', 'invalid-refused', 'POST /bikes/{bikeId}/photo'],
      ['code-pattern', 'a code in the path fits its pattern', 'invalid-refused', 'PUT /stations/{code}'],
      ['bulk-of-six', 'no more than five are made at once', 'invalid-refused', 'POST /bikes/bulk'],
      ['bulk-of-no-brand', 'each of those that are made at once has what is required', 'invalid-refused', 'POST /bikes/bulk'],
      ['reason-unknown', 'what is done to a thing once takes known values only', 'invalid-refused', 'POST /rentals/{rentalId}/cancel'],
      ['rents-no-bike', 'what a reference names exists', 'absent-not-found', 'POST /rentals'],
    ],
  ),
  ...of('negative', ['invalid'], [['any-media-type', 'a body is of a declared type', 'media-type-refused', 'PUT /bikes/{bikeId}/manual']]),
  ...of(
    'access',
    ['access'],
    [
      ['open-door', 'an action needs a key', 'unauthenticated-refused', 'POST /rentals/{rentalId}/cancel'],
      ['any-key', 'a key is a known one', 'unauthenticated-refused', 'GET /stations'],
      ['reader-writes', 'readers change nothing', 'forbidden-refused', 'POST /feedback'],
      ['other-patches', 'nobody changes what others made', 'forbidden-refused', 'PATCH /bikes/{bikeId}'],
      ['other-replaces', 'nobody replaces what others made', 'forbidden-refused', 'PUT /bikes/{bikeId}'],
      [
        'other-replaces-station',
        'nobody replaces what others made under a name of their choice',
        'forbidden-refused',
        'PUT /stations/{code}',
      ],
      ['stranger-sees-csv', 'no text shows strangers what they may not see', 'forbidden-refused', 'GET /rentals.csv'],
      [
        'other-transfer',
        'what another made is not changed by what its verb sets',
        'forbidden-refused',
        'POST /rentals/{rentalId}/transfer',
      ],
      ['other-photographs', 'the part of what another made is not replaced', 'forbidden-refused', 'POST /bikes/{bikeId}/photo'],
      ['other-deletes', 'nobody deletes what others made', 'forbidden-refused', 'DELETE /bikes/{bikeId}'],
      ['other-deletes-rental', 'nobody deletes what others made', 'forbidden-refused', 'DELETE /rentals/{rentalId}'],
      ['other-cancel', 'nobody acts on what others made', 'forbidden-refused', 'POST /rentals/{rentalId}/cancel'],
      ['stranger-sees', 'another firm sees nothing', 'forbidden-refused', 'GET /bikes/{bikeId}'],
      ['stranger-sees-newest', 'no list shows strangers what they may not see', 'forbidden-refused', 'GET /bikes/newest'],
      ['stranger-counts', 'another firm does not even see how much there is', 'total-agrees', 'GET /bikes'],
    ],
  ),
  ...of(
    'stateful',
    ['stateful'],
    [
      ['trims', 'what is written is read', 'written-read-back', 'GET /bikes/{bikeId}'],
      ['patch-drops-false', 'false is a value', 'written-read-back', 'PATCH /bikes/{bikeId}'],
      ['station-not-replaced', 'PUT keeps what it takes', 'written-read-back', 'GET /stations/{code}'],
      ['bytes-as-text', 'bytes are kept as they are', 'written-read-back', 'GET /bikes/{bikeId}/photo'],
      ['patch-resets-tags', 'a patch keeps what it does not name', 'update-keeps-rest', 'GET /bikes/{bikeId}'],
      ['deletes-nothing', 'DELETE deletes', 'deleted-gone', 'GET /bikes/{bikeId}'],
      ['deletes-neighbour', 'DELETE deletes one', 'others-untouched', 'GET /bikes/{bikeId}'],
      ['children-stay', 'what belongs to a deleted thing is gone', 'deleted-gone', 'GET /bikes/{bikeId}/services/{serviceId}'],
      ['service-of-any-bike', 'a service is found below its own bike', 'nested-scoped', 'GET /bikes/{bikeId}/services/{serviceId}'],
      ['revision-stands-still', 'the revision counts changes', 'server-values-follow', 'GET /bikes/{bikeId}'],
      ['changed-at-stands-still', 'the time of the change follows the change', 'server-values-follow', 'GET /bikes/{bikeId}'],
      ['added-at-moves', 'the time of creation stays', 'server-values-follow', 'GET /bikes/{bikeId}'],
      ['update-takes-read-only', 'what is read-only is not taken from an update', 'read-only-kept', 'GET /bikes/{bikeId}'],
      ['status-taken', 'what is read-only is not taken from a creation', 'read-only-kept', 'GET /rentals/{rentalId}'],
      ['return-does-nothing', 'an action has its effect', 'action-takes-effect', 'GET /rentals/{rentalId}'],
      ['cancel-does-nothing', 'an action has its effect', 'action-takes-effect', 'GET /rentals/{rentalId}'],
      ['return-of-all', 'an action on one thing is done to no other', 'others-untouched', 'GET /rentals/{rentalId}'],
      ['pins-lowered', 'the names in a map are kept', 'written-read-back', 'PUT /stations/{code}'],
      ['pins-as-numbers', 'digits in a text stay a text', 'body-matches-schema', 'GET /stations/{code}'],
      ['deletes-rental-again', 'what is gone cannot be deleted', 'deleted-gone', 'DELETE /rentals/{rentalId}'],
      ['bulk-answers-one', 'as many are made as were asked for at once', 'written-read-back', 'POST /bikes/bulk'],
      ['bulk-of-one-brand', 'each of several is what was asked for', 'written-read-back', 'GET /bikes/{bikeId}'],
      ['taken-but-made', 'a creation that is refused makes nothing', 'refused-no-trace', 'GET /bikes'],
      ['manual-of-one-line', 'a text is kept to its end', 'written-read-back', 'GET /bikes/{bikeId}/manual'],
      ['note-not-rewritten', 'what was replaced is kept, under a path of its own', 'written-read-back', 'GET /notes/{noteId}'],
      ['note-stays', 'what was deleted is gone, under a path of its own', 'deleted-gone', 'GET /notes/{noteId}'],
      ['transfer-keeps-rider', 'an action sets what its body names', 'action-takes-effect', 'GET /rentals/{rentalId}'],
      ['transfer-keeps-bike', 'an action sets what its body names', 'action-takes-effect', 'GET /rentals/{rentalId}'],
      ['returns-twice', 'an action that is done is refused', 'action-takes-effect', 'POST /rentals/{rentalId}/return'],
      ['idempotency-key-ignored', 'one idempotency key makes one thing', 'created-once', 'POST /rentals'],
    ],
  ),
  ...of(
    'relations',
    ['stateful', 'relations'],
    [
      ['location-of-nothing', 'Location leads to what was created', 'location-resolves', 'POST /rentals'],
      ['location-without-base', 'Location names the base of the paths too', 'location-resolves', 'POST /bikes'],
      ['location-of-collection', 'Location leads to what was created', 'location-resolves', 'POST /bikes'],
      ['location-elsewhere', 'Location leads to what was created', 'location-resolves', 'POST /bikes'],
      ['put-merges', 'what PUT leaves out is gone', 'put-replaces', 'GET /bikes/{bikeId}'],
      ['put-keeps-gears', 'what PUT leaves out is gone, numbers too', 'put-replaces', 'GET /bikes/{bikeId}'],
      ['put-keeps-all', 'PUT changes what it names', 'written-read-back', 'PUT /bikes/{bikeId}'],
      ['frame-number-twice', 'a frame number is given once', 'conflict-refused', 'POST /bikes'],
      ['creates-two', 'one creation makes one', 'created-once', 'GET /bikes'],
      ['no-304', 'a known entity tag is answered with 304', 'preconditions-kept', 'GET /bikes/{bikeId}'],
      ['weak-tag-unknown', 'tags in If-None-Match are compared weakly', 'preconditions-kept', 'GET /bikes/{bikeId}'],
      ['list-of-tags-unknown', 'If-None-Match takes several tags', 'preconditions-kept', 'GET /bikes/{bikeId}'],
      ['star-unknown', 'If-None-Match: * is answered with 304 where something is', 'preconditions-kept', 'GET /bikes/{bikeId}'],
      ['if-modified-since-ignored', 'a known moment is answered with 304', 'preconditions-kept', 'GET /bikes/{bikeId}'],
      ['412-ignored', 'an old entity tag is refused', 'preconditions-kept', 'PUT /bikes/{bikeId}'],
      ['428-ignored', 'a condition that is needed is asked for', 'preconditions-kept', 'PUT /bikes/{bikeId}'],
      ['if-none-match-star-ignored', 'nothing is replaced that must be new', 'preconditions-kept', 'PUT /stations/{code}'],
      ['several-as-one', 'a filter takes several values', 'filter-complete', 'GET /bikes'],
      ['false-ignored', 'a filter for false is a filter', 'filter-respected', 'GET /bikes'],
      ['least-ignored', 'a lower bound is a filter', 'filter-respected', 'GET /bikes'],
      ['most-is-exclusive', 'an upper bound includes its value', 'filter-complete', 'GET /bikes'],
      ['after-ignored', 'a moment after which things were made is a filter', 'filter-respected', 'GET /bikes'],
      ['open-ignored', 'a filter minds each of its values', 'filter-respected', 'GET /rentals'],
      ['bike-ignored', 'a filter by reference is a filter', 'filter-respected', 'GET /rentals'],
      ['descending-ignored', 'descending is descending', 'sort-respected', 'GET /bikes'],
      ['sort-text-ignored', 'an order that a pattern names is kept', 'sort-respected', 'GET /stations'],
      ['minus-ignored', 'a minus sign means descending', 'sort-respected', 'GET /stations'],
      ['sort-comma-ignored', 'an order that a description names is kept', 'sort-respected', 'GET /rentals'],
      ['page-size-ignored', 'a page holds no more than asked for', 'limit-respected', 'GET /bikes'],
      ['last-page-repeats', 'beyond the last page there is nothing', 'pages-disjoint', 'GET /bikes'],
      ['pages-from-zero', 'the first page is the first', 'total-agrees', 'GET /bikes'],
      ['next-link-stays', 'the next page is another one', 'pages-disjoint', 'GET /bikes'],
      ['skip-ignored', 'what is skipped is left out', 'pages-disjoint', 'GET /stations'],
      ['cursor-loops', 'a cursor moves on', 'pages-disjoint', 'GET /bikes/{bikeId}/services'],
      ['cursor-skips', 'a cursor leaves nothing out', 'pages-complete', 'GET /bikes/{bikeId}/services'],
      ['services-of-all', 'a nested list holds what belongs there', 'nested-scoped', 'GET /bikes/{bikeId}/services'],
      ['total-of-all', 'a total counts what fits the filter', 'total-agrees', 'GET /bikes'],
      ['total-of-page', 'a total counts all pages', 'total-agrees', 'GET /bikes'],
      ['count-of-page', 'a count of all counts all', 'total-agrees', 'GET /stations'],
      ['elements-of-page', 'a total inside of an object counts all', 'total-agrees', 'GET /rentals'],
      ['total-pages-off', 'the number of pages follows from the total', 'page-told-truly', 'GET /rentals'],
      ['page-number-off', 'a page knows its number', 'page-told-truly', 'GET /rentals'],
      ['page-size-lies', 'a page knows its size', 'page-told-truly', 'GET /rentals'],
      ['has-more-lies', 'a page knows whether there is more', 'page-told-truly', 'GET /bikes/{bikeId}/services'],
      ['station-made-200', 'a PUT that makes answers 201', 'put-replaces', 'PUT /stations/{code}'],
      ['station-replaced-201', 'a PUT that replaces does not answer 201', 'put-replaces', 'PUT /stations/{code}'],
      ['update-reaches-first', 'an update changes one thing', 'others-untouched', 'GET /bikes/{bikeId}'],
      ['put-adds-twin', 'a PUT of what is there adds nothing', 'others-untouched', 'GET /bikes'],
      ['default-size-other', 'a page that is asked for no size has the one that is declared', 'limit-respected', 'GET /rentals'],
      ['csv-lacks-last', 'a text of all things holds all', 'created-listed', 'GET /rentals.csv'],
      ['count-is-off', 'a count agrees with the list', 'count-agrees', 'GET /bikes/count'],
      ['count-of-services', 'a count of children agrees with their list', 'count-agrees', 'GET /bikes/{bikeId}'],
    ],
  ),
  ...of(
    'protocol',
    ['protocol'],
    [
      ['wide-note-crashes', 'an identifier beyond what a double holds is answered', 'no-server-error', 'GET /notes/{noteId}'],
      ['csv-ignored', 'a declared type is served when it is asked for', 'accept-respected', 'GET /stations'],
      ['range-ignored', 'a part is as long as asked for', 'range-respected', 'GET /bikes/{bikeId}/photo'],
      ['range-one-short', 'a part is as long as asked for', 'range-respected', 'GET /bikes/{bikeId}/photo'],
    ],
  ),
];
