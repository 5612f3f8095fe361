/** Holds a request against the contract: parameters, media type and body. Decides nothing about what exists. */
import type { Json, JsonObject } from '../../lib/json.ts';
import { pointerTokens, valueAt } from '../../lib/json-pointer.ts';
import { isSameType, parseMediaType } from '../../lib/media-type.ts';
import type { MediaType, Operation, SchemaViolation } from '../../spec/contract.ts';
import { readBody, type Incoming, type UploadedFile } from './incoming.ts';
import { readParameters, typed } from './read-parameters.ts';
import type { World } from './world.ts';

/** What is wrong with a part of a request. */
export interface Complaint {
  /** Where: `body`, `query`, `path` …, then names and indexes. */
  readonly where: readonly string[];
  readonly message: string;
  readonly keyword: string;
  /** What was sent there. */
  readonly input: Json;
  /** The keyword's value, where that tells what would have been right. */
  readonly limit?: Json;
}

/** A request that keeps the contract, as values. */
export interface Understood {
  readonly path: JsonObject;
  /** As sent, without defaults. */
  readonly query: JsonObject;
  /** Undefined when there is none. */
  readonly body: Json | undefined;
  readonly files: readonly UploadedFile[];
}

export type Checked =
  | { readonly kind: 'understood'; readonly request: Understood }
  | { readonly kind: 'refused'; readonly complaints: readonly Complaint[]; readonly fault: BodyFault | undefined };

/** What is wrong with a body before its content counts: of another media type, or no text of its type at all. */
export type BodyFault = 'media-type' | 'unreadable';

/** The request as values, or all that the contract has against it. */
export async function checkRequest(world: World, operation: Operation, incoming: Incoming): Promise<Checked> {
  const complaints: Complaint[] = [];
  const values: Record<string, Record<string, Json>> = { path: {}, query: {} };
  for (const { parameter, value, raw } of readParameters(world.contract, world.shapes, operation, incoming)) {
    const where = [parameter.in, parameter.name];
    if (value === undefined) {
      if (parameter.required) complaints.push({ where, message: 'Field required', keyword: 'required', input: null });
      continue;
    }
    const place = parameter.schema ?? parameter.mediaType?.schema;
    const validity = place && world.contract.validators.validate(place, value, 'request');
    if (validity?.kind === 'invalid')
      complaints.push(...validity.violations.map((violation) => complaintOf(world, where, violation, raw ?? null)));
    const group = values[parameter.in];
    if (group) group[parameter.name] = value;
  }
  const body = await checkBody(world, operation, incoming);
  complaints.push(...body.complaints);
  if (complaints.length > 0) return { kind: 'refused', complaints, fault: body.fault };
  return { kind: 'understood', request: { path: values['path'] ?? {}, query: values['query'] ?? {}, body: body.value, files: body.files } };
}

interface CheckedBody {
  readonly value: Json | undefined;
  readonly files: readonly UploadedFile[];
  readonly complaints: readonly Complaint[];
  readonly fault: BodyFault | undefined;
}

const noBody: CheckedBody = { value: undefined, files: [], complaints: [], fault: undefined };

function bodyRefused(message: string, keyword: string, input: Json = null, limit?: Json): CheckedBody {
  return { ...noBody, complaints: [{ where: ['body'], message, keyword, input, ...(limit !== undefined && { limit }) }] };
}

async function checkBody(world: World, operation: Operation, incoming: Incoming): Promise<CheckedBody> {
  const promised = operation.requestBody;
  if (promised === undefined || promised.content.length === 0) return noBody;
  const contentType = incoming.headers['content-type'];
  if (incoming.body.length === 0 && contentType === undefined)
    return promised.required ? bodyRefused('Field required', 'required') : noBody;
  const media = contentType === undefined ? promised.content[0] : mediaFor(promised.content, contentType);
  if (media === undefined) {
    const text = Buffer.from(incoming.body).toString();
    return { ...bodyRefused(`${contentType ?? 'an unnamed media type'} is not accepted here`, 'content', text), fault: 'media-type' };
  }
  const read = await readBody(contentType ?? media.type, incoming.body);
  if (read.kind === 'malformed') {
    const refusal = bodyRefused(`The body cannot be read: ${read.reason}`, 'content', {}, media.type);
    return read.text === undefined ? { ...refusal, fault: 'unreadable' } : refusal;
  }
  if (read.kind === 'absent') return promised.required ? bodyRefused('Field required', 'required') : noBody;
  if (media.schema === undefined) return { ...noBody, value: read.value, files: read.files };
  const value = read.isForm ? typed(world.contract, world.shapes, media.schema, read.value) : read.value;
  const validity = world.contract.validators.validate(media.schema, value, 'request');
  const complaints =
    validity.kind === 'invalid' ? validity.violations.map((violation) => complaintOf(world, ['body'], violation, value)) : [];
  return { ...noBody, value, files: read.files, complaints };
}

function mediaFor(content: readonly MediaType[], contentType: string): MediaType | undefined {
  const sent = parseMediaType(contentType);
  if (sent === undefined) return undefined;
  return content.find(({ type }) => {
    const range = parseMediaType(type);
    // `boundary` belongs to the message
    return range !== undefined && isSameType({ ...range, parameters: new Map() }, sent);
  });
}

/** Keywords whose value tells how much or which would have been right. */
const telling = /^(?:(?:exclusiveM|m)(?:in|ax)|multipleOf|enum|const|pattern|format)/;

function complaintOf({ contract }: World, where: readonly string[], violation: SchemaViolation, sent: Json): Complaint {
  const { instance, message, keyword, schema } = violation;
  const stated = valueAt(contract.document, schema);
  const inside = [...pointerTokens(instance), ...(keyword === 'required' && typeof stated === 'string' ? [stated] : [])];
  const input = valueAt(sent, instance);
  // of a wrong type, the choices tell more
  const choices = keyword === 'type' ? valueAt(contract.document, schema.replace(/type$/, 'enum')) : undefined;
  const limit = telling.test(keyword) ? stated : choices;
  return {
    where: [...where, ...inside],
    message,
    keyword,
    input: input === undefined ? sent : input,
    ...(limit !== undefined && { limit }),
  };
}
