/** Operations that take bytes, beside those that give them back; and bytes as their bodies. Pure. */
import { isObject, type Json } from '../../lib/json.ts';
import { keepLast } from '../../lib/keep-last.ts';
import { concreteType, essence, isJson, parseMediaType } from '../../lib/media-type.ts';
import type { MediaType, Operation } from '../../spec/contract.ts';
import { responsesTo } from '../../spec/declares-status.ts';
import { sentencesAt } from '../../spec/descriptions.ts';
import { itemsOf, propertiesOf } from '../../spec/properties.ts';
import type { BodyValue, Confidence, RequestPlan } from '../case.ts';
import type { Planning } from '../planning.ts';

/** An upload, and the download of the same path or of what it makes. */
export interface Pair {
  readonly upload: Operation;
  readonly media: MediaType;
  readonly download: Operation;
}

/** Whether an operation sets the bytes that a GET of the same path gives: one part of a thing. */
export function isUpload(planning: Planning, operation: Operation): boolean {
  return pairs(planning).some(({ upload }) => upload.id === operation.id);
}

/** Whether a GET gives the bytes that an upload left there: in the media type that they were sent in. */
export function isDownload(planning: Planning, operation: Operation): boolean {
  return [...pairs(planning), ...itemPairs(planning)].some(({ download }) => download.id === operation.id);
}

/** The uploads whose bytes a GET of the same path gives back; found out once, since every operation asks whether it is one of them. */
export const pairs: (planning: Planning) => readonly Pair[] = keepLast(({ contract }: Planning) =>
  contract.operations.flatMap((upload): Pair[] => {
    if (!['PUT', 'POST'].includes(upload.method)) return [];
    const media = bytesTaken({ contract }, upload) ?? upload.requestBody?.content.find(isText);
    const download = contract.operations.find((one) => one.method === 'GET' && one.path === upload.path && givesBytes(one));
    return media && download ? [{ upload, media, download }] : [];
  }),
);

/** Creations whose body is bytes, each with the read of what it makes. */
export function itemPairs({ contract, resources }: Pick<Planning, 'contract' | 'resources'>): Pair[] {
  return resources.all.flatMap(({ create, read }): Pair[] => {
    const media = create?.method === 'POST' ? bytesTaken({ contract }, create) : undefined;
    return create && media && read && read.path !== create.path && givesBytes(read) ? [{ upload: create, media, download: read }] : [];
  });
}

function bytesTaken(planning: Pick<Planning, 'contract'>, { requestBody }: Operation): MediaType | undefined {
  return requestBody?.content.find((one) => isBinary(one) || filePart(planning, one) !== undefined);
}

/** Whether it is of bytes. */
export function isBinary(media: MediaType): boolean {
  return (
    /^(?:application\/octet-stream|image\/|audio\/|video\/|application\/(?:zip|gzip|pdf))|^\*\/\*$/.test(essence(media.type)) &&
    !/multipart/.test(media.type)
  );
}

const kinds = '(?:png|jpe?g|gif|webp|pdf|image|picture|photo(?:graph)?)';
const looksInside = new RegExp(
  String.raw`\b(?:signature|magic (?:numbers?|bytes?)|corrupt(?:ed)?|(?:content|bytes) (?:is|are) (?:not|no)|not (?:an? )?(?:valid|readable|real|actual|proper) ${kinds})\b`,
  'i',
);
const looksAtKind = new RegExp(String.raw`\b(?:is|are) (?:no|not an?) ${kinds}\b`, 'i');

/** How surely an upload says in words that content which is no file of its media type is refused; undefined where it does not. What looks at the announced type alone may say something like it. */
export function saysFilesOnly({ contract }: Pick<Planning, 'contract'>, upload: Operation): Confidence | undefined {
  const refusals = responsesTo(upload, '400', '422').map(({ pointer }) => pointer);
  const said = [
    ...sentencesAt(contract, upload.pointer).filter((one) => /\b4(?:00|22)\b|refus|reject/i.test(one)),
    ...sentencesAt(contract, ...refusals),
  ];
  if (said.some((one) => looksInside.test(one))) return 'certain';
  return said.some((one) => looksAtKind.test(one) && !/\b(?:media|content|mime)[ -]?type\b/i.test(one)) ? 'likely' : undefined;
}

/** A text of a person's own, without a form that the media type would ask for. */
export function isText(media: MediaType): boolean {
  return /^text\/(?:plain|markdown)$/.test(essence(media.type));
}

function givesBytes(operation: Operation): boolean {
  return operation.responses.some(({ status, content }) => {
    return (
      status.startsWith('2') &&
      content.length > 0 &&
      content.every((media) => {
        const type = parseMediaType(media.type);
        return type === undefined || !isJson(type);
      })
    );
  });
}

/** The part of a multipart form that is a file. */
function filePart({ contract }: Pick<Planning, 'contract'>, media: MediaType): string | undefined {
  if (!essence(media.type).startsWith('multipart/') || !media.schema) return undefined;
  const files = [...propertiesOf(contract, media.schema)].filter(([, place]) => {
    const { schema } = contract.resolve(place);
    const kind = isObject(schema) ? (schema['format'] ?? schema['contentMediaType']) : undefined;
    return itemsOf(contract, place) === undefined && (kind === 'binary' || kind === 'application/octet-stream');
  });
  return files.length === 1 ? files[0]?.[0] : undefined;
}

/** The bytes as the body of an upload, or as the file of a form beside its other fields; undefined where the form has several files. */
export function bodyOf(planning: Planning, media: MediaType, request: RequestPlan, bytes: Uint8Array): BodyValue | undefined {
  if (isBinary(media) || isText(media)) return { mediaType: concreteType(media.type), raw: bytes };
  const file = filePart(planning, media);
  if (file === undefined) return undefined;
  const boundary = 'specproof-bytes-of-a-file';
  const others = Object.entries(isObject(request.body?.value) ? request.body.value : {}).filter(
    ([name, value]) => name !== file && value !== null && typeof value !== 'object',
  );
  const text = (lineTexts: readonly string[]): Uint8Array => new TextEncoder().encode(lineTexts.join('\r\n'));
  const fields = others.map(([name, value]: [string, Json]) =>
    text([`--${boundary}`, `Content-Disposition: form-data; name="${name}"`, '', String(value), '']),
  );
  const head = text([
    `--${boundary}`,
    `Content-Disposition: form-data; name="${file}"; filename="bytes.bin"`,
    'Content-Type: application/octet-stream',
    '',
    '',
  ]);
  return {
    mediaType: `multipart/form-data; boundary=${boundary}`,
    raw: concat([...fields, head, bytes, text(['', `--${boundary}--`, ''])]),
  };
}

/** The parts in one piece. */
export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
