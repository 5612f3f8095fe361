/** Parameters that are legal and odd, and parameters that come twice. Pure. */
import { member, type Json } from '../../lib/json.ts';
import type { Operation, Parameter } from '../../spec/contract.ts';
import { typesOf } from '../../spec/properties.ts';
import { validValues } from '../../spec/values/valid-values.ts';
import { attempt } from '../steps/attempt.ts';
import type { Conversation, ParameterValue, RequestPlan } from '../case.ts';
import { expectRefused, isRefusal } from '../expectations.ts';
import type { Planning } from '../planning.ts';
import { prepareRequest } from '../steps/prepare.ts';
import type { Scope } from '../steps/scope.ts';
import { isSuccess } from './expectations.ts';

/** Whether the operation has parameters of a type so open that odd values are legal, or that a server may stumble over before it looks at its bounds. */
export function takesOddValues(planning: Planning, operation: Operation): boolean {
  return operation.parameters.some((parameter) => isOpen(planning, parameter));
}

function isOpen(planning: Planning, parameter: Parameter): boolean {
  if (!parameter.schema || (parameter.in !== 'path' && parameter.in !== 'query')) return false;
  const { schema } = planning.contract.resolve(parameter.schema);
  const types = typesOf(planning.contract, parameter.schema);
  const closed: readonly (Json | undefined)[] = ['enum', 'pattern', ...(types.has('integer') ? [] : ['maximum', 'format'])].map((keyword) =>
    member(schema, keyword),
  );
  return closed.every((one) => one === undefined) && (types.has('integer') || types.has('string'));
}

type OddValue = readonly [what: string, value: Json, raw?: string];

const oddNumbers: readonly OddValue[] = [
  ['an integer beyond 32 bits', 2_147_483_648],
  ['an integer beyond 53 bits', 2 ** 53 + 2, '9007199254740993'],
  ['an integer beyond 64 bits', 2 ** 63, '9223372036854775808'],
];
const oddTexts: readonly OddValue[] = [
  ['the NUL character', '\u0000'],
  ['quotes, a percent sign and open brackets', `'%";--([{*?\\`],
  ['an emoji', '😀'],
];
const longText: OddValue = ['a text of 8,192 characters', 'x'.repeat(8192)];
const widest = oddNumbers.slice(-1);

/**
 * Each odd value in each open parameter, one at a time: none may crash the server.
 * An integer that does is enough: what is too wide for a column is so for wider ones too, and they would be told as further causes.
 */
export function* oddValues(scope: Scope, operation: Operation): Conversation {
  const { planning } = scope;
  const base = yield* prepareRequest(scope, operation);
  scope.variant += 1;
  if (!base) return;
  for (const parameter of operation.parameters.filter((one) => isOpen(planning, one))) {
    for (const [what, value, raw] of oddOnes(planning, parameter)) {
      const given: ParameterValue = { name: parameter.name, in: parameter.in, value, ...(raw !== undefined && { raw }) };
      const answer = yield* attempt(
        scope,
        { ...base, parameters: [...others(base, parameter), given] },
        { title: `${parameter.name}: ${what}`, theme: what, intent: 'probe' },
      );
      if (typeof value === 'number' && (answer.status ?? 0) >= 500) break;
    }
  }
}

function oddOnes({ contract }: Planning, { in: place, schema }: Parameter): readonly OddValue[] {
  if (!schema || !typesOf(contract, schema).has('integer')) return place === 'query' ? [...oddTexts, longText] : oddTexts;
  const allowed = oddNumbers.filter(([, value]) => contract.validators.validate(schema, value, 'request').kind === 'valid');
  // out of bounds, it may still be read before it is compared with them
  return allowed.length > 0 ? allowed : widest;
}

function others(base: RequestPlan, { name, in: place }: Parameter): readonly ParameterValue[] {
  return base.parameters.filter((one) => one.name !== name || one.in !== place);
}

/** A parameter given twice, and what an operation made of it. */
interface Repetition {
  readonly request: RequestPlan;
  readonly parameter: Parameter;
  readonly verdict: 'accepted' | 'refused';
}

/**
 * One scalar query parameter of each operation, twice. No standard says what that means, so only an API that refuses it mostly is held to it:
 * then the operations that accept it are asked again.
 */
export function* repeatedParameters(scope: Scope, operations: readonly Operation[]): Conversation {
  const repetitions: Repetition[] = [];
  for (const operation of operations) {
    const repetition = yield* repeated(scope, operation);
    if (repetition) repetitions.push(repetition);
  }
  const accepting = repetitions.filter(({ verdict }) => verdict === 'accepted');
  if (accepting.length * 2 >= repetitions.length) return;
  for (const { request, parameter } of accepting) {
    const what = `${parameter.name} twice`;
    const expectation = {
      ...expectRefused({ what, confidence: 'likely', promise: parameter.pointer, topic: 'a repeated parameter' }),
      why: 'one value is declared, and other operations refuse a second one',
    };
    yield* attempt(scope, request, {
      title: `${what}, again`,
      theme: 'a repeated parameter',
      intent: 'probe',
      expectations: [expectation],
    });
  }
}

function* repeated(scope: Scope, operation: Operation): Conversation<Repetition | undefined> {
  const { planning } = scope;
  const parameter = operation.parameters.find((one) => isScalar(planning, one));
  const base = parameter && (yield* prepareRequest(scope, operation));
  scope.variant += 1;
  if (!base || !parameter.schema) return undefined;
  const values = validValues(planning.contract, parameter.schema, {
    direction: 'request',
    seed: planning.seed,
    name: parameter.name,
  }).filter(({ value }) => value !== null && value !== '');
  const [first, second = first] = [...new Set(values.map(({ value }) => value))];
  if (first === undefined || second === undefined) return undefined;
  const given = (value: Json): ParameterValue => ({ name: parameter.name, in: 'query', value });
  const single = yield* attempt(
    scope,
    { ...base, parameters: [...others(base, parameter), given(first)] },
    { title: `${parameter.name} once` },
  );
  if (!isSuccess(single)) return undefined;
  const request: RequestPlan = { ...base, parameters: [...others(base, parameter), given(first), given(second)] };
  const answer = yield* attempt(scope, request, { title: `${parameter.name} twice`, theme: 'a repeated parameter', intent: 'probe' });
  if (isSuccess(answer)) return { request, parameter, verdict: 'accepted' };
  return isRefusal(answer) ? { request, parameter, verdict: 'refused' } : undefined;
}

/** A parameter that is one number, truth value or text, and no name of another thing. */
function isScalar({ contract, resources }: Planning, parameter: Parameter): boolean {
  if (parameter.in !== 'query' || !parameter.schema || resources.ofReference(parameter.name)) return false;
  const types = typesOf(contract, parameter.schema);
  return types.size > 0 && !types.has('array') && !types.has('object');
}
