/** Every media type that a request body is declared in, sent once with the same content. Pure. */
import { isObject, type Json } from '../../lib/json.ts';
import { joinPointer } from '../../lib/json-pointer.ts';
import { isJson, parseMediaType } from '../../lib/media-type.ts';
import type { MediaType, Operation } from '../../spec/contract.ts';
import { sampleValue } from '../../spec/values/sample-value.ts';
import type { Confidence, Expectation, RequestPlan } from '../case.ts';
import { expectAccepted, keptUnless } from '../expectations.ts';
import { isJsonPatch, preferredBody, sampling, type Planning } from '../planning.ts';

/** A request in another declared media type than the usual one. */
export interface MediaVariation {
  readonly title: string;
  readonly request: RequestPlan;
  readonly expectation: Expectation;
  /** Whether its schema is that of the usual one. */
  readonly alike: boolean;
}

/** One request for each further declared media type whose content can be made. */
export function mediaVariations(planning: Planning, base: RequestPlan): MediaVariation[] {
  const preferred = preferredBody(base.operation);
  return (base.operation.requestBody?.content ?? []).flatMap((media): MediaVariation[] => {
    if (!base.body || media === preferred || media.type.includes('*')) return [];
    const type = parseMediaType(media.type);
    const alike =
      media.schema !== undefined &&
      preferred?.schema !== undefined &&
      planning.contract.resolve(media.schema).pointer === planning.contract.resolve(preferred.schema).pointer;
    const usable = isJsonPatch(media.type)
      ? jsonPatch(planning, media, base.body.value)
      : alike || (type !== undefined && isJson(type))
        ? base.body.value
        : undefined;
    const fits =
      usable !== undefined && media.schema && planning.contract.validators.validate(media.schema, usable, 'request').kind === 'valid';
    const value = fits
      ? usable
      : media.schema && !isJsonPatch(media.type)
        ? sampleValue(planning.contract, media.schema, sampling(planning, base.body.variant ?? 0, 'body'))
        : 'x';
    if (value === undefined) return [];
    const title = `the body as ${media.type}`;
    const accepted = expectAccepted({ confidence: 'likely', what: title, promise: media.pointer, topic: media.pointer });
    return [{ title, request: { ...base, body: { mediaType: media.type, value } }, expectation: accepted, alike }];
  });
}

/** The members of a body as a JSON Patch, each set on its own; undefined where the schema has other operations. @see https://www.rfc-editor.org/rfc/rfc6902#section-4 */
function jsonPatch({ contract }: Planning, { schema }: MediaType, body: Json | undefined): Json | undefined {
  const members = Object.entries(isObject(body) ? body : {}).filter(([, value]) => value !== null);
  const patches = ['add', 'replace'].map((op) => members.map(([name, value]) => ({ op, path: joinPointer('', name), value })));
  return patches.find(
    (patch) => patch.length > 0 && schema !== undefined && contract.validators.validate(schema, patch, 'request').kind === 'valid',
  );
}

/** A body in a declared media type is not refused for its media type; nothing where the type stands for a range. @see https://www.rfc-editor.org/rfc/rfc9110#section-15.5.16 */
export function takesDeclaredType(operation: Operation, mediaType: string): Expectation[] {
  const media = operation.requestBody?.content.find(({ type }) => type === mediaType);
  const type = parseMediaType(mediaType);
  if (!media || !type) return [];
  return [
    {
      check: 'media-type-taken',
      // of bytes and parts, 415 may speak of what is inside them
      confidence: isJson(type) || type.subtype === 'x-www-form-urlencoded' ? 'certain' : 'likely',
      why: `the document declares ${mediaType}`,
      promise: media.pointer,
      topic: media.pointer,
      holds: keptUnless((answer) => answer.status === 415, `a body in the declared ${mediaType} is refused for its media type`),
    },
  ];
}

/** A `Content-Type` that says the same as a declared one, and what it must be answered with. */
interface Spelling {
  readonly title: string;
  readonly contentType: string;
  readonly expectation: Expectation;
}

/**
 * Media types mind no case, and a charset that says what is so anyway takes nothing away: alone it has no effect on who reads JSON as the standard has it.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-8.3.1
 * @see https://www.rfc-editor.org/rfc/rfc8259#section-11
 */
export function spellings(operation: Operation, media: MediaType): readonly (Spelling & { readonly less?: Spelling })[] {
  const type = parseMediaType(media.type);
  if (!type || !isJson(type)) return [];
  const plain = `${type.type}/${type.subtype}`;
  // JSON:API refuses every parameter but its own: https://jsonapi.org/format/#content-negotiation-servers
  const charset = type.subtype === 'vnd.api+json' ? '' : '; charset=utf-8';
  return takesDeclaredType(operation, media.type).map((taken) => {
    const spelt = (contentType: string, confidence: Confidence): Spelling => ({
      title: `the body as ${contentType}`,
      contentType,
      expectation: { ...taken, confidence, topic: `${taken.topic} spelt otherwise` },
    });
    const other = spelt(`${plain.toUpperCase()}${charset}`, 'likely');
    return plain !== 'application/json' ? other : { ...other, less: spelt(`${plain}${charset}`, 'certain') };
  });
}
