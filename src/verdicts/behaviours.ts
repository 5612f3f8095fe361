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
  {
    id: 'invalid-refused',
    title: 'a request that breaks one promise of the document is refused with a 4xx',
    source: 'RFC 9110 section 15.5; JSON Schema 2020-12',
  },
  {
    id: 'unauthenticated-refused',
    title: 'a secured operation refuses missing and bad credentials with 401',
    source: 'RFC 6750 section 3.1; RFC 9110 section 15.5.2',
  },
  {
    id: 'forbidden-refused',
    title: 'an identity is refused what it may not do',
    source: 'RFC 9110 section 15.5.4; --reader, --peer, --stranger; OpenAPI 3.1.1 Security Requirement Object',
  },
  { id: 'access-as-locked', title: 'who may call what is as it was reviewed', source: 'access.yaml; --lock-access' },
  { id: 'created-readable', title: 'what was created can be read', source: 'RFC 9110 section 9.3.3' },
  { id: 'created-listed', title: 'what was created is listed', source: 'inferred from the collection and its items' },
  { id: 'written-read-back', title: 'what was written is read back', source: 'RFC 9110 sections 9.3.3, 9.3.4' },
  { id: 'update-keeps-rest', title: 'an update keeps what it did not name', source: 'RFC 5789 section 2; RFC 7396' },
  {
    id: 'deleted-gone',
    title: 'what was deleted is gone, and a second deletion does not succeed in silence',
    source: 'RFC 9110 section 9.3.5',
  },
  { id: 'limit-respected', title: 'a page holds no more items than were asked for', source: 'inferred from the paging parameter' },
  { id: 'pages-disjoint', title: 'pages do not overlap', source: 'inferred from the paging parameters' },
  { id: 'total-agrees', title: 'the total agrees with the items', source: 'inferred from the envelope' },
  {
    id: 'filter-respected',
    title: 'a filtered list holds only what fits the filter',
    source: "inferred from a filter that bears a property's name",
  },
  { id: 'sort-respected', title: 'a sorted list is sorted', source: 'inferred from the sort parameter' },
  { id: 'location-resolves', title: '`Location` leads to what was created', source: 'RFC 9110 sections 10.2.2, 15.3.2' },
  { id: 'safe-repeatable', title: 'the repeat of a safe request agrees', source: 'RFC 9110 section 9.2.1' },
  { id: 'refused-no-trace', title: 'a refused write leaves no trace', source: 'RFC 9110 section 15.5' },
  { id: 'put-replaces', title: 'PUT replaces and is idempotent', source: 'RFC 9110 sections 9.2.2, 9.3.4' },
  { id: 'method-refused', title: 'an undeclared method is refused with 405 and a truthful `Allow`', source: 'RFC 9110 section 15.5.6' },
  { id: 'head-agrees', title: 'HEAD agrees with GET', source: 'RFC 9110 section 9.3.2' },
  { id: 'media-type-refused', title: 'an undeclared media type is refused', source: 'RFC 9110 section 15.5.16' },
  {
    id: 'media-type-taken',
    title: 'a body in a declared media type is not refused for its media type',
    source: 'OpenAPI 3.1.1 Request Body Object; RFC 9110 section 15.5.16',
  },
  { id: 'absent-not-found', title: 'what does not exist is answered with 404 or 410', source: 'RFC 9110 sections 15.5.5, 15.5.11' },
  {
    id: 'security-declared',
    title: 'an operation without declared security needs no credentials',
    source: 'OpenAPI 3.1.1 Security Requirement Object',
  },
  { id: 'default-applied', title: 'a property that is left out has its default', source: 'OpenAPI 3.0.4 Schema Object, `default`' },
  {
    id: 'read-only-kept',
    title: 'what is read-only is not taken from a request',
    source: 'OpenAPI 3.1.1 Schema Object; JSON Schema 2020-12 validation section 9.4',
  },
  { id: 'others-untouched', title: 'a change of one thing leaves others alone', source: 'RFC 9110 section 9.3.4; RFC 5789 section 2' },
  {
    id: 'conflict-refused',
    title: 'what the document calls a conflict is refused: a unique name a second time, what a state forbids',
    source: 'RFC 9110 section 15.5.10',
  },
  { id: 'nested-scoped', title: 'a thing is found and deleted under its own parent only', source: 'inferred from the nested path' },
  {
    id: 'preconditions-kept',
    title: 'entity tags change with what they tag, and conditional requests heed them',
    source: 'RFC 9110 sections 8.8.3, 13.1, 13.2',
  },
  { id: 'pages-complete', title: 'the pages together are the whole list', source: 'inferred from the paging parameters' },
  {
    id: 'filter-complete',
    title: 'a filtered list holds all that fits the filter',
    source: "inferred from a filter that bears a property's name",
  },
  { id: 'search-respected', title: 'a search finds what holds its words, and nothing else', source: 'inferred from the search parameter' },
  { id: 'created-once', title: 'one creation makes one thing', source: 'RFC 9110 section 9.3.3' },
  { id: 'listed-as-read', title: 'what is listed is what is read', source: 'inferred from the schemas of list and read' },
  { id: 'count-agrees', title: "a parent's count of its children agrees with their list", source: "inferred from the property's name" },
  {
    id: 'accept-respected',
    title: '`Accept` is heeded: a fitting range is served, and where 406 is declared an unfitting type is refused',
    source: 'RFC 9110 sections 12.5.1, 15.5.7',
  },
  { id: 'page-told-truly', title: 'what a page tells of itself is true', source: 'inferred from the envelope and the paging parameters' },
  {
    id: 'server-values-follow',
    title: 'the time of creation stays, the time and the number of changes follow the changes',
    source: 'inferred from names and formats of read-only properties',
  },
  {
    id: 'action-takes-effect',
    title: 'an accepted action has its effect',
    source: "inferred from the action's name and the values of a status",
  },
  { id: 'range-respected', title: '206 brings the part that was asked for', source: 'RFC 9110 sections 14.2, 15.3.7' },
  { id: 'escapes-equal', title: 'a percent-encoded letter of a path means the letter', source: 'RFC 3986 section 6.2.2.2' },
];
