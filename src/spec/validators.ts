/** Judges values against the contract's schemas with ajv: compiled lazily, once per place and direction, never thrown from. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { JsonObject } from '../lib/json.ts';
import { valueAt } from '../lib/json-pointer.ts';
import type { Direction, SchemaPlace, Validators, Validity } from './contract.ts';
import { isMultipleOf } from './decimal.ts';
import { formats } from './formats.ts';
import { prepareSchema, type Origin, type Preparation } from './prepare-schema.ts';
import { violationsOf } from './violations.ts';

type Compiled = { readonly kind: 'ready'; readonly test: ValidateFunction } | { readonly kind: 'unusable'; readonly reason: string };

/**
 * Validators over one document, whose schemas are of the 2020-12 dialect. Formats are asserted.
 * @see https://json-schema.org/draft/2020-12/json-schema-validation
 */
export function createValidators(document: JsonObject): Validators {
  const sides = { request: createSide(document, 'request'), response: createSide(document, 'response') };
  return { validate: (place, value, direction) => sides[direction](place, value) };
}

function createSide(document: JsonObject, direction: Direction): (place: SchemaPlace, value: unknown) => Validity {
  const unreadable = new Set<string>();
  const ajv = createAjv(unreadable);
  const compiled = new Map<string, Compiled>();
  const ids = new Map<string, string>();
  const origins = new WeakMap<object, Origin>();
  const pending: string[] = [];
  const refer = (pointer: string): string => {
    let id = ids.get(pointer);
    if (id === undefined) {
      ids.set(pointer, (id = `place:${ids.size}`));
      pending.push(pointer);
    }
    return id;
  };
  const preparation: Preparation = { document, direction, refer, origins };
  const broken = new Map<string, string>();
  const register = (): void => {
    for (let pointer = pending.pop(); pointer !== undefined; pointer = pending.pop()) {
      try {
        const schema = prepareSchema(valueAt(document, pointer) ?? true, pointer, preparation);
        ajv.addSchema(typeof schema === 'boolean' ? { allOf: [schema] } : (schema as JsonObject), ids.get(pointer));
      } catch (error) {
        broken.set(pointer, `the schema at ${pointer} cannot be used: ${messageOf(error)}`);
      }
    }
  };
  const compile = (place: SchemaPlace): Compiled => {
    const id = refer(place.pointer);
    register();
    try {
      const test = ajv.getSchema(id);
      if (test) return { kind: 'ready', test };
    } catch (error) {
      const [reason] = broken.values();
      return { kind: 'unusable', reason: reason ?? `the schema at ${place.pointer} cannot be compiled: ${messageOf(error)}` };
    }
    return { kind: 'unusable', reason: broken.get(place.pointer) ?? `the schema at ${place.pointer} cannot be compiled` };
  };
  return (place, value) => {
    let entry = compiled.get(place.pointer);
    if (entry === undefined) compiled.set(place.pointer, (entry = compile(place)));
    if (entry.kind === 'unusable') return { kind: 'cannot-judge', reason: entry.reason };
    return judge(entry.test, value, origins, unreadable);
  };
}

function judge(test: ValidateFunction, value: unknown, origins: WeakMap<object, Origin>, unreadable: ReadonlySet<string>): Validity {
  let ok: boolean;
  try {
    ok = test(value);
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
    (pattern: string, flags: string): RegExp => {
      for (const attempt of [flags, '']) {
        try {
          return new RegExp(pattern, attempt);
        } catch {
          // next, more lenient reading
        }
      }
      unreadable.add(pattern);
      return /^/;
    },
    { code: 'new RegExp' },
  );
  const ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    verbose: true,
    inlineRefs: false,
    validateSchema: false,
    addUsedSchema: false,
    ownProperties: true,
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
