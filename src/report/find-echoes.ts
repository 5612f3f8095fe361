/** Which findings only show again what another one of the same operation tells: one broken promise is told once. */
import type { Confidence } from '../cases/case.ts';
import { compareText } from './collect-results.ts';
import { compareConfidence } from './exit-code.ts';
import { entryOf } from './outcome-counts.ts';
import type { Finding } from './report.ts';

/** Whether a finding follows from another one of its operation that is at least as sure. */
type Echo = (finding: Finding, head: Finding) => boolean;

const echoes: readonly Echo[] = [
  // who gets in without credentials gets in with bad ones, and so does whoever has any
  ({ check }, head) =>
    head.check === 'unauthenticated-refused' &&
    head.topic === 'no credentials' &&
    (check === 'unauthenticated-refused' || check === 'forbidden-refused'),
  // that credentials are asked for shows in the status that the document does not know
  ({ check }, head) => check === 'security-declared' && head.check === 'status-declared' && /^40[13]$/.test(head.topic),
  // a collection's own assertion about the status that the judge tells of
  ({ check, message }, head) =>
    check === 'collection-assertion' &&
    (head.check === 'status-declared' || head.check === 'no-server-error') &&
    new RegExp(`\\b${statusOf(head)}\\b`).test(message),
  // what is on two pages has pushed something else off
  ({ check, topic }, head) => check === 'pages-complete' && head.check === 'pages-disjoint' && topic === head.topic,
  // a filter that lets the wrong ones through may well leave out the right ones
  ({ check, topic }, head) => check === 'filter-complete' && head.check === 'filter-respected' && topic === head.topic,
  // two filters together fail where one of them does
  ({ check, topic }, head) => isFilter(check) && isFilter(head.check) && filtersOf(topic).length > 1 && isPart(head.topic, topic),
  // a list that is not sorted by one key is not sorted by another for the same reason
  ({ check, topic }, head) => check === 'sort-respected' && head.check === 'sort-respected' && compareText(head.topic, topic) < 0,
  // a draw that is refused holds something that is refused alone
  ({ check, topic }, head) =>
    check === 'valid-accepted' && head.check === 'valid-accepted' && topic.endsWith(atRandom) && !head.topic.endsWith(atRandom),
  // what is taken against its schema is shown against it too
  ({ check, promise, title }, head) =>
    check === 'body-matches-schema' &&
    head.check === 'invalid-refused' &&
    promise !== undefined &&
    promise.pointer === head.promise?.pointer &&
    title.includes(' instead of '),
  // whoever leaves out what is missed is refused in the same words, whatever else is there
  (finding, head) =>
    isSparse(finding) &&
    isSparse(head) &&
    finding.came === head.came &&
    (compareConfidence(head.confidence, finding.confidence) ||
      plainness(head) - plainness(finding) ||
      compareText(head.topic, finding.topic)) < 0,
  // where the ordinary request crashes the server, an odd one shows nothing more
  ({ check, topic }, head) =>
    check === 'no-server-error' && head.check === 'no-server-error' && topic !== head.topic && ordinary.test(head.title),
];

/** Titles of the requests that odd ones are held against. */
const ordinary = /^(?:an ordinary (?:request|GET|creation)(?:$| again|,)|`body` with only the required properties$|to have )/;

/** Whether valid data is refused that leaves out much of what may be left out. */
function isSparse({ check, title }: Finding): boolean {
  return (
    check === 'valid-accepted' &&
    /^without `|(?:as the only optional property|with only the required properties|as an empty object)(?:$|,)/.test(title)
  );
}

/** Less for what leaves out one thing: that tells best what is missed. */
function plainness({ title }: Finding): number {
  return title.startsWith('without `') ? 0 : 1;
}

/** The status that came; what no message holds, where none is told. */
const statusOf = ({ came }: Finding): string => /^\d{3}\b/.exec(came ?? '')?.[0] ?? '---';

const atRandom = 'drawn at random';

/** The finding that each finding is an echo of; none for those that stand for themselves. */
export function findEchoes(findings: readonly Finding[]): ReadonlyMap<Finding, Finding> {
  const byOperation = new Map<string, Finding[]>();
  for (const finding of findings) entryOf(byOperation, `${finding.operation}\n${finding.known === undefined}`, () => []).push(finding);
  const heads = new Map<Finding, Finding>();
  for (const group of byOperation.values()) {
    for (const finding of group) {
      const head = headOf(finding, group);
      if (head !== undefined) heads.set(finding, head);
    }
  }
  return new Map([...heads].map(([finding, head]) => [finding, lastOf(heads, head)]));
}

/** The first finding among others of the operation that this one is an echo of. */
export function headOf(finding: Finding, others: readonly Finding[]): Finding | undefined {
  return others.find((other) => other !== finding && isAsSure(other, finding.confidence) && echoes.some((echo) => echo(finding, other)));
}

/** The end of a chain of echoes; rules lead to others only, so that there is one. */
function lastOf(heads: ReadonlyMap<Finding, Finding>, head: Finding): Finding {
  const next = heads.get(head);
  return next === undefined ? head : lastOf(heads, next);
}

function isAsSure(head: Finding, confidence: Confidence): boolean {
  return compareConfidence(head.confidence, confidence) <= 0;
}

function isFilter(check: string): boolean {
  return check === 'filter-respected' || check === 'filter-complete';
}

/** The names in a topic such as `GET /things kind and colour`. */
function filtersOf(topic: string): readonly string[] {
  return topic.slice(topic.lastIndexOf(' ', topic.includes(' and ') ? topic.indexOf(' and ') - 1 : undefined) + 1).split(' and ');
}

function isPart(part: string, whole: string): boolean {
  const names = filtersOf(whole);
  const some = filtersOf(part);
  return some.length < names.length && some.every((name) => names.includes(name));
}
