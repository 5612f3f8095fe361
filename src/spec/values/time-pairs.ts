/** Times of one object that are a beginning and an end by their names: `checkIn` and `checkOut`, `start_date` and `end_date`. Pure. */
import type { Json, JsonObject } from '../../lib/json.ts';
import { nameWords } from '../../lib/names.ts';

const opposites: readonly (readonly [begin: readonly string[], end: readonly string[]])[] = [
  [
    ['start', 'starts', 'started', 'begin', 'begins', 'began', 'beginning'],
    ['end', 'ends', 'ended', 'finish', 'finished', 'stop', 'stopped'],
  ],
  [
    ['from', 'since', 'after'],
    ['to', 'until', 'till', 'thru', 'through', 'before'],
  ],
  [
    ['in', 'checkin'],
    ['out', 'checkout'],
  ],
  [
    ['arrival', 'arrives'],
    ['departure', 'departs'],
  ],
  [
    ['open', 'opens', 'opened', 'opening'],
    ['close', 'closes', 'closed', 'closing'],
  ],
  [['pickup'], ['dropoff', 'return']],
  [
    ['issue', 'issued', 'effective', 'activation'],
    ['expiry', 'expires', 'expiration', 'expired', 'due'],
  ],
  [
    ['min', 'earliest', 'first'],
    ['max', 'latest', 'last'],
  ],
];

/** Whether one name is that of the beginning of what ends under the other. */
export function endsAt(begin: string, end: string): boolean {
  const [left, right] = [nameWords(begin), nameWords(end)];
  if (left.length !== right.length) return false;
  const apart = left.flatMap((word, index) => (word === right[index] ? [] : [[word, right[index] ?? ''] as const]));
  const [pair] = apart;
  return pair !== undefined && apart.length === 1 && opposites.some(([begins, ends]) => begins.includes(pair[0]) && ends.includes(pair[1]));
}

/** Whether a member is the beginning or the end of what another one of the names ends or begins, which the object does not say. */
export function isHalfTimed(value: JsonObject, names: readonly string[]): boolean {
  const lacks = (name: string): boolean => (value[name] ?? null) === null;
  return Object.keys(value).some(
    (one) => isTime(value[one]) && names.some((other) => lacks(other) && (endsAt(one, other) || endsAt(other, one))),
  );
}

/** Dates of RFC 3339, and date-times. */
const forms = [/^\d{4}-\d\d-\d\d$/, /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d/];

/** Whether a text is a date or a date-time. */
export function isTime(text: Json | undefined): text is string {
  return typeof text === 'string' && forms.some((form) => form.test(text));
}

/** Exchanges the times of each such pair that stand in the wrong order: hardly an API takes an end before its beginning, and no schema tells. */
export function orderTimes(members: Map<string, Json>): void {
  for (const form of forms) {
    const times = new Map(
      [...members].filter((member): member is [string, string] => typeof member[1] === 'string' && form.test(member[1])),
    );
    for (const [begin, first] of times)
      for (const [end, last] of times) {
        if (!endsAt(begin, end) || Date.parse(first) <= Date.parse(last)) continue;
        members.set(begin, last);
        members.set(end, first);
      }
  }
}

/** The object with its times so ordered. */
export function inTimeOrder(value: JsonObject): JsonObject {
  const members = new Map(Object.entries(value));
  orderTimes(members);
  return Object.fromEntries(members);
}

/** The object with each end that may move two days after its beginning: what lasts long is in the way of the next. */
export function brief(value: JsonObject, mayMove: (end: string) => boolean = () => true): JsonObject {
  const ends = Object.entries(value).flatMap(([begin, start]): [string, Json][] => {
    const end = Object.keys(value).find((name) => mayMove(name) && endsAt(begin, name));
    const form = forms.find((one) =>
      [start, end === undefined ? undefined : value[end]].every((time) => typeof time === 'string' && one.test(time)),
    );
    if (end === undefined || !form || Number.isNaN(Date.parse(String(start)))) return [];
    const later = new Date(Date.parse(String(start)) + 2 * 86_400_000).toISOString();
    return [[end, later.slice(0, form === forms[0] ? 10 : undefined)]];
  });
  return { ...value, ...Object.fromEntries(ends) };
}
