/** Turns ajv's errors into the promises that were broken: one entry a promise, no echoes of unions and conditions. */
import type { ErrorObject } from 'ajv';
import { isObject, type Json } from '../lib/json.ts';
import { joinPointer } from '../lib/json-pointer.ts';
import type { SchemaViolation } from './contract.ts';
import type { Origin } from './prepare-schema.ts';

/** More than these are not kept of one value: they say nothing new. */
const mostViolations = 50;

/** The broken promises behind ajv's errors (made with `verbose`), in document order of the instance, without duplicates. */
export function violationsOf(errors: readonly ErrorObject[], origins: WeakMap<object, Origin>): SchemaViolation[] {
  const unions = errors.filter((error) => error.keyword === 'anyOf' || error.keyword === 'oneOf' || error.keyword === 'not');
  const found = new Map<string, SchemaViolation>();
  for (const error of errors) {
    if (error.keyword === 'if' || isInsideUnion(error, unions, errors)) continue;
    const violation = violationOf(error, origins);
    found.set(`${violation.instance} ${violation.schema}`, violation);
    if (found.size >= mostViolations) break;
  }
  return [...found.values()];
}

/** ajv lists the errors of a union's branches before the union's own: those come from the same place of the value or from below it. */
function isInsideUnion(error: ErrorObject, unions: readonly ErrorObject[], errors: readonly ErrorObject[]): boolean {
  const index = errors.indexOf(error);
  return unions.some(
    (union) =>
      union !== error &&
      union.keyword !== 'not' &&
      errors.indexOf(union) > index &&
      (error.instancePath === union.instancePath || error.instancePath.startsWith(`${union.instancePath}/`)) &&
      error.parentSchema !== union.parentSchema &&
      isBelow(error.parentSchema, union.parentSchema, union.keyword),
  );
}

/** Whether a schema node is reached through the union's branches; a reference is followed no further than being there. */
function isBelow(inner: unknown, union: Json | undefined, keyword: string): boolean {
  const branches = isObject(union) ? union[keyword] : undefined;
  if (!Array.isArray(branches)) return false;
  let references = false;
  const seen = (node: Json | undefined): boolean => {
    if (node === inner) return true;
    if (Array.isArray(node)) return node.some(seen);
    if (!isObject(node)) return false;
    if (typeof node['$ref'] === 'string') references = true;
    return Object.values(node).some(seen);
  };
  return branches.some(seen) || references;
}

function violationOf(error: ErrorObject, origins: WeakMap<object, Origin>): SchemaViolation {
  const parent: unknown = error.parentSchema;
  const origin = typeof parent === 'object' && parent !== null ? origins.get(parent) : undefined;
  const pointer = origin?.pointer ?? '';
  if (origin?.keyword === 'writeOnly') {
    return {
      instance: error.instancePath,
      schema: joinPointer(pointer, 'writeOnly'),
      keyword: 'writeOnly',
      message: 'must not be in a response: it is writeOnly',
    };
  }
  const keyword = origin?.keyword ?? nameOf(error);
  const schema = origin?.keyword === 'discriminator' ? pointer : joinPointer(pointer, ...keywordTokens(error));
  return { instance: error.instancePath, schema, keyword, message: describe(error) };
}

/** The keyword, and for lists and names the entry that was broken, so that each promise is told apart. */
function keywordTokens(error: ErrorObject): (string | number)[] {
  const { missingProperty } = error.params as { readonly missingProperty?: string };
  if (error.keyword === 'required' && missingProperty !== undefined && Array.isArray(error.schema)) {
    return ['required', Math.max(0, error.schema.indexOf(missingProperty))];
  }
  return error.keyword === 'false schema' ? [] : [nameOf(error)];
}

/** The keyword as the document has it. */
function nameOf({ keyword }: ErrorObject): string {
  return keyword === 'exactFormat' ? 'format' : keyword;
}

function describe(error: ErrorObject): string {
  const { params, schema } = error as { readonly params: Record<string, Json>; readonly schema: Json };
  switch (nameOf(error)) {
    case 'type':
      return `must be ${Array.isArray(schema) ? schema.join(' or ') : String(schema)}`;
    case 'required':
      return `must have the property \`${String(params['missingProperty'])}\``;
    case 'additionalProperties':
      return `must not have the property \`${String(params['additionalProperty'])}\``;
    case 'unevaluatedProperties':
      return `must not have the property \`${String(params['unevaluatedProperty'])}\``;
    case 'enum':
      return `must be one of ${short(schema)}`;
    case 'const':
      return `must be ${short(schema)}`;
    case 'multipleOf':
      return `must be a multiple of ${String(schema)}`;
    case 'format':
      return `must be of the format ${String(schema)}`;
    case 'minimum':
      return `must be >= ${String(schema)}`;
    case 'maximum':
      return `must be <= ${String(schema)}`;
    case 'exclusiveMinimum':
      return `must be > ${String(schema)}`;
    case 'exclusiveMaximum':
      return `must be < ${String(schema)}`;
    case 'uniqueItems':
      return 'must not hold an item twice';
    case 'pattern':
      return `must match the pattern ${String(schema)}`;
    case 'anyOf':
      return 'must fit at least one of the alternatives';
    case 'oneOf':
      return Array.isArray(params['passingSchemas'])
        ? 'must fit exactly one of the alternatives, not several'
        : 'must fit exactly one of the alternatives, not none';
    default:
      return error.message ?? `must satisfy ${error.keyword}`;
  }
}

function short(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}
