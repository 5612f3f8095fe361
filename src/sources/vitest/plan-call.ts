/** From a call of the typed client to a request plan in terms of the contract. Reads files it is given; sends nothing. */
import type { BodyValue, ParameterValue, RequestPlan } from '../../cases/case.ts';
import type { Json } from '../../lib/json.ts';
import { isJsonType } from '../../lib/media-type.ts';
import { essenceOf } from '../../requests/media-type.ts';
import type { Contract, MediaType, Operation, ParameterLocation } from '../../spec/contract.ts';
import { encodeForm } from './encode-form.ts';

/** What a call may say, whatever its operation: the types of `ApiClient` narrow it. */
export interface AnyCall {
  readonly path?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly cookie?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly mediaType?: string;
  readonly identity?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly expect?: number;
}

/** The plan of a call. Throws TypeError where the contract has no such operation, or none that takes the body. */
export async function planCall(contract: Contract, method: string, path: string, call: AnyCall): Promise<RequestPlan> {
  const operation = contract.operations.find((candidate) => candidate.method === method && candidate.path === path);
  if (operation === undefined) throw new TypeError(`${contract.location} has no ${method} ${path}`);
  const parameters = (['path', 'query', 'header', 'cookie'] as const).flatMap((place) => parametersIn(place, call[place]));
  const body = call.body === undefined ? undefined : await bodyOf(operation, call.body, call.mediaType);
  return { operation, parameters, ...(body && { body }), headers: Object.entries(call.headers ?? {}) };
}

function parametersIn(place: ParameterLocation, values: Readonly<Record<string, unknown>> | undefined): ParameterValue[] {
  return Object.entries(values ?? {})
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => ({ name, in: place, value: value as Json }));
}

async function bodyOf(operation: Operation, body: unknown, asked: string | undefined): Promise<BodyValue> {
  const mediaType = asked ?? usualType(operation.requestBody?.content ?? [])?.type;
  if (mediaType === undefined) throw new TypeError(`${operation.id} takes no body`);
  const essence = essenceOf(mediaType);
  if (body instanceof Uint8Array) return { mediaType, raw: body };
  if (essence.startsWith('multipart/')) return encodeForm(mediaType, body as Readonly<Record<string, unknown>>);
  return { mediaType, value: body as Json };
}

/** JSON where the operation takes it, else what it names first. */
function usualType(content: readonly MediaType[]): MediaType | undefined {
  return content.find(({ type }) => isJsonType(type)) ?? content[0];
}
