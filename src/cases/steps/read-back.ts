/** The expectations that what was written is answered and read back, that defaults hold, and what is left aside because it is the server's own. Pure. */
import { isObject, member, type Json, type JsonObject } from '../../lib/json.ts';
import { keepLast } from '../../lib/keep-last.ts';
import { isSameJson } from '../../lib/same-json.ts';
import { pointerTokens } from '../../lib/json-pointer.ts';
import type { Operation, SchemaPlace } from '../../spec/contract.ts';
import { defaultOf, propertiesOf, successBody } from '../../spec/properties.ts';
import { settingsFor } from '../../spec/stated-rules.ts';
import type { Answer, Expectation } from '../case.ts';
import { cameOf, isAccepted } from '../expectations.ts';
import { nameWords } from '../../lib/names.ts';
import { preferredBody, type Planning } from '../planning.ts';
import { isAssigned, writtenDifferences, type Difference } from '../values/written-differences.ts';
import { fields, fieldsOf, thingIn } from '../inference/representation.ts';
import { fieldsWritten } from '../inference/body-fields.ts';
import { pathMembers } from '../inference/path-members.ts';

/** A write, and the operation whose answer shows what came of it. */
export interface WriteAndLook {
  readonly write: Operation;
  readonly look: Operation;
  readonly body: Json | undefined;
  /** Names of the body's members that are known to come back as they went. */
  readonly proven?: ReadonlySet<string>;
  /** Names that the server fills. */
  readonly owned?: ReadonlySet<string>;
  /** JSON Pointer of the only place that is looked at; '' or nothing means all. */
  readonly place?: string;
  /** The write's own answer: a difference that it already showed is not told again, and what it showed rightly is proven. */
  readonly echo?: Answer | undefined;
}

/** Two expectations, of what is certain and of what is likely; none where nothing can be compared. */
export function writtenBack(planning: Planning, parts: WriteAndLook): Expectation[] {
  const { write, look, body } = parts;
  const within = fieldsWritten(planning.contract, write);
  if (!isObject(body) || !within) return [];
  const seen = shownPlace(planning, look, Object.keys(within.of(body)));
  if (!seen) return [];
  const topic = resourcePath(write);
  // both expectations look at one answer, and the second look of a read at another
  const differences = keepLast((answer: Answer) => told(planning, parts, answer));
  const expectation = (confidence: 'certain' | 'likely'): Expectation => ({
    check: 'written-read-back',
    confidence,
    why: `the schemas of what ${write.id} takes and of what ${look.id} answers name the same properties`,
    promise: look.pointer,
    topic,
    holds: (answer) => {
      if (!isAccepted(answer) || answer.status === 304)
        return write.id === look.id ? { kind: 'open' } : { kind: 'cannot-judge', reason: 'the thing could not be read' };
      const wrong = differences(answer).find((difference) => difference.confidence === confidence);
      if (!wrong) return { kind: 'kept' };
      const name = pointerTokens(wrong.at).join('/');
      return {
        kind: 'broken',
        message: `${name} was written as ${short(wrong.written)} and is ${write.id === look.id ? 'answered' : 'read'} as ${short(wrong.read)}`,
        where: `response.body${seen.wrapper === undefined ? '' : `/${seen.wrapper}`}${wrong.at}`,
        came: cameOf(answer),
        // one place that parts is one cause, whichever request shows it
        topic: `${topic} ${name.replaceAll(/\/\d+(?=\/|$)/g, '/*')}`,
      };
    },
  });
  return [expectation('certain'), expectation('likely')];
}

/** The collection's path, also for writes of its items. */
function resourcePath({ path, method }: Operation): string {
  return method === 'POST' ? path : path.replace(/\/\{[^{}/]+\}$/, '');
}

/** The body's members that an answer shows as they were written: evidence that the server keeps them. */
export function provenNames(
  planning: Planning,
  parts: Pick<WriteAndLook, 'write' | 'look' | 'body'>,
  answer: Answer | undefined,
): ReadonlySet<string> {
  const { write, look } = parts;
  const body = fieldsWritten(planning.contract, write)?.of(parts.body) ?? {};
  const seen = answer && isAccepted(answer) ? shownPlace(planning, look, Object.keys(body)) : undefined;
  const shown = seen && shownValue(seen, answer?.json);
  if (!shown) return new Set();
  // members that the server may assign are proven too when they come back
  const wrong = new Set(
    differencesOf(planning, { ...parts, proven: new Set(Object.keys(body)) }, answer).map(({ at }) => pointerTokens(at)[0]),
  );
  return new Set(
    Object.keys(body).filter(
      (name) => !wrong.has(name) && body[name] !== null && member(shown, name) !== undefined && member(shown, name) !== null,
    ),
  );
}

function told(planning: Planning, parts: WriteAndLook, answer: Answer): readonly Difference[] {
  const { echo, write, look } = parts;
  const proven = echo
    ? new Set([...(parts.proven ?? []), ...provenNames(planning, { ...parts, look: write }, echo)])
    : (parts.proven ?? new Set<string>());
  const differences = differencesOf(planning, { ...parts, proven }, answer);
  if (!echo || differences.length === 0 || look.id === write.id) return differences;
  const shown = new Set(differencesOf(planning, { ...parts, look: write }, echo).map(({ at }) => at));
  return differences.filter(({ at }) => !shown.has(at));
}

function differencesOf(planning: Planning, parts: WriteAndLook, answer: Answer | undefined): readonly Difference[] {
  const { write, look, place = '' } = parts;
  const within = fieldsWritten(planning.contract, write);
  const body = within?.of(parts.body) ?? {};
  const seen = shownPlace(planning, look, Object.keys(body));
  const shown = seen && shownValue(seen, answer?.json);
  if (!within || !seen || !shown) return [];
  const top = within.nameAt(place);
  const wanted: JsonObject = top === undefined ? body : Object.fromEntries(Object.entries(body).filter(([name]) => name === top));
  return writtenDifferences(
    {
      contract: planning.contract,
      proven: parts.proven ?? new Set(),
      owned: new Set([
        ...(parts.owned ?? []),
        ...namesSet(planning, write, parts.body ?? null),
        ...pathMembers(write, Object.keys(body)).keys(),
      ]),
    },
    wanted,
    shown,
    within.place,
    seen.place,
  );
}

/** Names of members that the operation is stated to set by itself for such a body. */
function namesSet({ contract, stated }: Planning, { id }: Operation, body: Json): readonly string[] {
  return settingsFor(contract, stated.get(id)?.sets ?? [], body).flatMap(({ values }) => Object.keys(values));
}

/** Flags that a later thing has taken too: it may be that only one thing has them, the default or the best one. The later thing shows whether they are kept. */
export function sharedFlags(body: Json | undefined, later: Json | undefined): readonly string[] {
  return isObject(body) ? Object.keys(body).filter((name) => body[name] === true && member(later, name) === true) : [];
}

interface Shown {
  readonly place: SchemaPlace;
  /** The member that wraps the representation. */
  readonly wrapper: string | undefined;
  /** Names of members that it has. */
  readonly names: readonly string[];
}

/** Where an operation's answer has the named members: in itself, or in the one object that it wraps. */
function shownPlace({ contract }: Planning, look: Operation, names: readonly string[]): Shown | undefined {
  const body = successBody(look);
  if (!body) return undefined;
  const own = propertiesOf(contract, body.schema);
  if (names.some((name) => own.has(name))) return { place: body.schema, wrapper: undefined, names };
  for (const [wrapper, place] of own.size <= 3 || own.has('jsonapi') ? own : []) {
    const inner = fieldsOf(contract, place);
    if (names.some((name) => inner.has(name))) return { place, wrapper, names };
  }
  return undefined;
}

/** The representation in an answer; where it is wrapped, though the document does not say so, that is the schema check's to tell. */
function shownValue({ wrapper, names }: Shown, json: Json | undefined): JsonObject | undefined {
  const value = wrapper === undefined ? json : fields(member(json, wrapper) ?? null);
  if (!isObject(value)) return undefined;
  const hasNames = (one: JsonObject): boolean => names.some((name) => Object.hasOwn(one, name));
  const wrapped = hasNames(value) ? [] : Object.values(value).filter((inner) => isObject(inner) && hasNames(inner));
  return wrapped.length === 1 && isObject(wrapped[0]) ? wrapped[0] : value;
}

function short(value: Json | undefined): string {
  const text = JSON.stringify(value) ?? 'absent';
  return text.length > 140 ? `${text.slice(0, 139)}…` : text;
}

/** A property that was left out has its default afterwards: one expectation for each. Not for PATCH, which leaves things as they are, nor for a PUT that requires nothing, which may do so too. */
export function defaultsApplied(planning: Planning, write: Operation, look: Operation, body: Json | undefined): Expectation[] {
  const { contract } = planning;
  const within = isObject(body) && write.method !== 'PATCH' ? fieldsWritten(contract, write) : undefined;
  const seen = within && shownPlace(planning, look, [...within.places.keys()]);
  if (!within || !seen || (write.method === 'PUT' && requiresNothing(planning, write))) return [];
  const given = within.of(body);
  const read = fieldsOf(contract, seen.place);
  return [...within.places].flatMap(([name, place]): Expectation[] => {
    const assumed = defaultOf(contract, place);
    const shown = read.get(name);
    const hidden = [place.schema, shown?.schema].some((one) => member(one, 'readOnly') === true || member(one, 'writeOnly') === true);
    // a state may have moved on by itself before it is answered
    const state = /^(?:status|state)$/.test(nameWords(name).at(-1) ?? '');
    if (assumed === undefined || assumed === null || !shown || hidden || Object.hasOwn(given, name) || (isAssigned(name) && !state))
      return [];
    const same = !state && isSameJson(defaultOf(contract, shown) ?? null, assumed);
    return [
      {
        check: 'default-applied',
        confidence: same ? 'certain' : 'likely',
        why: `${name} was left out, and its default is ${short(assumed)}`,
        promise: place.pointer,
        topic: `${write.id} ${name}`,
        holds: (answer) => {
          const came = isAccepted(answer) ? member(shownValue(seen, answer.json), name) : undefined;
          if (came === undefined) return { kind: 'open' };
          if (came !== null && isSameJson(came, assumed)) return { kind: 'kept' };
          return {
            kind: 'broken',
            message: `${name} was left out and is ${short(came)} in place of its default ${short(assumed)}`,
            where: `response.body/${name}`,
            came: cameOf(answer),
          };
        },
      },
    ];
  });
}

/** Whether an object without members is all that a write has to be told. */
function requiresNothing({ contract }: Planning, write: Operation): boolean {
  const schema = preferredBody(write)?.schema;
  return schema !== undefined && contract.validators.validate(schema, {}, 'request').kind === 'valid';
}

const serverOwned = /^(?:updated|modified|changed|version|etag|revision|timestamp|last|expires?|seen|accessed|at|date|time)$/;

/** The object without what is the server's own by its name: that may change with every write, or every look. */
export function withoutServerOwned(json: Json | undefined): JsonObject {
  return Object.fromEntries(Object.entries(thingIn(json)).filter(([name]) => !nameWords(name).some((word) => serverOwned.test(word))));
}

/** Values that a server has no reason to write in another way. */
export function comparable(value: Json): boolean {
  return typeof value === 'boolean' || typeof value === 'number' || (typeof value === 'string' && value === value.trim() && value !== '');
}
