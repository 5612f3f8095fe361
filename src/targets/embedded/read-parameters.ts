/** Reads parameters from where they travel and gives them the types that their schemas say. */
import { isObject, type Json, type JsonObject } from '../../lib/json.ts';
import type { Contract, Operation, Parameter, SchemaPlace } from '../../spec/contract.ts';
import type { Incoming } from './incoming.ts';
import { pathValues } from '../../spec/path-values.ts';
import type { Shapes } from './shapes.ts';

export interface ReadParameter {
  readonly parameter: Parameter;
  /** Undefined when the request leaves it out. */
  readonly value: Json | undefined;
  /** As it was sent. */
  readonly raw: Json | undefined;
}

/**
 * The values of an operation's declared parameters in a request.
 * @see https://spec.openapis.org/oas/v3.1.1#style-values
 */
export function readParameters(contract: Contract, shapes: Shapes, operation: Operation, incoming: Incoming): readonly ReadParameter[] {
  const path = pathValues(operation.path, incoming.path);
  return operation.parameters.map((parameter) => {
    const place = parameter.schema ?? parameter.mediaType?.schema;
    const raw = rawValue(shapes, parameter, place, incoming, path);
    if (raw === undefined) return { parameter, value: undefined, raw };
    if (parameter.mediaType !== undefined) return { parameter, value: parsed(raw), raw };
    return { parameter, value: place === undefined ? raw : typed(contract, shapes, place, raw), raw };
  });
}

type Raw = string | readonly string[] | JsonObject;

function rawValue(
  shapes: Shapes,
  parameter: Parameter,
  place: SchemaPlace | undefined,
  incoming: Incoming,
  path: ReadonlyMap<string, string>,
): Raw | undefined {
  const { name } = parameter;
  switch (parameter.in) {
    case 'path':
      return undressed(parameter, path.get(name), place && shapes.types(place));
    case 'query':
      return queryValue(shapes, parameter, place, incoming.query);
    case 'header':
      return split(incoming.headers[name.toLowerCase()]?.toString(), ',', place && shapes.types(place));
    case 'cookie':
      return split(cookie(incoming.headers.cookie, name), ',', place && shapes.types(place));
    case 'querystring':
      return Object.fromEntries(incoming.query);
    default:
      return parameter.in satisfies never;
  }
}

function queryValue(
  shapes: Shapes,
  { name, style, explode }: Parameter,
  place: SchemaPlace | undefined,
  query: URLSearchParams,
): Raw | undefined {
  const types = place === undefined ? new Set<string>() : shapes.types(place);
  if (style === 'deepObject') {
    const members = [...query].flatMap(([key, text]) =>
      key.startsWith(`${name}[`) && key.endsWith(']') ? [[key.slice(name.length + 1, -1), text] as const] : [],
    );
    return members.length === 0 ? undefined : Object.fromEntries(members);
  }
  const all = query.getAll(name);
  if (types.has('object') && explode && place !== undefined && all.length === 0) {
    const members = [...query].filter(([key]) => shapes.properties(place).has(key));
    return members.length === 0 ? undefined : Object.fromEntries(members);
  }
  if (all.length === 0) return undefined;
  if (!types.has('array')) return all.at(-1);
  if (explode && all.length > 1) return all;
  const separator = { spaceDelimited: ' ', pipeDelimited: '|' }[style as string] ?? ',';
  return explode && !types.has('string') ? all : split(all[0], separator, types);
}

/** @see https://spec.openapis.org/oas/v3.1.1#style-examples */
function undressed({ name, style }: Parameter, text: string | undefined, types: ReadonlySet<string> | undefined): Raw | undefined {
  if (style === 'label') return split(text?.replace(/^\./, ''), '.', types);
  return split(style === 'matrix' ? text?.replace(`;${name}=`, '') : text, ',', types);
}

function split(text: string | undefined, separator: string, types: ReadonlySet<string> | undefined): Raw | undefined {
  if (text === undefined || types === undefined) return text;
  if (types.has('array')) return text === '' ? [] : text.split(separator);
  if (!types.has('object') || types.has('string')) return text;
  const parts = text.split(separator);
  if (parts.every((part) => part.includes('=')))
    return Object.fromEntries(parts.map((part) => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)]));
  return Object.fromEntries(parts.flatMap((part, index) => (index % 2 === 0 ? [[part, parts[index + 1] ?? '']] : [])));
}

/** The text as the first type that the schema accepts it as; the text itself when it accepts none. */
export function typed(contract: Contract, shapes: Shapes, place: SchemaPlace, raw: Json): Json {
  if (Array.isArray(raw)) {
    const items = shapes.items(place);
    return items === undefined ? raw : (raw as readonly Json[]).map((entry) => typed(contract, shapes, items, entry));
  }
  if (isObject(raw)) {
    const properties = shapes.properties(place);
    return Object.fromEntries(
      Object.entries(raw).map(([name, value]) => {
        const property = properties.get(name);
        return [name, property === undefined ? value : typed(contract, shapes, property.place, value)];
      }),
    );
  }
  if (typeof raw !== 'string') return raw;
  const types = shapes.types(place);
  for (const reading of readings(raw, types)) if (contract.validators.validate(place, reading, 'request').kind === 'valid') return reading;
  // of a wrong value the type may still be right, so that the complaint is about what is wrong
  return readings(raw, types)[0] ?? raw;
}

function readings(text: string, types: ReadonlySet<string>): Json[] {
  const found: Json[] = [];
  const any = types.size === 0;
  const number = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(text) ? Number(text) : undefined;
  if (number !== undefined && Number.isFinite(number) && (types.has('integer') || types.has('number'))) found.push(number);
  if ((text === 'true' || text === 'false') && types.has('boolean')) found.push(text === 'true');
  if (types.has('string') || any) found.push(text);
  if (text === '' && types.has('array')) found.push([]);
  if (types.has('object') || types.has('array')) {
    const value = parsed(text);
    if (typeof value === 'object') found.push(value);
    else if (types.has('array')) found.push([text]);
  }
  if ((text === '' || text === 'null') && types.has('null')) found.push(null);
  return found;
}

function parsed(raw: Raw): Json {
  if (typeof raw !== 'string') return raw;
  try {
    return JSON.parse(raw) as Json;
  } catch {
    return raw;
  }
}

function cookie(header: string | undefined, name: string): string | undefined {
  for (const pair of header?.split(';') ?? []) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return decodeURIComponent(pair.slice(at + 1).trim());
  }
  return undefined;
}
