/** What every phase plans with, and how it makes cases. Pure. */
import type { Contract, Operation, Parameter } from '../spec/contract.ts';
import { sampleValue } from '../spec/values/sample-value.ts';
import type { ValueOptions } from '../spec/values/value-options.ts';
import { shortHash } from '../lib/short-hash.ts';
import { parseMediaType, isJson } from '../lib/media-type.ts';
import type { BodyValue, Case, Conversation, JudgedAnswer, ParameterValue, Phase } from './case.ts';
import { inferResources, type Resources } from './resources.ts';

export interface PlanOptions {
  readonly phases: ReadonlySet<Phase>;
  readonly seed: number;
  /** Only methods that RFC 9110 section 9.2.1 calls safe, and only what is already there. */
  readonly safeOnly: boolean;
  /** Names of identities that may only read, that may not change what others made, that may not even see it. */
  readonly readers: readonly string[];
  readonly peers: readonly string[];
  readonly strangers: readonly string[];
  /** Whether a main identity is there at all. */
  readonly authenticated: boolean;
  /** Requests that the random phase draws for each operation, 20 where it is left out; what makes a failing one smaller comes on top. */
  readonly randomCases?: number | undefined;
}

export interface Planning extends PlanOptions {
  readonly contract: Contract;
  readonly resources: Resources;
}

/** The planning of a contract. */
export function createPlanning(contract: Contract, options: PlanOptions): Planning {
  return { ...options, contract, resources: inferResources(contract) };
}

/** Methods that change nothing. @see https://www.rfc-editor.org/rfc/rfc9110#section-9.2.1 */
export const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'QUERY']);

/** A case with a stable id. */
export function makeCase(
  parts: Omit<Case, 'id' | 'credentials' | 'expectations' | 'intent'> & Partial<Pick<Case, 'credentials' | 'expectations' | 'intent'>>,
): Case {
  const { operation, method, parameters, body } = parts.request;
  const content = body?.raw ? body.raw.length : (body?.value ?? null);
  const id = shortHash(
    JSON.stringify([
      parts.phase,
      operation.id,
      method ?? '',
      parts.title,
      parameters.map(({ in: place, name }) => `${place} ${name}`),
      content,
    ]),
  );
  return { credentials: { kind: 'main' }, expectations: [], intent: 'valid', ...parts, id };
}

/** Sends a case within a conversation and gives back its answer. */
export function* send(planned: Case): Conversation<JudgedAnswer> {
  const answer = yield { kind: 'case', case: planned };
  if (answer === undefined) throw new TypeError('a case must be resumed with its answer');
  return answer;
}

/** How values of a request are made; `variant` makes other ones, `name` hints at what is meant. */
export function sampling(planning: Planning, variant: number, name: string): ValueOptions {
  return { direction: 'request', seed: planning.seed + variant * 7919, prefix: `sp${(planning.seed + variant) % 100_000}`, name };
}

/** The ordinary value of a parameter: its example where it has one. */
export function parameterValue(planning: Planning, parameter: Parameter, variant: number): ParameterValue | undefined {
  const [example] = parameter.examples;
  const place = parameter.schema ?? parameter.mediaType?.schema;
  const value = example ?? (place ? sampleValue(planning.contract, place, sampling(planning, variant, parameter.name)) : 'x');
  return value === undefined ? undefined : { name: parameter.name, in: parameter.in, value };
}

/** The media type that bodies are sent in unless a case is about others: JSON where there is one. */
export function preferredBody(operation: Operation): NonNullable<Operation['requestBody']>['content'][number] | undefined {
  const content = operation.requestBody?.content ?? [];
  const json = content.find(({ type }) => {
    const parsed = parseMediaType(type);
    return parsed !== undefined && isJson(parsed);
  });
  return json ?? content[0];
}

/** An ordinary body; undefined where the operation takes none or none can be made. */
export function ordinaryBody(planning: Planning, operation: Operation, variant: number): BodyValue | undefined {
  const media = preferredBody(operation);
  if (!media) return undefined;
  const mediaType = media.type.includes('*') ? 'application/octet-stream' : media.type;
  const [example] = media.examples;
  const usable =
    example !== undefined && media.schema && planning.contract.validators.validate(media.schema, example, 'request').kind === 'valid';
  const value =
    usable && variant === 0
      ? example
      : media.schema
        ? sampleValue(planning.contract, media.schema, sampling(planning, variant, 'body'))
        : 'x';
  return value === undefined ? undefined : { mediaType, value, variant };
}
