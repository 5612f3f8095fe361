/** Which findings tell one habit of an API: what it does the same at many places is one cause. */
import { entryOf } from './outcome-counts.ts';
import type { Finding } from './report.ts';

/** How many promises are broken alike by habit. */
const enough = 5;

/** The topic of the habit that each finding is part of; none for those that stand for themselves. */
export function findHabits(findings: readonly Finding[]): ReadonlyMap<Finding, string> {
  const alike = new Map<string, { readonly habit: string; readonly group: Finding[] }>();
  for (const finding of findings) {
    const habit = habitOf(finding);
    if (habit !== undefined)
      entryOf(alike, `${finding.check} ${finding.confidence} ${finding.known === undefined} ${habit}`, () => ({
        habit,
        group: [],
      })).group.push(finding);
  }
  return new Map(
    [...alike.values()]
      .filter(({ group }) => new Set(group.map(({ topic }) => topic)).size >= enough)
      .flatMap(({ habit, group }) => group.map((finding) => [finding, habit] as const)),
  );
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
