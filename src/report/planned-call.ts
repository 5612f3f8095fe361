/** The call of the typed client that a case comes down to. Pure. */
import type { Case, ParameterValue } from '../cases/case.ts';
import type { Json } from '../lib/json.ts';
import { isJsonType } from '../lib/media-type.ts';
import { writtenPath } from '../spec/last-slash.ts';

/** A call in the words of the generated types. */
export interface PlannedCall {
  /** As the client names it: `get`. */
  readonly verb: string;
  /** As the document writes it. */
  readonly path: string;
  readonly query: Readonly<Record<string, Json>>;
  readonly header: Readonly<Record<string, Json>>;
  readonly cookie: Readonly<Record<string, Json>>;
  readonly body: Json | undefined;
}

const verbs: ReadonlySet<string> = new Set(['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', 'TRACE']);

/**
 * The call; undefined where the types allow none such (invalid data, another method, spelling or sender), and where it needs a thing that exists:
 * an identifier in the path is good for one run only.
 */
export function plannedCall({ request, intent, credentials }: Case): PlannedCall | undefined {
  const { operation, method, rawPath, headers = [], parameters, body } = request;
  const isPlain = method === undefined && rawPath === undefined && headers.length === 0 && verbs.has(operation.method);
  if (!isPlain || intent !== 'valid' || credentials.kind !== 'main') return undefined;
  if (parameters.some((one) => one.in === 'path' || one.in === 'querystring' || one.raw !== undefined)) return undefined;
  if (body && (body.raw || body.value === undefined || !isJsonType(body.mediaType))) return undefined;
  const given = (place: ParameterValue['in']): Readonly<Record<string, Json>> =>
    Object.fromEntries(parameters.filter((one) => one.in === place).map(({ name, value }) => [name, value]));
  return {
    verb: operation.method.toLowerCase(),
    path: writtenPath(operation),
    query: given('query'),
    header: given('header'),
    cookie: given('cookie'),
    body: body?.value,
  };
}
