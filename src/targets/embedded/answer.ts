/** What the stand-in answers, before it has a socket; and how an answer is made that the contract allows. */
import type { Json } from '../../lib/json.ts';
import type { Operation } from '../../spec/contract.ts';
import { isJsonType } from '../../lib/media-type.ts';
import { successOf, type Success } from './successes.ts';
import type { World } from './world.ts';

export interface Answer {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array | undefined;
}

/** An answer with a JSON body. */
export function jsonAnswer(status: number, value: Json, type = 'application/json', headers: Answer['headers'] = []): Answer {
  return { status, headers: [...headers, ['content-type', type]], body: Buffer.from(JSON.stringify(value)) };
}

/**
 * The operation's declared success with a value: no body where none is declared, the value where the schema allows it.
 * When the contract makes an honest success impossible the answer is 501 with the reason, which is noted as well.
 */
export function succeed(world: World, operation: Operation, value: Json | undefined, wished?: readonly number[]): Answer {
  const success = successOf(operation, wished);
  if (success === undefined) return undeclaredSuccess(world, operation, value, wished);
  const headers = declaredHeaders(world, success, operation);
  if (success.status >= 300 && !headers.some(([name]) => name.toLowerCase() === 'location')) headers.push(['location', '/']);
  if (success.media === undefined || success.status === 204) return { status: success.status, headers, body: undefined };
  const { type, schema } = success.media;
  if (!isJsonType(type) && !type.includes('*')) return textual(world, success, type, headers);
  const says = schema !== undefined && (world.shapes.types(schema).size > 0 || world.shapes.alternatives(schema).length > 1);
  // a schema that says nothing promises nothing
  const shown = value ?? (says ? world.sample(schema, 1) : null);
  if (shown === undefined) return unable(world, operation, 'no value of its response schema was found');
  const validity = schema && world.contract.validators.validate(schema, shown, 'response');
  if (validity?.kind === 'invalid') {
    const [first] = validity.violations;
    return unable(world, operation, `its response schema refuses what it should show: ${first?.instance ?? ''} ${first?.message ?? ''}`);
  }
  return jsonAnswer(success.status, shown, type.includes('*') ? 'application/json' : type, headers);
}

/** What an API would answer whose document forgot to say so: seen by the judge as undeclared, which is true. */
function undeclaredSuccess(world: World, operation: Operation, value: Json | undefined, wished: readonly number[] = [200]): Answer {
  world.note(`${operation.id} declares no success: the stand-in answers one that is not declared`);
  const status = wished[0] ?? 200;
  return status === 204 ? { status, headers: [], body: undefined } : jsonAnswer(status, value ?? {});
}

/** The admission that the stand-in cannot answer as the contract says. */
export function unable(world: World, operation: Operation, reason: string): Answer {
  world.note(`${operation.id} is answered with 501: ${reason}`);
  return jsonAnswer(501, { detail: `The stand-in cannot answer this: ${reason}` });
}

function textual(world: World, { status, media }: Success, type: string, headers: Answer['headers']): Answer {
  const sampled = media?.schema === undefined ? undefined : world.sample(media.schema, 1);
  const isText = type.startsWith('text/') || /xml|yaml|javascript/.test(type);
  const fallback = type.includes('xml') ? '<?xml version="1.0"?>\n<answer/>\n' : '# nothing to tell yet\n';
  const body = typeof sampled === 'string' && isText ? sampled : isText ? fallback : 'stand-in';
  return { status, headers: [...headers, ['content-type', type]], body: Buffer.from(body) };
}

/** The declared response headers, sampled: required ones, and those that cost nothing. */
function declaredHeaders(world: World, { response }: Success, operation: Operation): [string, string][] {
  return response.headers.flatMap((header): [string, string][] => {
    const name = header.name.toLowerCase();
    if (name === 'content-type' || !header.required) return [];
    const value = header.schema === undefined ? 'stand-in' : world.sample(header.schema, 1, header.name);
    if (value === undefined) world.note(`${operation.id}: no value was found for its response header ${header.name}`);
    return value === undefined ? [] : [[header.name, typeof value === 'string' ? value : JSON.stringify(value)]];
  });
}
