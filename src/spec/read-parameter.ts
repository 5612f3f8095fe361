/** Parameters from where they travel, by style and explode: what `serialize-parameter` writes, read back. */
import { isObject, type Json } from '../lib/json.ts';
import { isJsonType } from '../lib/media-type.ts';
import type { Contract, Parameter, SchemaPlace } from './contract.ts';
import { propertiesOf, typesOf } from './properties.ts';
import { typedValue, type TypedValue } from './typed-value.ts';

/** Where parameters travel. Names are decoded; values of pairs are not, since delimiters may be escaped in them. */
export interface ParameterTexts {
  readonly path: ReadonlyMap<string, string>;
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly cookies: readonly (readonly [name: string, value: string])[];
  readonly header: (name: string) => string | undefined;
}

/** A parameter as it was given; `broken` where its text is not of the form that its content names. */
export type GivenParameter =
  | ({ readonly kind: 'value' } & TypedValue)
  | { readonly kind: 'absent' }
  | { readonly kind: 'broken'; readonly text: string };

const absent = { kind: 'absent' } as const;

/** @see https://spec.openapis.org/oas/v3.1.1#style-values */
export function readParameter(contract: Contract, parameter: Parameter, texts: ParameterTexts): GivenParameter {
  const place = parameter.schema ?? parameter.mediaType?.schema;
  if (parameter.mediaType && parameter.in !== 'querystring') return readContent(parameter, parameter.mediaType.type, texts);
  const raw = rawValue(contract, parameter, place, texts);
  if (raw === undefined) return absent;
  return { kind: 'value', ...(place === undefined ? { value: raw, numbers: new Map() } : typedValue(contract, place, raw, 'request')) };
}

function readContent(parameter: Parameter, type: string, texts: ParameterTexts): GivenParameter {
  const text = singleText(parameter, texts);
  if (text === undefined) return absent;
  if (!isJsonType(type)) return { kind: 'value', value: text, numbers: new Map() };
  try {
    return { kind: 'value', value: JSON.parse(text) as Json, numbers: new Map() };
  } catch {
    return { kind: 'broken', text };
  }
}

function singleText({ in: location, name }: Parameter, { path, query, cookies, header }: ParameterTexts): string | undefined {
  if (location === 'path') return path.get(name);
  if (location === 'header') return header(name);
  const value = (location === 'cookie' ? cookies : query).find(([key]) => key === name)?.[1];
  return value === undefined ? undefined : decoded(value);
}

function rawValue(contract: Contract, parameter: Parameter, place: SchemaPlace | undefined, texts: ParameterTexts): Json | undefined {
  const { name, style, explode } = parameter;
  const types = place === undefined ? new Set<string>() : typesOf(contract, place);
  if (parameter.in === 'querystring') return Object.fromEntries(texts.query.map(([key, value]) => [key, decoded(value)]));
  if (parameter.in === 'path') return pathValue(parameter, texts.path.get(name), types);
  if (parameter.in === 'header') {
    const text = texts.header(name);
    return text === undefined ? undefined : parts(text, ',', types, explode, (part) => part.trim());
  }
  const pairs = parameter.in === 'cookie' ? texts.cookies : texts.query;
  if (style === 'deepObject') return deepObject(name, pairs);
  const own = pairs.filter(([key]) => key === name).map(([, value]) => value);
  if (explode && isOnly(types, 'object') && own.length === 0) {
    const names = place === undefined ? new Map<string, SchemaPlace>() : propertiesOf(contract, place);
    const members = pairs.filter(([key]) => names.has(key));
    return members.length === 0 ? undefined : Object.fromEntries(members.map(([key, value]) => [key, decoded(value)]));
  }
  const [first] = own;
  if (first === undefined) return undefined;
  if (explode) return types.has('array') && (own.length > 1 || !types.has('string')) ? own.map(decoded) : decoded(first);
  const separator = style === 'spaceDelimited' ? /%20|\+| / : style === 'pipeDelimited' ? /%7C|\|/i : ',';
  return parts(first, separator, types, false, decoded);
}

function pathValue({ name, style, explode }: Parameter, text: string | undefined, types: ReadonlySet<string>): Json | undefined {
  if (text === undefined) return undefined;
  if (style === 'label') return parts(text.replace(/^\./, ''), explode ? '.' : ',', types, explode);
  if (style !== 'matrix') return parts(text, ',', types, explode);
  if (!explode) return parts(text.replace(`;${name}=`, ''), ',', types, false);
  const pairs = text.replace(/^;/, '').split(';').map(pairOf);
  if (types.has('array')) return pairs.map(([, value]) => value);
  return isOnly(types, 'object') ? Object.fromEntries(pairs) : (pairs[0]?.[1] ?? '');
}

const isOnly = (types: ReadonlySet<string>, type: string): boolean => types.has(type) && !types.has('string');

/** A delimited text as list or object, where the schema has one. */
function parts(
  text: string,
  separator: string | RegExp,
  types: ReadonlySet<string>,
  explode: boolean,
  read: (part: string) => string = (part) => part,
): Json {
  if (isOnly(types, 'array') || (types.has('array') && text.split(separator).length > 1))
    return text === '' ? [] : text.split(separator).map(read);
  if (!isOnly(types, 'object')) return read(text);
  const pieces = text === '' ? [] : text.split(separator);
  if (explode) return Object.fromEntries(pieces.map((piece) => pairOf(piece).map(read) as [string, string]));
  return Object.fromEntries(pieces.flatMap((piece, index) => (index % 2 === 0 ? [[read(piece), read(pieces[index + 1] ?? '')]] : [])));
}

function pairOf(text: string): [string, string] {
  const at = text.indexOf('=');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

/** `name[a][b]=c`; a name that comes twice, or ends in `[]`, is a list. */
function deepObject(name: string, pairs: ParameterTexts['query']): Json | undefined {
  const root: Record<string, Json> = Object.create(null);
  let found = false;
  for (const [key, value] of pairs) {
    if (!key.startsWith(`${name}[`) || !key.endsWith(']')) continue;
    found = true;
    const names = key.slice(name.length + 1, -1).split('][');
    const isList = names.at(-1) === '';
    if (isList) names.pop();
    const last = names.pop() ?? '';
    let target = root;
    for (const step of names) {
      const next = target[step];
      const inner: Record<string, Json> = isObject(next) ? { ...next } : Object.create(null);
      target[step] = inner;
      target = inner;
    }
    const before = target[last];
    if (before === undefined) target[last] = isList ? [decoded(value)] : decoded(value);
    else target[last] = [...(Array.isArray(before) ? before : [before]), decoded(value)];
  }
  return found ? root : undefined;
}

/** Percent-decoded, with `+` as a space; as it stands where the escapes are broken. @see https://url.spec.whatwg.org/#concept-urlencoded-parser */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

/** The pairs of a query string or a form, names decoded. */
export function formPairsOf(text: string): [name: string, value: string][] {
  return text
    .split('&')
    .filter((piece) => piece !== '')
    .map((piece) => {
      const [name, value] = pairOf(piece);
      return [decoded(name), value];
    });
}
