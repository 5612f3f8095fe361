/** Bodies that are no bodies: of another media type or charset, malformed, empty; and bodies that are legal and hostile: deep, long, odd. Pure. */
import { isObject, member, type Json, type JsonObject } from '../../lib/json.ts';
import { isJson, isSameType, parseMediaType } from '../../lib/media-type.ts';
import type { MediaType, Operation } from '../../spec/contract.ts';
import { propertiesOf, typesOf } from '../../spec/properties.ts';
import { sampleValue } from '../../spec/values/sample-value.ts';
import { attempt } from '../steps/attempt.ts';
import type { BodyValue, Confidence, Conversation, Expectation, RequestPlan } from '../case.ts';
import { cameOf, expectRefused, isRefusal } from '../expectations.ts';
import { preferredBody, sampling } from '../planning.ts';
import { spellings } from '../values/media-types.ts';
import { furnish, prepareRequest } from '../steps/prepare.ts';
import type { Scope } from '../steps/scope.ts';
import { renamedBody } from '../steps/unique-names.ts';
import { isSuccess } from './expectations.ts';
import { largestBody } from '../inference/told-sizes.ts';
import { additional } from '../values/written-differences.ts';
import { thingIn } from '../inference/representation.ts';

/** What is changed of a control that was accepted. */
interface Probe {
  readonly title: string;
  readonly theme: string;
  /** The changed body; the control's where it is left out. */
  readonly body?: (control: BodyValue) => BodyValue;
  readonly contentType?: string;
  /** What must come where the control was accepted; without it only a server error is wrong. */
  readonly expectation?: Expectation;
  /** What is asked as well where that is broken: less of the same, of which one can be surer. */
  readonly less?: Pick<Probe, 'title' | 'contentType' | 'expectation'>;
}

/** Which probes are sent: those that must be refused, or those that must only not crash the server. */
export type BodyProbes = 'refused' | 'odd';

/** The control, then each probe made from it, with names of its own where it might be taken for a creation. `accepted` is a request that was, for where the ordinary one is refused. */
export function* bodyProbes(scope: Scope, operation: Operation, kind: BodyProbes, accepted?: RequestPlan): Conversation {
  let base = yield* prepareRequest(scope, operation);
  scope.variant += 1;
  const media = preferredBody(operation);
  if (!base?.body || !media) return;
  let control = yield* attempt(scope, base, { title: 'an ordinary request' });
  while (isRefusal(control) && (yield* furnish(scope, operation)))
    control = yield* attempt(scope, base, { title: 'an ordinary request again' });
  if (isRefusal(control) && accepted?.body) {
    base = accepted;
    control = yield* attempt(scope, base, { title: 'what was accepted, again' });
  }
  if (!base.body) return;
  const probes = probesOf(scope, base, media, kind);
  // grows as it is walked
  for (const { title, theme, body: change, contentType, expectation, less } of probes) {
    const fresh = renamedBody(scope, operation, base.body);
    const request: RequestPlan = {
      ...base,
      body: change?.(fresh) ?? fresh,
      ...(contentType !== undefined && { headers: [['Content-Type', contentType]] }),
    };
    const expectations = expectation && isSuccess(control) ? [expectation] : [];
    const answer = yield* attempt(scope, request, { title, theme, intent: 'probe', expectations });
    if (less && expectations.some(({ holds }) => holds(answer).kind === 'broken')) probes.push({ theme, ...less });
  }
}

function probesOf(scope: Scope, base: RequestPlan, media: MediaType, kind: BodyProbes): Probe[] {
  const type = parseMediaType(media.type);
  // bytes that are declared as JSON are taken as they come
  const json = type !== undefined && isJson(type) && !isBytes(scope, media);
  if (kind === 'odd') return json ? odd(scope, base, media) : [];
  return [
    ...mediaTypes(base.operation, media),
    ...spellings(base.operation, media).map((one) => ({ ...one, theme: 'another spelling of the media type' })),
    ...oversized(scope, base.operation, json),
    ...(json ? [...charsets(scope, base, media), ...malformed(base, media)] : []),
  ];
}

function isBytes({ planning }: Scope, { schema }: MediaType): boolean {
  const rules = schema && planning.contract.resolve(schema).schema;
  return (
    isObject(rules) && (rules['format'] === 'binary' || rules['contentMediaType'] !== undefined || rules['contentEncoding'] !== undefined)
  );
}

/** Where the body may be left out, a server may leave one aside that it does not know. */
function sure({ requestBody }: Operation): Confidence {
  return requestBody?.required ? 'certain' : 'likely';
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-15.5.16 */
function mediaTypes(operation: Operation, media: MediaType): Probe[] {
  const declared = (operation.requestBody?.content ?? []).flatMap(({ type }) => parseMediaType(type) ?? []);
  const other = ['text/plain', 'application/xml', 'image/gif'].find((name) => {
    const type = parseMediaType(name);
    return type !== undefined && declared.every((one) => !isSameType(one, type));
  });
  if (other === undefined) return [];
  const what = `a body of the undeclared type ${other}`;
  const why = `the body is declared as ${operation.requestBody?.content.map(({ type }) => type).join(', ') ?? 'none'}`;
  const expectation = {
    ...expectRefused({
      what,
      confidence: sure(operation),
      promise: operation.requestBody?.pointer ?? media.pointer,
      topic: 'an undeclared media type',
    }),
    check: 'media-type-refused',
    why,
  };
  return [{ title: what, theme: 'an undeclared media type', contentType: other, expectation }];
}

/** Larger than the document says that bodies may be: JSON with blanks around it, a form with empty pairs. @see https://www.rfc-editor.org/rfc/rfc9110#section-15.5.14 */
function oversized({ planning }: Scope, operation: Operation, json: boolean): Probe[] {
  const most = largestBody(planning.contract, operation);
  if (most === undefined || !json) return [];
  const what = `a body of more than ${most} bytes`;
  const body = ({ mediaType, value }: BodyValue): BodyValue => ({
    mediaType,
    raw: ascii(JSON.stringify(value ?? null) + ' '.repeat(most)),
  });
  const expectation = expectRefused({ what, confidence: 'certain', promise: operation.pointer, topic: 'a body that is too large' });
  return [{ title: what, theme: 'a body that is too large', body, expectation }];
}

/**
 * JSON is UTF-8 and has no charset parameter: a server may pass over one, and read UTF-8. But bytes that are none, under a charset that tells what
 * they are, are either refused or read as what they are.
 * @see https://www.rfc-editor.org/rfc/rfc8259#section-8.1
 */
function charsets(scope: Scope, base: RequestPlan, media: MediaType): Probe[] {
  const [name] = Object.keys(openTexts(scope, base, media, `${letters} 1`));
  if (name === undefined) return [];
  const what = 'a charset other than UTF-8';
  const text = `${letters} ${scope.variant}`;
  const why = 'the body says that it is ISO 8859-1, and is';
  return [
    {
      title: what,
      theme: what,
      contentType: `${media.type.split(';', 1)[0] ?? ''}; charset=iso-8859-1`,
      body: (control) => ({
        mediaType: control.mediaType,
        raw: latin(JSON.stringify({ ...(isObject(control.value) && control.value), [name]: text })),
      }),
      expectation: {
        ...expectRefused({ what, confidence: 'certain', promise: media.pointer, topic: what }),
        check: 'media-type-refused',
        why,
        holds: (answer) => {
          if (!isSuccess(answer)) return { kind: 'kept' };
          const shown = member(thingIn(answer.json), name);
          if (typeof shown !== 'string') return { kind: 'cannot-judge', reason: `${name} is not answered` };
          return shown.includes(letters)
            ? { kind: 'kept' }
            : {
                kind: 'broken',
                message: `a body in ISO 8859-1 is accepted, and ${name} is read as ${JSON.stringify(shown)}`,
                where: 'response.status',
                came: cameOf(answer),
              };
        },
      },
    },
  ];
}

const letters = 'sp\u00e9\u00fc';

/** The text in ISO 8859-1, everything beyond it as JSON escapes. */
function latin(json: string): Uint8Array {
  return Uint8Array.from(escaped(json, /[^\0-\xff]/g), (letter) => letter.charCodeAt(0));
}

function escaped(json: string, beyond: RegExp): string {
  return json.replaceAll(beyond, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A parser may take more than the grammar has (RFC 8259 section 9), so a comma too many is not held against it for sure. */
function malformed({ operation, body }: RequestPlan, media: MediaType): Probe[] {
  const probe = (what: string, confidence: Confidence, text: (json: string) => string): Probe => ({
    title: what,
    theme: 'malformed JSON',
    body: (control) => ({ mediaType: control.mediaType, raw: ascii(text(JSON.stringify(control.value ?? null))) }),
    expectation: { ...expectRefused({ what, confidence, promise: media.pointer, topic: what }), why: `the body is ${media.type}` },
  });
  const must = sure(operation);
  return [
    probe('JSON that ends too early', must, (json) => (/["\]}]$/.test(json) ? json.slice(0, -1) : '{')),
    probe('plain text in place of JSON', must, () => 'no json at all'),
    ...(typeof body?.value === 'object'
      ? [probe('JSON with a comma too many', 'likely', (json) => json.replace(/[\]}]$/, (end) => `,${end}`))]
      : []),
    ...(operation.requestBody?.required ? [probe('an empty body', 'certain', () => '')] : []),
  ];
}

/** The text in ASCII, everything beyond it as JSON escapes. */
function ascii(json: string): Uint8Array {
  return new TextEncoder().encode(escaped(json, /[^\0-\x7f]/g));
}

const long = 'a text of 8,192 characters';
const nul = 'the NUL character';
const coarse = 'text that is not UTF-8';

/** Hostile and mostly legal: no more is asked than that the server stands. */
function odd(scope: Scope, base: RequestPlan, media: MediaType): Probe[] {
  const deep = (control: BodyValue): BodyValue => ({ mediaType: control.mediaType, raw: ascii(`${'['.repeat(5000)}${']'.repeat(5000)}`) });
  const texts = (value: string) => openTexts(scope, base, media, value);
  const [longs, nuls] = [texts('x'.repeat(8192)), texts('a\u0000b')];
  const [first] = Object.keys(nuls);
  const maps = oddNames(scope, base, media);
  return [
    { title: 'JSON nested 5,000 levels deep', theme: 'deeply nested JSON', body: deep },
    { title: 'a Content-Type that is no media type', theme: 'a malformed Content-Type', contentType: 'specproof' },
    ...(Object.keys(maps).length > 0
      ? [{ title: `odd names in ${Object.keys(maps).join(', ')}`, theme: 'odd names', body: withMembers(maps) }]
      : []),
    ...(Object.keys(longs).length > 0
      ? [{ title: `${Object.keys(longs).join(', ')}: ${long}`, theme: long, body: withMembers(longs) }]
      : []),
    ...(Object.keys(nuls).length > 0 ? [{ title: `${Object.keys(nuls).join(', ')}: ${nul}`, theme: nul, body: withMembers(nuls) }] : []),
    ...(first === undefined
      ? []
      : [
          {
            title: coarse,
            theme: coarse,
            body: notUtf8(first),
            expectation: {
              ...expectRefused({ what: coarse, confidence: 'likely', promise: media.pointer, topic: coarse }),
              why: 'RFC 8259 section 8.1: JSON is UTF-8',
            },
          },
        ]),
  ];
}

/** Members of the body that are maps, each with names that are no names in some languages. */
function oddNames({ planning, variant }: Scope, { body }: RequestPlan, media: MediaType): JsonObject {
  const { contract } = planning;
  const value = body?.value;
  if (!media.schema || !isObject(value)) return {};
  const { schema } = media;
  const maps = [...propertiesOf(contract, schema)].flatMap(([name, place]): [string, Json][] => {
    const entry = additional(contract, place);
    const inner = entry && sampleValue(contract, entry, sampling(planning, variant, name));
    if (inner === undefined) return [];
    const fits = (map: JsonObject): boolean => contract.validators.validate(schema, { ...value, [name]: map }, 'request').kind === 'valid';
    const names = ['__proto__', 'constructor', ''].filter((key) => fits(Object.fromEntries([[key, inner]])));
    const map = Object.fromEntries(names.map((key) => [key, inner]));
    return names.length > 0 && fits(map) ? [[name, map]] : [];
  });
  return Object.fromEntries(maps);
}

function withMembers(members: JsonObject): (control: BodyValue) => BodyValue {
  return (control) => (isObject(control.value) ? { ...control, value: { ...control.value, ...members } } : control);
}

/** The control with a byte in the member that UTF-8 does not have. */
function notUtf8(name: string): (control: BodyValue) => BodyValue {
  return (control) => {
    const value: Json = isObject(control.value) ? { ...control.value, [name]: 'sp|' } : (control.value ?? null);
    const bytes = ascii(JSON.stringify(value));
    return { mediaType: control.mediaType, raw: bytes.with(new TextDecoder().decode(bytes).indexOf('sp|"') + 2, 0xff) };
  };
}

/** The members of the body that may be the text, as far as the schema tells. */
function openTexts({ planning }: Scope, { operation, body }: RequestPlan, media: MediaType, text: string): JsonObject {
  const { contract, resources } = planning;
  const value = body?.value;
  if (!media.schema || !isObject(value)) return {};
  const { schema } = media;
  const open = [...propertiesOf(contract, schema)].filter(([name, place]) => {
    const rules = contract.resolve(place).schema;
    if (!typesOf(contract, place).has('string') || resources.ofMember(operation, name) || !isObject(rules)) return false;
    return (
      ['enum', 'const', 'format', 'pattern', 'contentEncoding'].every((keyword) => rules[keyword] === undefined) &&
      contract.validators.validate(schema, { ...value, [name]: text }, 'request').kind === 'valid'
    );
  });
  return Object.fromEntries(open.map(([name]) => [name, text]));
}
