/** Judges values against the contract's schemas with ajv: compiled lazily, once per place and direction, never thrown from. */
import { _, Ajv2020, type ErrorObject, type KeywordCxt, type ValidateFunction } from 'ajv/dist/2020.js';
import { callRef } from 'ajv/dist/vocabularies/core/ref.js';
import type { ExactNumbers } from '../lib/json-text.ts';
import type { JsonObject } from '../lib/json.ts';
import { valueAt } from '../lib/json-pointer.ts';
import { once } from '../lib/once.ts';
import type { Direction, SchemaFlaw, SchemaPlace, Validators, Validity } from './contract.ts';
import { boundedPattern, withinTime, type BoundedPattern } from './bounded-pattern.ts';
import { createApplicationCounter } from './count-applications.ts';
import { isMultipleOf } from './decimal.ts';
import { addExactKeywords } from './exact-keywords.ts';
import { formats } from './formats.ts';
import { prepareSchema, type Meeting, type Origin, type Preparation } from './prepare-schema.ts';
import type { SchemaResources } from './schema-resources.ts';
import { violationsOf } from './violations.ts';

/** Schemas that one value is held against before nobody waits for it. */
const mostApplications = 100_000;

/** Why a value cannot be judged: it has reached something that no validator can be made of. */
class Unusable extends Error {
  readonly flaw: SchemaFlaw;
  constructor(flaw: SchemaFlaw) {
    super(`the schema at ${flaw.pointer} ${flaw.problem}`);
    this.flaw = flaw;
  }
}

/** A validator, and the ids of those that its references lead to. */
interface Compiled {
  /** Of the schema. */
  readonly pointer: string;
  readonly test: ValidateFunction;
  readonly leads: readonly string[];
  /** A pattern in it that is no regular expression. */
  readonly unreadable: string | undefined;
}

/**
 * Validators over one document, whose schemas are of the 2020-12 dialect. Formats are asserted.
 * @see https://json-schema.org/draft/2020-12/json-schema-validation
 */
export function createValidators(document: JsonObject, resources: SchemaResources): Validators {
  const sides = new Map<string, Side>();
  const sideOf = (direction: Direction, exact: boolean): Side => {
    const key = exact ? `${direction} exact` : direction;
    let side = sides.get(key);
    if (side === undefined) sides.set(key, (side = createSide(document, resources, direction, exact)));
    return side;
  };
  return {
    validate: (place, value, direction, numbers = none) => sideOf(direction, numbers.size > 0).validate(place, value, numbers),
    flaw: (place, direction) => sideOf(direction, false).flaw(place),
  };
}

const none: ExactNumbers = new Map();

/** The validators of one direction. */
interface Side {
  readonly validate: (place: SchemaPlace, value: unknown, numbers: ExactNumbers) => Validity;
  readonly flaw: (place: SchemaPlace) => SchemaFlaw | undefined;
}

function createSide(document: JsonObject, resources: SchemaResources, direction: Direction, exact: boolean): Side {
  const judging: Judging = { numbers: none, unreadable: undefined };
  const origins = new WeakMap<object, Origin>();
  const { refer, find } = createLibrary({ document, resources, direction, exact, origins }, judging);
  const byPlace = new Map<string, Compiled | Unusable>();
  const countApplications = createApplicationCounter(document, resources);
  const lookAt = (pointer: string): Compiled | Unusable =>
    countApplications(pointer) > mostApplications
      ? new Unusable({ pointer, problem: `holds one value against more than ${mostApplications} schemas in its compositions` })
      : find(refer({ pointer, scope: resources.enter(new Map(), pointer), base: false }));
  const findAt = ({ pointer }: SchemaPlace): Compiled | Unusable => {
    let entry = byPlace.get(pointer);
    if (entry === undefined) byPlace.set(pointer, (entry = lookAt(pointer)));
    return entry;
  };
  return {
    validate: (place, value, numbers) => {
      const entry = findAt(place);
      if (entry instanceof Unusable) return { kind: 'cannot-judge', reason: entry.message };
      judging.numbers = numbers;
      return judge(entry.test, value, origins, judging);
    },
    flaw: (place) => {
      const reached = new Set([findAt(place)]);
      for (const entry of reached) {
        if (entry instanceof Unusable) return entry.flaw;
        if (entry.unreadable !== undefined)
          return { pointer: entry.pointer, problem: `has a pattern that ${noPattern}: ${entry.unreadable}` };
        for (const id of entry.leads) reached.add(find(id));
      }
      return undefined;
    },
  };
}

/** The schemas of a document as they are met, by id, each compiled when it is first looked for. */
interface Library {
  readonly refer: (meeting: Meeting) => string;
  readonly find: (id: string) => Compiled | Unusable;
}

function createLibrary(preparation: Omit<Preparation, 'refer'>, judging: Judging): Library {
  const ids = new Map<string, string>();
  const meetings = new Map<string, Meeting>();
  const compiled = new Map<string, Compiled | Unusable>();
  const refer = (meeting: Meeting): string => {
    const key = [meeting.pointer, meeting.base, ...[...meeting.scope].flat().sort()].join('\n');
    let id = ids.get(key);
    if (id === undefined) {
      ids.set(key, (id = `place:${ids.size}`));
      meetings.set(id, meeting);
    }
    return id;
  };
  const compile = (meeting: Meeting): Compiled | Unusable => {
    const { pointer } = meeting;
    const leads: string[] = [];
    const note = (next: Meeting): string => {
      const id = refer(next);
      leads.push(id);
      return id;
    };
    // a value may be under way that has led here
    const { unreadable } = judging;
    let verb = 'used';
    try {
      const schema = prepareSchema(valueAt(preparation.document, pointer) ?? true, meeting, { ...preparation, refer: note });
      verb = 'compiled';
      judging.unreadable = undefined;
      ajv.opts.ownProperties = inheritedName.test(JSON.stringify(schema));
      const test = ajv.compile(typeof schema === 'boolean' ? { allOf: [schema] } : (schema as JsonObject));
      return { pointer, test, leads, unreadable: judging.unreadable };
    } catch (error) {
      return new Unusable({ pointer, problem: `cannot be ${verb}: ${messageOf(error)}` });
    } finally {
      judging.unreadable = unreadable;
    }
  };
  const find = (id: string): Compiled | Unusable => {
    let entry = compiled.get(id);
    if (entry === undefined) compiled.set(id, (entry = compile(meetings.get(id) ?? whole)));
    return entry;
  };
  const ajv = createAjv(judging, (id) => {
    const entry = find(id);
    if (entry instanceof Unusable) throw entry;
    return entry.test;
  });
  if (preparation.exact) addExactKeywords(ajv, () => judging.numbers);
  return { refer, find };
}

/** Names that every object has something under: only a schema that holds one has to ask whether a member is the value's own, which takes most of its time. */
const inheritedName = new RegExp(`"(?:${Object.getOwnPropertyNames(Object.prototype).join('|')})"`);

const whole: Meeting = { pointer: '', scope: new Map(), base: false };

/** What is known of the value that is being judged. */
interface Judging {
  numbers: ExactNumbers;
  /** A pattern that was met and that nobody can read. */
  unreadable: string | undefined;
}

function judge(test: ValidateFunction, value: unknown, origins: WeakMap<object, Origin>, judging: Judging): Validity {
  let ok: boolean;
  judging.unreadable = undefined;
  try {
    ok = withinTime(() => test(value));
  } catch (error) {
    // else a value nested deeper than the stack, or a pattern that fails at run time
    return { kind: 'cannot-judge', reason: error instanceof Unusable ? error.message : `validation broke off: ${messageOf(error)}` };
  }
  if (!ok) return invalid(test.errors ?? [], origins);
  return judging.unreadable === undefined ? valid : { kind: 'cannot-judge', reason: unreadablePattern(judging.unreadable) };
}

const valid: Validity = { kind: 'valid' };

/** Most who ask want to know no more. */
function invalid(errors: readonly ErrorObject[], origins: WeakMap<object, Origin>): Validity {
  const violations = once(() => violationsOf(errors, origins));
  return {
    kind: 'invalid',
    get violations() {
      return violations();
    },
  };
}

const noPattern = 'is no ECMA-262 regular expression';
const unreadablePattern = (source: string): string => `the pattern ${source} ${noPattern}`;

/** `find` gives the validator of an id: references are followed when a value first reaches them. One operation may lead to a thousand schemas. */
function createAjv(judging: Judging, find: (id: string) => ValidateFunction): Ajv2020 {
  const unread = (source: string): BoundedPattern => {
    judging.unreadable = source;
    return { test: () => ((judging.unreadable = source), true) };
  };
  const regExp = Object.assign(
    (source: string): BoundedPattern => Object.assign(boundedPattern(source) ?? unread(source), { toString: () => source }),
    { code: 'boundedPattern' },
  );
  const ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    verbose: true,
    inlineRefs: false,
    // no schema is held against a meta-schema, nor may it refer to one; to add them all takes as long as to compile many
    meta: false,
    validateSchema: false,
    addUsedSchema: false,
    // JSON has no NaN; a number beyond a double is a number
    strictNumbers: false,
    logger: false,
    formats: { ...formats },
    // the engine removes what is not used as well, and ajv takes twice as long to do so as to compile
    code: { regExp, optimize: false },
  });
  ajv.removeKeyword('$ref');
  ajv.addKeyword({
    keyword: '$ref',
    schemaType: 'string',
    code: (context) => {
      const { gen, schema } = context as KeywordCxt & { readonly schema: string };
      const target = {
        get validate() {
          return find(schema);
        },
      };
      callRef(context, _`${gen.scopeValue('validate', { key: schema, ref: target })}.validate`);
    },
  });
  ajv.removeKeyword('multipleOf');
  ajv.addKeyword({
    keyword: 'multipleOf',
    type: 'number',
    schemaType: 'number',
    validate: (divisor: number, value: number) => isMultipleOf(value, divisor),
  });
  return ajv;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
