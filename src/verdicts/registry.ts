/** Every check there is, by id. */
import { behaviours } from './behaviours.ts';
import type { Check } from './check.ts';
import { bodyMatchesSchema } from './checks/body-matches-schema.ts';
import { bodyParses } from './checks/body-parses.ts';
import { challengeSent } from './checks/challenge-sent.ts';
import { contentTypeDeclared } from './checks/content-type-declared.ts';
import { emptyWhereRequired } from './checks/empty-where-required.ts';
import { headersMatch } from './checks/headers-match.ts';
import { noServerError } from './checks/no-server-error.ts';
import { propertiesDeclared } from './checks/properties-declared.ts';
import { requestMatches } from './checks/request-matches.ts';
import { responseTime } from './checks/response-time.ts';
import { statusDeclared } from './checks/status-declared.ts';
import { valuesAgree } from './checks/values-agree.ts';

/** Checks on every answered exchange that belongs to an operation, in the order in which they are told. */
export const exchangeChecks: readonly Check[] = [
  noServerError,
  statusDeclared,
  contentTypeDeclared,
  bodyParses,
  bodyMatchesSchema,
  propertiesDeclared,
  valuesAgree,
  headersMatch,
  emptyWhereRequired,
  challengeSent,
  requestMatches,
  responseTime,
];

/** Checks that suites or the judge itself make, outside `exchangeChecks`. */
const others = [
  { id: 'answer-received', title: 'a whole answer comes to every request', source: 'RFC 9112 section 8' },
  { id: 'path-known', title: 'the request belongs to an operation of the document', source: 'OpenAPI 3.1.1 Paths Object' },
  { id: 'collection-assertion', title: 'an assertion of a collection holds', source: 'the collection' },
  { id: 'test-passes', title: 'a contract test passes', source: 'the test' },
  { id: 'document-matches-lock', title: 'the served document is the locked one', source: 'specs/<api>/lock.json' },
];

/** Id, title and source of every check. Ids are unique. */
export const checks: readonly { readonly id: string; readonly title: string; readonly source: string }[] = [
  ...exchangeChecks.map(({ id, title, source }) => ({ id, title, source })),
  ...behaviours,
  ...others,
];
