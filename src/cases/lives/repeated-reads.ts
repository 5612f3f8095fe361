/** Two reads with nothing between them agree, counters included. Pure. @see https://www.rfc-editor.org/rfc/rfc9110#section-9.2.1 */
import type { Json, JsonObject } from '../../lib/json.ts';
import { isSameJson } from '../../lib/same-json.ts';
import type { Answer, Expectation } from '../case.ts';
import { cameOf, isAccepted } from '../expectations.ts';
import { nameWords } from '../../lib/names.ts';
import type { Planning } from '../planning.ts';
import type { Resource } from '../inference/resources.ts';
import { writableNames } from './updates.ts';
import { thingIn } from '../inference/representation.ts';

/** What looking at a thing may well change, by name. */
const volatile =
  /^(?:accessed|seen|viewed|views|reads?|hits|visits|last|now|age|uptime|expires?|remaining|ttl|served|generated|signed|signature|token|nonce|url|request|trace)$/;

/** A read answers what the one before it answered: certain of what clients write, likely of the rest. */
export function unchangedByReading(planning: Planning, resource: Resource, before: Answer, sure: 'certain' | 'likely'): Expectation {
  const writable = writableNames(planning, resource);
  const steady = (json: Json | undefined): JsonObject =>
    Object.fromEntries(
      Object.entries(thingIn(json)).filter(
        ([name]) => writable.has(name) === (sure === 'certain') && !nameWords(name).some((word) => volatile.test(word)),
      ),
    );
  return {
    check: 'safe-repeatable',
    confidence: sure,
    why: 'nothing was changed between the two reads',
    promise: resource.read?.pointer ?? '',
    topic: `${resource.item} ${sure}`,
    holds: (answer) => {
      if (!isAccepted(answer) || !isAccepted(before)) return { kind: 'cannot-judge', reason: 'the thing could not be read' };
      const [was, is] = [steady(before.json), steady(answer.json)];
      const name = Object.keys({ ...was, ...is }).find((one) => !isSameJson(was[one] ?? null, is[one] ?? null));
      return name === undefined
        ? { kind: 'kept' }
        : {
            kind: 'broken',
            message: `the repeat of a read answers another ${name}`,
            where: `response.body/${name}`,
            came: `before ${cameOf(before)}; after ${cameOf(answer)}`.slice(0, 400),
          };
    },
  };
}
