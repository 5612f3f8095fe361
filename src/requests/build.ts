/** From a plan to the request that goes on the wire. Pure: no clock, no randomness, no network; credentials are added later. */
import type { ParameterValue, RequestPlan } from '../cases/case.ts';
import type { Operation, Parameter } from '../spec/contract.ts';
import { writtenPath } from '../spec/last-slash.ts';
import type { Headers } from './exchange.ts';
import { keepInField, keepInPath } from './percent-encode.ts';
import { serializeBody } from './serialize-body.ts';
import type { Resolve } from './serialize-multipart.ts';
import { cookieText, headerText, pathText, queryText } from './serialize-parameter.ts';

/** A request as it goes on the wire; it may hold secrets, unlike a recorded one. Host, connection and length fields are the transport's. */
export interface WireRequest {
  readonly method: string;
  /** Absolute. */
  readonly url: string;
  readonly headers: Headers;
  readonly body: Uint8Array | undefined;
}

/** What of a contract helps to build: `resolve` tells which parts of a multipart form are files. */
export interface SchemaResolver {
  /** The schema that a reference leads to. */
  readonly resolve: Resolve;
}

/**
 * The plan as a request to `baseUrl` (where the document's paths begin, with or without a trailing slash).
 * Throws RangeError for a plan that `whyUnsendable` names a reason for: ask it first.
 */
export function buildRequest(plan: RequestPlan, baseUrl: string, contract?: SchemaResolver): WireRequest {
  const segments = expandPath(plan);
  const reason = emptySegment(plan, segments);
  if (reason !== undefined) throw new RangeError(`${plan.operation.id}: ${reason}`);
  const { body: planned, operation } = plan;
  const method = plan.method ?? operation.method;
  const base = plan.fromOrigin ? new URL(baseUrl).origin : baseUrl.replace(/\/+$/, '');
  const url = base + (plan.rawPath ?? segments.join('/')) + queryOf(plan);
  if (planned === undefined) return { method, url, headers: headersOf(plan, undefined), body: undefined };
  const declared = operation.requestBody?.content.find((media) => media.type === planned.mediaType);
  const { bytes, contentType } = serializeBody(planned, declared, contract?.resolve);
  return { method, url, headers: headersOf(plan, contentType), body: bytes };
}

/**
 * Why a plan cannot be sent as its operation, for people; undefined when it can.
 * A path parameter without a value, or one that leaves its segment empty, would reach another operation than the one that is meant.
 */
export function whyUnsendable(plan: RequestPlan): string | undefined {
  return emptySegment(plan, expandPath(plan));
}

function emptySegment({ operation, parameters }: RequestPlan, segments: readonly string[]): string | undefined {
  const template = templateOf(operation);
  const missing = template.names.find((name) => !parameters.some((value) => value.in === 'path' && value.name === name));
  if (missing !== undefined) return `path parameter {${missing}} has no value`;
  const place = segments.findIndex((segment, index) => segment === '' && template.segments[index] !== '');
  return place === -1
    ? undefined
    : `path parameter ${writtenPath(operation).split('/')[place] ?? ''} is empty, so the request would reach another operation`;
}

function declaredParameter(operation: Operation, value: ParameterValue): Parameter | undefined {
  const wanted = value.name.toLowerCase();
  return operation.parameters.find(
    (parameter) =>
      parameter.in === value.in && (value.in === 'header' ? parameter.name.toLowerCase() === wanted : parameter.name === value.name),
  );
}

/** A path template: segments as they go on the wire, or as texts and names in turn where they hold parameters. */
interface Template {
  readonly segments: readonly (string | readonly string[])[];
  readonly names: readonly string[];
}

const templates = new WeakMap<Operation, Template>();

function templateOf(operation: Operation): Template {
  const known = templates.get(operation);
  if (known !== undefined) return known;
  const segments = writtenPath(operation)
    .split('/')
    .map((segment) => {
      const pieces = segment.split(/\{([^{}]+)\}/).map((piece, index) => (index % 2 === 0 ? keepInPath(piece) : piece));
      return pieces.length === 1 ? (pieces[0] ?? '') : pieces;
    });
  const names = segments.flatMap((segment) => (typeof segment === 'string' ? [] : segment.filter((_, index) => index % 2 === 1)));
  const template = { segments, names };
  templates.set(operation, template);
  return template;
}

/** The path's segments. Dot segments are escaped: unescaped they would be taken for steps up or nowhere. RFC 3986 section 5.2.4. */
function expandPath({ operation, parameters }: RequestPlan): readonly string[] {
  const textOf = (name: string): string => {
    const value = parameters.findLast((given) => given.in === 'path' && given.name === name);
    return value === undefined ? '' : pathText(value, declaredParameter(operation, value));
  };
  return templateOf(operation).segments.map((segment) => {
    if (typeof segment === 'string') return segment;
    const text = segment.map((piece, index) => (index % 2 === 0 ? piece : textOf(piece))).join('');
    return text === '.' || text === '..' ? text.replaceAll('.', '%2E') : text;
  });
}

function queryOf(plan: RequestPlan): string {
  const texts = plan.parameters
    .filter((value) => value.in === 'query' || value.in === 'querystring')
    .map((value) => queryText(value, declaredParameter(plan.operation, value)))
    .filter((text) => text !== undefined);
  return texts.length === 0 ? '' : `?${texts.join('&')}`;
}

/** Header parameters, cookies, `Content-Type` and `Accept`, each replaced by a field of the same name among the plan's own. */
function headersOf(plan: RequestPlan, contentType: string | undefined): Headers {
  const headers: [string, string][] = [['Accept', acceptOf(plan.operation)]];
  if (contentType !== undefined) headers.push(['Content-Type', contentType]);
  const cookies: string[] = [];
  for (const value of plan.parameters) {
    if (value.in === 'header') {
      const text = headerText(value, declaredParameter(plan.operation, value));
      if (text !== undefined) headers.push([value.name, text]);
    } else if (value.in === 'cookie') {
      const text = cookieText(value, declaredParameter(plan.operation, value));
      if (text !== undefined) cookies.push(text);
    }
  }
  if (cookies.length > 0) headers.push(['Cookie', cookies.join('; ')]);
  if (plan.headers === undefined) return headers;
  const own = plan.headers.map(([name, value]): [string, string] => [name, keepInField(value)]);
  const replaced = new Set(own.map(([name]) => name.toLowerCase()));
  return [...headers.filter(([name]) => !replaced.has(name.toLowerCase())), ...own];
}

const accepts = new WeakMap<Operation, string>();

/** The declared response types, and with little weight any other: an error page in plain text should come rather than a 406. */
function acceptOf(operation: Operation): string {
  const known = accepts.get(operation);
  if (known !== undefined) return known;
  const types = new Set(operation.responses.flatMap((response) => response.content.map((media) => media.type)));
  const accept = types.size === 0 || types.has('*/*') ? '*/*' : `${[...types].join(', ')}, */*;q=0.1`;
  accepts.set(operation, accept);
  return accept;
}
