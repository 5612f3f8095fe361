/** What every phase plans with, and how it makes cases. Pure. */
import { safeMethods } from '../lib/methods.ts';
import { isObject, type Json } from '../lib/json.ts';
import type { Contract, MediaType, Operation, Parameter, SchemaPlace } from '../spec/contract.ts';
import { descriptionAt } from '../spec/descriptions.ts';
import { isSafe } from '../spec/is-safe.ts';
import { withoutLastSlash } from '../spec/last-slash.ts';
import { propertiesOf, typesOf } from '../spec/properties.ts';
import { statedRules, type StatedRules } from '../spec/stated-rules.ts';
import { describedText } from '../spec/values/described-text.ts';
import { takesFreeText } from '../spec/values/free-text.ts';
import { adaptExample } from '../spec/values/adapt-example.ts';
import { sampleValue } from '../spec/values/sample-value.ts';
import { brief } from '../spec/values/time-pairs.ts';
import { viewOf } from '../spec/values/schema-view.ts';
import { defaultsOf } from '../spec/values/stated-values.ts';
import type { ValueOptions } from '../spec/values/value-options.ts';
import { once } from '../lib/once.ts';
import { shortHash } from '../lib/short-hash.ts';
import { parseMediaType, isJson } from '../lib/media-type.ts';
import type { BodyValue, Case, Conversation, JudgedAnswer, ParameterValue, Phase } from './case.ts';
import type { Subject } from './access/expected.ts';
import type { AccessLock } from './access/lock.ts';
import { inferResources, type Resources } from './inference/resources.ts';
import { mayConflict } from './inference/state-conflicts.ts';

/** What is planned, and for whom. */
export interface PlanOptions {
  readonly phases: ReadonlySet<Phase>;
  readonly seed: number;
  /** Only methods that RFC 9110 section 9.2.1 calls safe, and only what is already there. */
  readonly safeOnly: boolean;
  /** Ids of the operations that scenarios are to be about; all by default. */
  readonly chosen?: ReadonlySet<string> | undefined;
  /** What names of things that cases make begin with, where schemas let them. */
  readonly writePrefix?: string | undefined;
  /** Names of identities that may only read, that may not change what others made, that may not even see it. */
  readonly readers: readonly string[];
  readonly peers: readonly string[];
  readonly strangers: readonly string[];
  /** Everybody who is asked whether he may, the main identity first; none by default. */
  readonly subjects?: readonly Subject[];
  /** The reviewed matrix, where there is one. */
  readonly accessLock?: AccessLock | undefined;
  /** Whether a main identity is there at all. */
  readonly authenticated: boolean;
  /** Requests that the random phase draws for each operation, 20 where it is left out; what makes a failing one smaller comes on top. */
  readonly randomCases?: number | undefined;
}

export interface Planning extends PlanOptions {
  readonly contract: Contract;
  readonly resources: Resources;
  readonly subjects: readonly Subject[];
  /** What an overlay states of operations, by operation id. */
  readonly stated: ReadonlyMap<string, StatedRules>;
}

/** The planning of a contract. Throws HarnessError E_OVERLAY for a stated rule that cannot be read. */
export function createPlanning(contract: Contract, options: PlanOptions): Planning {
  // What the document calls unsafe is not there for a plan of safe requests, not even to look things up.
  const plain = withoutLastSlash(contract);
  const operations = plain.operations.filter((operation) => isSafe(operation) || !safeMethods.has(operation.method));
  const allowed = options.safeOnly ? { ...plain, operations } : plain;
  const resources = once(() => inferResources(allowed));
  return {
    ...options,
    contract: allowed,
    get resources() {
      return resources();
    },
    subjects: options.subjects ?? [],
    stated: statedRules(allowed),
  };
}

/** Whether an operation writes what all scenarios share: PUT, PATCH or DELETE of a path without an identifier, as `/settings`, or of a whole collection. What it does may look like another scenario's fault, so it needs quiet. */
export function writesAll(planning: Planning, { method, path }: Operation): boolean {
  if (method === 'POST' || safeMethods.has(method)) return false;
  // not asked before: of a large document resources take longer than the first answer may
  return !path.includes('{') || planning.resources.all.some(({ collection }) => collection === path);
}

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
  const { credentials = { kind: 'main' }, expectations = [], intent = 'valid' } = parts;
  // the spread first: an object literal that begins with one is made much faster
  return { ...parts, credentials, expectations, intent, id };
}

/** Sends a case within a conversation and gives back its answer. */
export function* send(planned: Case): Conversation<JudgedAnswer> {
  const answer = yield { kind: 'case', case: planned };
  if (answer === undefined) throw new TypeError('a case must be resumed with its answer');
  return answer;
}

/** How values of a request are made; `variant` makes other ones, `name` hints at what is meant. */
export function sampling(planning: Planning, variant: number, name: string): ValueOptions {
  return {
    direction: 'request',
    seed: planning.seed + variant * 7919,
    prefix: `sp${(planning.seed + variant) % 100_000}`,
    mark: planning.writePrefix,
    name,
  };
}

/** The ordinary value of a parameter: its example where it has one. */
export function parameterValue(planning: Planning, parameter: Parameter, variant: number): ParameterValue | undefined {
  const place = parameter.schema ?? parameter.mediaType?.schema;
  const [example = anyTag(planning, parameter)] = parameter.examples;
  const value = example ?? (place ? sampledParameter(planning, parameter, place, variant) : 'x');
  if (value === undefined) return undefined;
  const { name, in: at } = parameter;
  const short = at === 'path' && example === undefined ? withoutFolders(value) : value;
  const fits = short !== value && (!place || planning.contract.validators.validate(place, short, 'request').kind === 'valid');
  return { name, in: at, value: fits ? short : value };
}

/** The condition that every thing meets: nobody can make up the entity tag of one. @see https://www.rfc-editor.org/rfc/rfc9110#section-13.1.1 */
function anyTag({ contract }: Planning, { name, in: at, schema }: Parameter): Json | undefined {
  const isCondition = at === 'header' && name.toLowerCase() === 'if-match' && schema !== undefined;
  return isCondition && contract.validators.validate(schema, '*', 'request').kind === 'valid' ? '*' : undefined;
}

/** What the parameter's description gives as an example, where its schema leaves the text open. */
export function describedParameter({ contract }: Planning, { pointer }: Parameter, place: SchemaPlace): string | undefined {
  const text = describedText(descriptionAt(contract, pointer));
  if (text === undefined || !takesFreeText(contract, place)) return undefined;
  return contract.validators.validate(place, text, 'request').kind === 'valid' ? text : undefined;
}

/** The example of the parameter's description, or a sample. */
function sampledParameter(planning: Planning, parameter: Parameter, place: SchemaPlace, variant: number): Json | undefined {
  return (
    describedParameter(planning, parameter, place) ?? sampleValue(planning.contract, place, sampling(planning, variant, parameter.name))
  );
}

/** The last name of a file's absolute path: within a URL's path it is relative to what the API keeps. */
function withoutFolders(value: Json): Json {
  return typeof value === 'string' && value.startsWith('/') ? value.slice(value.lastIndexOf('/') + 1) || value : value;
}

/** The media type that bodies are sent in unless a case is about others: JSON where there is one, and not a list of changes where there is another. */
export function preferredBody(operation: Operation): NonNullable<Operation['requestBody']>['content'][number] | undefined {
  const content = operation.requestBody?.content ?? [];
  const json = content.filter(({ type }) => {
    const parsed = parseMediaType(type);
    return parsed !== undefined && isJson(parsed);
  });
  return json.find(({ type }) => !isJsonPatch(type)) ?? json[0] ?? content[0];
}

/** Whether a media type is that of JSON Patch, a list of changes. RFC 6902 section 6. */
export function isJsonPatch(type: string): boolean {
  return parseMediaType(type)?.subtype === 'json-patch+json';
}

/** The document's example of a body, its names marked where the run marks what it makes and the schema lets it. */
export function markedExample(planning: Planning, { schema }: MediaType, example: Json): Json {
  if (planning.writePrefix === undefined || schema === undefined) return example;
  const { contract } = planning;
  const marked = adaptExample({ contract, options: sampling(planning, 0, 'body') }, viewOf(contract, [schema]), example, 'body');
  return contract.validators.validate(schema, marked, 'request').kind === 'valid' ? marked : example;
}

/** A type of a range of many kinds: JSON where the schema is of more than text. */
function concreteType({ contract }: Planning, { schema }: MediaType): string {
  const types = schema ? typesOf(contract, schema) : new Set<string>();
  return types.size > 0 && !types.has('string') ? 'application/json' : 'application/octet-stream';
}

/** An ordinary body; undefined where the operation takes none or none can be made. */
export function ordinaryBody(planning: Planning, operation: Operation, variant: number): BodyValue | undefined {
  const media = preferredBody(operation);
  if (!media) return undefined;
  const mediaType = /^(?:\*|application)\/\*/.test(media.type) ? concreteType(planning, media) : media.type;
  const [example] = media.examples;
  const usable =
    variant === 0 &&
    example !== undefined &&
    media.schema &&
    planning.contract.validators.validate(media.schema, example, 'request').kind === 'valid';
  const value = usable
    ? markedExample(planning, media, example)
    : media.schema
      ? sampleValue(planning.contract, media.schema, sampling(planning, variant, 'body'))
      : 'x';
  return value === undefined
    ? undefined
    : {
        mediaType,
        value: inItsState(planning, operation, media, briefly(planning, media, withoutTag(planning, operation, media, value))),
        variant,
      };
}

/** An update in the state that things are made in by default, where another one may be a conflict. */
function inItsState(planning: Planning, operation: Operation, { schema }: MediaType, value: Json): Json {
  if (!schema || !isObject(value) || (operation.method !== 'PUT' && operation.method !== 'PATCH')) return value;
  const names = Object.keys(value).filter((name) => mayConflict(planning.contract, operation, name));
  if (names.length === 0) return value;
  const { contract, resources } = planning;
  const resource = resources.all.find(({ replace, patch }) => replace?.id === operation.id || patch?.id === operation.id);
  const made = resource?.create && preferredBody(resource.create)?.schema;
  const places = made && resource.create?.id !== operation.id ? propertiesOf(contract, made) : new Map<string, SchemaPlace>();
  const begun = names.flatMap((name): [string, Json][] => {
    const place = places.get(name);
    const [state] = place ? defaultsOf(viewOf(contract, [place])) : [];
    return state === undefined ? [] : [[name, state]];
  });
  const kept = { ...value, ...Object.fromEntries(begun) };
  return begun.length > 0 && contract.validators.validate(schema, kept, 'request').kind === 'valid' ? kept : value;
}

/** What is booked for a short time leaves room for others. */
function briefly({ contract }: Planning, { schema }: MediaType, value: Json): Json {
  const short = isObject(value) ? brief(value) : value;
  return schema && short !== value && contract.validators.validate(schema, short, 'request').kind === 'valid' ? short : value;
}

/** An update without the entity tag that nobody can make up, where it may be left out. */
function withoutTag({ contract }: Planning, { method }: Operation, { schema }: MediaType, value: Json): Json {
  if (!isObject(value) || !('etag' in value) || (method !== 'PUT' && method !== 'PATCH') || !schema) return value;
  const { etag: _, ...rest } = value;
  return contract.validators.validate(schema, rest, 'request').kind === 'valid' ? rest : value;
}
