/** Judges values against the contract's schemas with ajv: compiled lazily, once per place and direction, never thrown from. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { ExactNumbers } from '../lib/json-text.ts';
import type { JsonObject } from '../lib/json.ts';
import { valueAt } from '../lib/json-pointer.ts';
import type { Direction, SchemaPlace, Validators, Validity } from './contract.ts';
import { boundedPattern, withinTime, type BoundedPattern } from './bounded-pattern.ts';
import { isMultipleOf } from './decimal.ts';
import { addExactKeywords } from './exact-keywords.ts';
import { formats } from './formats.ts';
import { prepareSchema, type Meeting, type Origin, type Preparation } from './prepare-schema.ts';
import type { SchemaResources } from './schema-resources.ts';
import { violationsOf } from './violations.ts';

type Compiled = { readonly kind: 'ready'; readonly test: ValidateFunction } | { readonly kind: 'unusable'; readonly reason: string };

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
  return { validate: (place, value, direction, numbers = none) => sideOf(direction, numbers.size > 0)(place, value, numbers) };
}

const none: ExactNumbers = new Map();

type Side = (place: SchemaPlace, value: unknown, numbers: ExactNumbers) => Validity;

function createSide(document: JsonObject, resources: SchemaResources, direction: Direction, exact: boolean): Side {
  const unreadable = new Set<string>();
  const ajv = createAjv(unreadable);
  let current = none;
  if (exact) addExactKeywords(ajv, () => current);
  const compiled = new Map<string, Compiled>();
  const ids = new Map<string, string>();
  const origins = new WeakMap<object, Origin>();
  const pending: Meeting[] = [];
  const refer = (meeting: Meeting): string => {
    const key = [meeting.pointer, meeting.base, ...[...meeting.scope].flat().sort()].join('\n');
    let id = ids.get(key);
    if (id === undefined) {
      ids.set(key, (id = `place:${ids.size}`));
      pending.push(meeting);
    }
    return id;
  };
  const preparation: Preparation = { document, direction, exact, resources, refer, origins };
  const broken = new Map<string, string>();
  const register = (): void => {
    for (let meeting = pending.pop(); meeting !== undefined; meeting = pending.pop()) {
      const { pointer } = meeting;
      try {
        const schema = prepareSchema(valueAt(document, pointer) ?? true, meeting, preparation);
        ajv.addSchema(typeof schema === 'boolean' ? { allOf: [schema] } : (schema as JsonObject), refer(meeting));
      } catch (error) {
        broken.set(pointer, `the schema at ${pointer} cannot be used: ${messageOf(error)}`);
      }
    }
  };
  const compile = ({ pointer }: SchemaPlace): Compiled => {
    const id = refer({ pointer, scope: resources.enter(new Map(), pointer), base: false });
    register();
    try {
      const test = ajv.getSchema(id);
      if (test) return { kind: 'ready', test };
    } catch (error) {
      const [reason] = broken.values();
      return { kind: 'unusable', reason: reason ?? `the schema at ${pointer} cannot be compiled: ${messageOf(error)}` };
    }
    return { kind: 'unusable', reason: broken.get(pointer) ?? `the schema at ${pointer} cannot be compiled` };
  };
  return (place, value, numbers) => {
    let entry = compiled.get(place.pointer);
    if (entry === undefined) compiled.set(place.pointer, (entry = compile(place)));
    if (entry.kind === 'unusable') return { kind: 'cannot-judge', reason: entry.reason };
    current = numbers;
    return judge(entry.test, value, origins, unreadable);
  };
}

function judge(test: ValidateFunction, value: unknown, origins: WeakMap<object, Origin>, unreadable: ReadonlySet<string>): Validity {
  let ok: boolean;
  try {
    ok = withinTime(() => test(value));
  } catch (error) {
    // a value nested deeper than the stack, or a pattern that fails at run time
    return { kind: 'cannot-judge', reason: `validation broke off: ${messageOf(error)}` };
  }
  if (!ok) return { kind: 'invalid', violations: violationsOf(test.errors ?? [], origins) };
  const [pattern] = unreadable;
  if (pattern !== undefined && usesPattern(test, unreadable))
    return { kind: 'cannot-judge', reason: `the pattern ${pattern} is no ECMA-262 regular expression` };
  return valid;
}

const valid: Validity = { kind: 'valid' };

function usesPattern(test: ValidateFunction, unreadable: ReadonlySet<string>): boolean {
  const text = JSON.stringify(test.schema);
  return [...unreadable].some((pattern) => text.includes(JSON.stringify(pattern)));
}

function createAjv(unreadable: Set<string>): Ajv2020 {
  const regExp = Object.assign(
    (source: string): BoundedPattern => {
      const pattern = boundedPattern(source);
      if (pattern === undefined) unreadable.add(source);
      return Object.assign(pattern ?? { test: () => true }, { toString: () => source });
    },
    { code: 'boundedPattern' },
  );
  const ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    verbose: true,
    inlineRefs: false,
    validateSchema: false,
    addUsedSchema: false,
    ownProperties: true,
    // JSON has no NaN; a number beyond a double is a number
    strictNumbers: false,
    logger: false,
    formats: { ...formats },
    code: { regExp },
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
