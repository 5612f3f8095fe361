/** Settles a view: chooses a branch of every union and one type. Bounded; makes no values. */
import type { Json } from '../../lib/json.ts';
import type { Contract } from '../contract.ts';
import { apartFromOthers } from './apart.ts';
import { enumeratedValues } from './stated-values.ts';
import { extendView, includesType, typeOf, type JsonType, type SchemaView } from './schema-view.ts';
import type { Union } from './unions.ts';

/** A branch that was chosen. */
interface Choice {
  readonly union: Union;
  readonly index: number;
}

/** A view without open unions, for values of one type. */
export interface Settled {
  readonly view: SchemaView;
  readonly type: JsonType;
  readonly choices: readonly Choice[];
}

/** More combinations of branches than this are not tried. */
const mostCombinations = 300;
/** Nor more choices on the way to them: most may turn out to be impossible. */
const mostChoices = 30_000;

/** The ways to settle a view, first branches first and `null` last, impossible ones left out; `apart` asks that values fit one branch of a `oneOf` only. */
export function alternativesOf(contract: Contract, view: SchemaView, apart = false): Settled[] {
  const found: Settled[] = [];
  let left = mostCombinations;
  let choosing = mostChoices;
  const settle = (current: SchemaView, choices: readonly Choice[]): void => {
    if (left <= 0 || choosing-- <= 0 || current.types.length === 0) return;
    const [union] = current.unions;
    if (union === undefined) {
      left--;
      for (const type of sensibleTypes(current)) found.push({ view: current, type, choices });
      return;
    }
    for (const [index, branch] of union.branches.entries())
      settle(extendView(contract, current, [...branch.places, ...(apart ? apartFromOthers(contract, union, index) : [])], union), [
        ...choices,
        { union, index },
      ]);
  };
  settle(view, []);
  return [...found.filter(({ type }) => type !== 'null'), ...found.filter(({ type }) => type === 'null')];
}

/** As few alternatives as show every branch of every union and every type at least once. */
export function coveringAlternatives(alternatives: readonly Settled[]): Settled[] {
  const covered = new Set<string>();
  return alternatives.filter(({ type, choices }) => {
    const facts = [type, ...choices.map(({ union, index }) => `${union.pointer}/${index}`)];
    const fresh = facts.some((fact) => !covered.has(fact));
    for (const fact of facts) covered.add(fact);
    return fresh;
  });
}

const hints: Readonly<Record<string, JsonType>> = {
  properties: 'object',
  required: 'object',
  additionalProperties: 'object',
  patternProperties: 'object',
  minProperties: 'object',
  maxProperties: 'object',
  items: 'array',
  prefixItems: 'array',
  minItems: 'array',
  maxItems: 'array',
  uniqueItems: 'array',
  minLength: 'string',
  maxLength: 'string',
  pattern: 'string',
  minimum: 'number',
  maximum: 'number',
  exclusiveMinimum: 'number',
  exclusiveMaximum: 'number',
  multipleOf: 'number',
};

/** What to make where anything goes. */
const plainest: readonly JsonType[] = ['string', 'integer', 'boolean', 'object', 'array', 'null'];

const numericFormats = new Set<Json>(['int32', 'int64', 'integer', 'float', 'double', 'decimal']);

/** The types worth making: what is declared, else what the values and keywords speak of. */
function sensibleTypes(view: SchemaView): readonly JsonType[] {
  const values = enumeratedValues(view);
  if (values) {
    const types = values.map(typeOf).map((type) => (type === 'integer' && !view.types.includes('integer') ? 'number' : type));
    return [...new Set(types)].filter((type) => includesType(view.types, type));
  }
  if (view.parts.some(({ schema }) => schema['type'] !== undefined)) return view.types;
  const hinted = view.parts.flatMap(({ schema }) =>
    Object.keys(schema).flatMap((keyword): JsonType[] => {
      if (keyword === 'format') return [numericFormats.has(schema[keyword] ?? null) ? 'number' : 'string'];
      const type = hints[keyword];
      return type ? [type] : [];
    }),
  );
  const meant = [...new Set(hinted)].filter((type) => view.types.includes(type));
  if (meant.length > 0) return meant;
  return plainest.filter((type) => includesType(view.types, type)).slice(0, 1);
}
