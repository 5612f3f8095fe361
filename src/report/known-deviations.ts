/** Known deviations: findings that a team accepts for now. Parses and matches them; reading the file is the caller's. */
import { HarnessError } from '../errors.ts';
import { isObject, type Json, type JsonObject } from '../lib/json.ts';
import { nearest } from '../lib/nearest.ts';
import { checks } from '../verdicts/registry.ts';

/** One entry of the reviewed file. */
export interface KnownDeviation {
  /** One-based place in the file. */
  readonly entry: number;
  readonly check: string;
  /** `METHOD /path` as the document writes it; `*` stands for any characters. */
  readonly operations: readonly string[];
  /** Part of the finding's topic or message (with `*`: a pattern of the whole of one of them); undefined for any. */
  readonly topic: string | undefined;
  /** Kinds or names of the targets it applies to; undefined for all. */
  readonly targets: readonly string[] | undefined;
  readonly reason: string;
  /** Last day on which it excuses, `YYYY-MM-DD`. */
  readonly expires: string;
}

/** What a deviation is compared with. */
export interface Accusation {
  readonly check: string;
  readonly operation: string;
  readonly topic: string;
  readonly message: string;
}

const aText = { type: 'string', pattern: String.raw`\S` };
const someTexts = { anyOf: [aText, { type: 'array', items: aText, minItems: 1 }] };

/** Members of an entry; all but the last two are required. */
const members = {
  check: { ...aText, description: 'id of the check, see specproof checks' },
  operation: { ...someTexts, description: 'METHOD /path as the document writes it, * for any characters; or several' },
  reason: { ...aText, description: 'why it is accepted for now' },
  expires: { type: 'string', format: 'date', description: 'last day on which it excuses' },
  topic: { type: ['string', 'number'], description: "part of the finding's topic or message; with * a pattern of one of them" },
  targets: { ...someTexts, description: 'kinds or names of the targets it applies to; all by default' },
};
const allowed = new Set(Object.keys(members));
const required = [...allowed].filter((name) => name !== 'topic' && name !== 'targets');
const entries = { type: 'array', items: { type: 'object', properties: members, required, additionalProperties: false } };

/** The file as JSON Schema, for editors. */
export const deviationsSchema: JsonObject = {
  anyOf: [
    entries,
    {
      type: 'object',
      properties: { $schema: { type: 'string' }, deviations: entries },
      required: ['deviations'],
      additionalProperties: false,
    },
    { type: 'null' },
  ],
};

/**
 * The entries of a parsed file: a list, or an object whose `deviations` is the list; an empty file has none.
 * Throws HarnessError E_DEVIATIONS that names the entry and the key.
 */
export function parseKnownDeviations(document: unknown, location: string): KnownDeviation[] {
  const list = isObject(document) && Object.hasOwn(document, 'deviations') ? document['deviations'] : document;
  if (isObject(document) && list !== document) {
    const stray = Object.keys(document).find((name) => name !== 'deviations' && name !== '$schema');
    if (stray !== undefined) throw new HarnessError('E_DEVIATIONS', `${location}: unknown key "${stray}" beside "deviations"`);
  }
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list)) throw new HarnessError('E_DEVIATIONS', `${location}: must be a list of deviations`);
  return list.map((value: unknown, index) => parseEntry(value, index + 1, location));
}

function parseEntry(value: unknown, entry: number, location: string): KnownDeviation {
  const fail = (what: string): HarnessError =>
    new HarnessError('E_DEVIATIONS', `${location}: entry ${entry}: ${what}`, { hint: `keys are ${[...allowed].join(', ')}` });
  if (!isObject(value)) throw fail('must be an object');
  const unknown = Object.keys(value).find((name) => !allowed.has(name));
  if (unknown !== undefined) throw fail(`unknown key "${unknown}"`);
  const missing = required.find((name) => !Object.hasOwn(value, name));
  if (missing !== undefined) throw fail(`key "${missing}" is missing`);
  return {
    entry,
    check: knownCheck(text(value, 'check', fail), fail),
    operations: texts(value, 'operation', fail),
    topic: Object.hasOwn(value, 'topic') ? topic(value['topic'], fail) : undefined,
    targets: Object.hasOwn(value, 'targets') ? texts(value, 'targets', fail) : undefined,
    reason: text(value, 'reason', fail),
    expires: day(value, fail),
  };
}

type Fail = (what: string) => HarnessError;

function text(value: JsonObject, key: string, fail: Fail): string {
  const found = value[key];
  if (typeof found !== 'string' || found.trim() === '') throw fail(`key "${key}" must be a text that is not empty`);
  return found.trim();
}

/** A check that there is: what another one excuses would be missed in silence. */
function knownCheck(id: string, fail: Fail): string {
  const known = checks.map((check) => check.id);
  if (known.includes(id)) return id;
  const meant = nearest(id, known);
  throw fail(`there is no check "${id}"${meant === undefined ? ', see specproof checks' : `, did you mean ${meant}?`}`);
}

function texts(value: JsonObject, key: string, fail: Fail): string[] {
  const found = value[key];
  if (typeof found === 'string' && found.trim() !== '') return [found.trim()];
  if (!Array.isArray(found) || found.length === 0) throw fail(`key "${key}" must be a text or a list of texts`);
  return found.map((item: unknown) => {
    if (typeof item !== 'string' || item.trim() === '') throw fail(`key "${key}" must be a text or a list of texts`);
    return item.trim();
  });
}

/** YAML reads `topic: 401` as a number. */
function topic(found: Json | undefined, fail: Fail): string {
  if (typeof found === 'number') return String(found);
  if (typeof found !== 'string' || found === '') throw fail('key "topic" must be a text that is not empty');
  return found;
}

function day(value: JsonObject, fail: Fail): string {
  const found = value['expires'];
  if (typeof found === 'string' && /^\d{4}-\d\d-\d\d$/.test(found) && dayNumber(found) !== undefined) return found;
  throw fail('key "expires" must be a day as YYYY-MM-DD');
}

/** Days since 1970-01-01 of `YYYY-MM-DD`; undefined when there is no such day. */
export function dayNumber(date: string): number | undefined {
  const [year = 0, month = 0, dayOfMonth = 0] = date.split('-').map(Number);
  if (month < 1 || month > 12) return undefined;
  const first = Date.UTC(year, month - 1, 1) / 86_400_000;
  const days = Date.UTC(year, month, 1) / 86_400_000 - first;
  return dayOfMonth >= 1 && dayOfMonth <= days ? first + dayOfMonth - 1 : undefined;
}

/** What the deviation calls operations and no operation of these is called. */
export function strayNames(deviation: KnownDeviation, operations: readonly string[]): string[] {
  return deviation.operations.filter((pattern) => ![...operations, '-'].some((operation) => fits(pattern, operation)));
}

/** Whether the deviation speaks of an operation by this name. */
export function namesOperation(deviation: KnownDeviation, operation: string): boolean {
  return deviation.operations.some((pattern) => fits(pattern, operation));
}

/** Whether the deviation applies to a target with one of these names. */
export function appliesTo(deviation: KnownDeviation, targetNames: readonly string[]): boolean {
  return deviation.targets === undefined || deviation.targets.some((name) => targetNames.includes(name));
}

/** Whether the deviation describes the accusation; its expiry is not looked at. */
export function describes(deviation: KnownDeviation, accusation: Accusation): boolean {
  if (deviation.check !== accusation.check || !namesOperation(deviation, accusation.operation)) return false;
  const { topic } = deviation;
  if (topic === undefined) return true;
  if (topic.includes('*')) return fits(topic, accusation.topic) || fits(topic, accusation.message);
  return accusation.topic.includes(topic) || accusation.message.includes(topic);
}

function fits(pattern: string, value: string): boolean {
  if (!pattern.includes('*')) return pattern === value;
  const parts = pattern.split('*');
  const first = parts.shift() ?? '';
  const last = parts.pop() ?? '';
  if (!value.startsWith(first) || value.length < first.length + last.length || !value.endsWith(last)) return false;
  let from = first.length;
  for (const part of parts) {
    const found = value.indexOf(part, from);
    if (found === -1) return false;
    from = found + part.length;
  }
  return from <= value.length - last.length;
}
