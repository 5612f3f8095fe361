/** What an answer must be beyond the document: promises that a case states when it is planned. Here they have their names; the cases hold the expectations. */

interface Behaviour {
  readonly id: string;
  readonly title: string;
  /** The section of the standard, or the rule, that makes it a promise. */
  readonly source: string;
}

/** Every check id that an expectation of a case may be reported under. */
export const behaviours: readonly Behaviour[] = [
  { id: 'valid-accepted', title: 'a request that keeps the document is accepted', source: 'OpenAPI 3.1.1 Operation Object' },
  { id: 'invalid-refused', title: 'a request that breaks one promise of the document is refused with a 4xx', source: 'RFC 9110 section 15.5; JSON Schema 2020-12' },
  { id: 'unauthenticated-refused', title: 'a secured operation refuses missing and bad credentials with 401', source: 'RFC 6750 section 3.1; RFC 9110 section 15.5.2' },
  { id: 'forbidden-refused', title: 'an identity is refused what it may not do', source: 'RFC 9110 section 15.5.4; --reader, --peer, --stranger' },
  { id: 'created-readable', title: 'what was created can be read', source: 'RFC 9110 section 9.3.3' },
  { id: 'created-listed', title: 'what was created is listed', source: 'inferred from the collection and its items' },
  { id: 'written-read-back', title: 'what was written is read back', source: 'RFC 9110 sections 9.3.3, 9.3.4' },
  { id: 'update-keeps-rest', title: 'an update keeps what it did not name', source: 'RFC 5789 section 2; RFC 7396' },
  { id: 'deleted-gone', title: 'what was deleted is gone, and a second deletion does not succeed in silence', source: 'RFC 9110 section 9.3.5' },
  { id: 'limit-respected', title: 'a page holds no more items than were asked for', source: 'inferred from the paging parameter' },
  { id: 'pages-disjoint', title: 'pages do not overlap', source: 'inferred from the paging parameters' },
  { id: 'total-agrees', title: 'the total agrees with the items', source: 'inferred from the envelope' },
  { id: 'filter-respected', title: 'a filtered list holds only what fits the filter', source: 'inferred from a filter that bears a property\'s name' },
  { id: 'sort-respected', title: 'a sorted list is sorted', source: 'inferred from the sort parameter' },
  { id: 'location-resolves', title: '`Location` leads to what was created', source: 'RFC 9110 sections 10.2.2, 15.3.2' },
  { id: 'safe-repeatable', title: 'the repeat of a safe request agrees', source: 'RFC 9110 section 9.2.1' },
  { id: 'refused-no-trace', title: 'a refused write leaves no trace', source: 'RFC 9110 section 15.5' },
  { id: 'put-replaces', title: 'PUT replaces and is idempotent', source: 'RFC 9110 sections 9.2.2, 9.3.4' },
  { id: 'method-refused', title: 'an undeclared method is refused with 405 and a truthful `Allow`', source: 'RFC 9110 section 15.5.6' },
  { id: 'head-agrees', title: 'HEAD agrees with GET', source: 'RFC 9110 section 9.3.2' },
  { id: 'media-type-refused', title: 'an undeclared media type is refused', source: 'RFC 9110 section 15.5.16' },
];
