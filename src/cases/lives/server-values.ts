/** What the server keeps by itself follows what is done: the time of creation stays, the time and the number of changes move. Pure. */
import { member, type Json } from '../../lib/json.ts';
import type { Operation, SchemaPlace } from '../../spec/contract.ts';
import { propertiesOf, successBody } from '../../spec/properties.ts';
import { isSameJson } from '../../lib/same-json.ts';
import type { Answer, Expectation, Held } from '../case.ts';
import { cameOf, isAccepted } from '../expectations.ts';
import { nameWords, plainName } from '../../lib/names.ts';
import { preferredBody, type Planning } from '../planning.ts';
import { representation, thingIn } from '../inference/representation.ts';
import type { Resource } from '../inference/resources.ts';

const makers = /^(?:owner|creator|author)$/;
const creations = /^(?:created?|added|inserted|registered|creation|booked|opened)$/;
const changes = /^(?:updated?|modified|changed|edited|updation|modification)$/;
const revisions = new Set(['version', 'revision', 'rev', 'lockversion', 'rowversion', 'revisionnumber', 'versionnumber']);

/** Expectations of the read after an update, by what the reads of two things and of this one before it showed. */
export function followed(
  planning: Planning,
  resource: Resource,
  update: Operation,
  before: Answer,
  other: Answer | undefined,
): Expectation[] {
  const body = resource.read && successBody(resource.read);
  if (!body || !isAccepted(before)) return [];
  const taken = new Set(writes(resource).flatMap((operation) => namesOf(planning, operation)));
  const own = [...representation(planning.contract, body.schema)].filter(
    ([name, place]) => member(place.schema, 'readOnly') === true || !taken.has(name),
  );
  const moments = own.filter(([, place]) => isMoment(planning, place));
  const expect = (
    name: string,
    confidence: Expectation['confidence'],
    why: string,
    broken: (was: Json, is: Json, after: Answer) => string | undefined,
  ): Expectation => ({
    check: 'server-values-follow',
    confidence,
    why,
    promise: update.pointer,
    topic: `${update.id} ${name}`,
    holds: (after): Held => {
      const [was, is] = [member(thingIn(before.json), name), member(thingIn(after.json), name)];
      if (!isAccepted(after) || was === undefined || is === undefined || was === null || is === null) return { kind: 'open' };
      const message = broken(was, is, after);
      return message === undefined ? { kind: 'kept' } : { kind: 'broken', message, where: `response.body/${name}`, came: cameOf(after) };
    },
  });
  const written = (after: Answer): boolean =>
    [...taken].some((name) => !isSameJson(member(thingIn(before.json), name) ?? null, member(thingIn(after.json), name) ?? null));
  return [
    ...own.flatMap(([name, place]) => {
      const kind = lasting(name, isMoment(planning, place));
      return kind ? [expect(name, kind.confidence, kind.why, (was, is) => changed(name, was, is))] : [];
    }),
    ...moments
      .filter(([name]) => nameWords(name).some((word) => changes.test(word)))
      .map(([name]) =>
        expect(name, 'certain', `${name} is the time of the last change`, (was, is, after) =>
          isSameJson(was, is) && written(after) && tells(name, was, other) ? `${name} is still ${String(was)} after a change` : undefined,
        ),
      ),
    ...own
      .filter(([name, place]) => revisions.has(plainName(name)) && isInteger(planning, place))
      .map(([name, place]) =>
        expect(name, member(place.schema, 'readOnly') === true ? 'certain' : 'likely', `${name} counts the changes`, (was, is, after) =>
          written(after) && Number(is) <= Number(was) ? `${name} was ${String(was)} and is ${String(is)} after a change` : undefined,
        ),
      ),
  ];
}

/** Nothing was changed before it was made: for each pair of such times of a thing that are a second or more apart, for clocks and columns may be read one after the other. */
export function changedAfterMade(planning: Planning, { read }: Resource): Expectation[] {
  const body = read && successBody(read);
  if (!body) return [];
  const moments = [...representation(planning.contract, body.schema)].filter(([, place]) => isMoment(planning, place));
  const named = (words: RegExp): string[] =>
    moments
      .map(([name]) => name)
      .filter((name) =>
        nameWords(name)
          .filter((word) => word !== 'at' && word !== 'on')
          .every((word) => words.test(word)),
      );
  const [made] = named(/^(?:created?|added|inserted)$/);
  if (made === undefined) return [];
  return named(/^(?:updated?|modified|changed)$/).map((name): Expectation => ({
    check: 'server-values-follow',
    confidence: 'certain',
    why: `${made} and ${name} tell when it was made and when it was changed last`,
    promise: read.pointer,
    topic: `${read.id} ${name}`,
    holds: (answer) => {
      const [first, last] = [made, name].map((one) => member(thingIn(answer.json), one));
      if (!isAccepted(answer) || typeof first !== 'string' || typeof last !== 'string') return { kind: 'open' };
      const message = `${name} ${last} is before ${made} ${first}`;
      return Date.parse(first) - Date.parse(last) >= 1000
        ? { kind: 'broken', message, where: `response.body/${name}`, came: cameOf(answer) }
        : { kind: 'kept' };
    },
  }));
}

function changed(name: string, was: Json, is: Json): string | undefined {
  return isSameJson(was, is) ? undefined : `${name} was ${String(was)} and is ${String(is)} after the update`;
}

/** What no update changes, and how sure that is: the time of the creation, and who made it. */
function lasting(name: string, isMoment: boolean): Pick<Expectation, 'confidence' | 'why'> | undefined {
  const words = nameWords(name);
  const made = words.some((word) => creations.test(word));
  if (isMoment && made) return { confidence: 'certain', why: `${name} is the time of the creation, which no update changes` };
  const tells = words.some((word) => makers.test(word)) || (made && words.includes('by'));
  return tells ? { confidence: 'likely', why: `${name} tells who made it, which no update by the same client changes` } : undefined;
}

/** Whether the clock behind a moment is fine enough: it shows parts of a second, or runs on between two requests. */
function tells(name: string, moment: Json, other: Answer | undefined): boolean {
  if (typeof moment !== 'string') return false;
  if (/\.\d*[1-9]/.test(moment)) return true;
  const beside = member(thingIn(other?.json), name);
  return typeof beside === 'string' && Math.abs(Date.parse(beside) - Date.parse(moment)) > 5000;
}

function writes({ create, replace, patch }: Resource): Operation[] {
  return [create, replace, patch].filter((operation) => operation !== undefined);
}

function namesOf({ contract }: Planning, operation: Operation): string[] {
  const schema = preferredBody(operation)?.schema;
  return schema ? [...propertiesOf(contract, schema).keys()] : [];
}

function isMoment({ contract }: Planning, place: SchemaPlace): boolean {
  return member(contract.resolve(place).schema, 'format') === 'date-time';
}

function isInteger({ contract }: Planning, place: SchemaPlace): boolean {
  return member(contract.resolve(place).schema, 'type') === 'integer';
}
