/** Which findings tell one habit of an API: what it does the same at many places is one cause. */
import { entryOf } from './outcome-counts.ts';
import type { Finding } from './report.ts';

/** How many promises are broken alike by habit. */
const enough = 5;

/** What several findings have in common. */
export interface Habit {
  readonly topic: string;
  /** What stands behind the message of one of them, for so many others. */
  readonly told: (others: number) => string;
}

/** The habit that each finding is part of; none for those that stand for themselves. */
export function findHabits(findings: readonly Finding[]): ReadonlyMap<Finding, Habit> {
  const alike = new Map<string, { readonly habit: string; readonly group: Finding[] }>();
  for (const finding of findings) {
    const habit = habitOf(finding);
    if (habit !== undefined)
      entryOf(alike, `${finding.check} ${finding.confidence} ${finding.known === undefined} ${habit}`, () => ({
        habit,
        group: [],
      })).group.push(finding);
  }
  return new Map([
    ...[...alike.values()]
      .filter(({ group }) => new Set(group.map(({ topic }) => topic)).size >= enough)
      .flatMap(({ habit, group }) => group.map((finding) => [finding, { topic: habit, told: moreAlike }] as const)),
    ...cutAtOnce(findings),
  ]);
}

const moreAlike = (others: number): string => `, and ${others} more alike`;

const openThen = (others: number): string =>
  `, nor to ${others} more that ${others === 1 ? 'was' : 'were'} open at that moment: one of them may have brought the API down`;

/** Connections that are lost within so many milliseconds are lost to one event. */
const oneMoment = 250;

/** Where the API goes down, every connection that is open is lost, and nothing tells whose request did it: one cause for all of that moment. */
function cutAtOnce(findings: readonly Finding[]): [Finding, Habit][] {
  const endOf = ({ evidence }: Finding): number => (evidence === undefined ? 0 : evidence.timing.startedAt + evidence.timing.total);
  const cut = findings
    .filter(({ check, evidence }) => check === 'answer-received' && evidence?.fault?.kind === 'reset' && evidence.fault.reused !== true)
    .toSorted((one, other) => endOf(one) - endOf(other));
  const moments: Finding[][] = [];
  for (const finding of cut) {
    const last = moments.at(-1);
    const before = last?.at(-1);
    if (last && before && endOf(finding) - endOf(before) <= oneMoment) last.push(finding);
    else moments.push([finding]);
  }
  return moments
    .filter(({ length }) => length > 1)
    .flatMap((group, index) => group.map((finding): [Finding, Habit] => [finding, { topic: `lost at once ${index + 1}`, told: openThen }]));
}

/** What a finding has in common with others that are about other places; undefined where it has nothing. */
function habitOf({ check, message, topic }: Finding): string | undefined {
  // the type that null stands for, and bounds, differ from place to place
  if (check === 'invalid-refused')
    return message
      .replaceAll(/`[^`]*`/g, '…')
      .replace(/ as null instead of .*/, ' as null')
      .replaceAll(/-?\d+(?:\.\d+)?/g, 'N');
  // one kind of value, at whatever place
  if (check === 'valid-accepted') return /`body[.[][^`]*`/.test(message) ? message.replaceAll(/`[^`]*`/g, '…') : undefined;
  // what becomes of all texts; else what a write does not keep of one kind of thing
  if (check === 'written-read-back') return isTrimmed(message) ? 'texts are trimmed' : `not kept: ${topic.replace(/ .*/, '')}`;
  // what one header has to be, wherever it comes
  if (check === 'headers-match') return message;
  return undefined;
}

/** Whether a message tells of a text that lost the white space around it, and no more. */
function isTrimmed(message: string): boolean {
  const [, written = '', answered = ''] = / was written as ("(?:[^"\\]|\\.)*") and is answered as ("(?:[^"\\]|\\.)*")$/.exec(message) ?? [];
  return written !== '' && (JSON.parse(written) as string).trim() === JSON.parse(answered);
}
