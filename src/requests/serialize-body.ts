/** Bodies as bytes, by media type. Pure: the same value gives the same bytes, multipart boundaries included. */
import type { BodyValue } from '../cases/case.ts';
import { isObject, member, type Json, type JsonObject } from '../lib/json.ts';
import type { MediaType, ParameterStyle } from '../spec/contract.ts';
import { concreteType, isJsonType } from '../lib/media-type.ts';
import { asFile } from '../lib/whole-file.ts';
import { encodingType, essenceOf } from './media-type.ts';
import { encodeForm, encodeReserved } from './percent-encode.ts';
import { serializeMultipart, type Resolve, type SerializedBody } from './serialize-multipart.ts';
import { formPairs, scalarText } from './serialize-parameter.ts';

const encoder = new TextEncoder();

/**
 * The body's bytes and content type. `declared` gives schema and encodings of forms; `resolve` finds out which parts of a multipart form are files.
 * A value that its media type has no form for is written as it stands when it is a string, else as JSON; behind a whole file where the type is that of files with a signature.
 */
export function serializeBody(body: BodyValue, declared: MediaType | undefined, resolve: Resolve | undefined): SerializedBody {
  const contentType = concreteType(body.mediaType);
  if (body.raw !== undefined) return { bytes: body.raw, contentType };
  const { value } = body;
  if (value === undefined) return { bytes: new Uint8Array(0), contentType };
  const essence = essenceOf(contentType);
  if (essence.startsWith('multipart/') && isObject(value)) return serializeMultipart(contentType, value, declared, resolve);
  return { bytes: asFile(contentType, encoder.encode(bodyText(essence, value, declared))), contentType };
}

function bodyText(essence: string, value: Json, declared: MediaType | undefined): string {
  if (isJsonType(essence)) return JSON.stringify(value);
  if (essence === 'application/x-www-form-urlencoded' && isObject(value)) return formText(value, declared?.encoding ?? {});
  if (/[/-]ndjson$|\/jsonl$/.test(essence) && Array.isArray(value)) return value.map((line: Json) => `${JSON.stringify(line)}\n`).join('');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** @see https://spec.openapis.org/oas/v3.1.1#encoding-the-x-www-form-urlencoded-media-type */
function formText(value: JsonObject, encoding: JsonObject): string {
  return Object.entries(value)
    .flatMap(([name, item]) => {
      const own = member(encoding, name);
      const style = member(own, 'style');
      const explode = member(own, 'explode');
      const encode = member(own, 'allowReserved') === true ? encodeReserved : encodeForm;
      if (style !== undefined || explode !== undefined) {
        const known = (typeof style === 'string' ? style : 'form') as ParameterStyle;
        return formPairs(name, item, { style: known, explode: typeof explode === 'boolean' ? explode : known === 'form', encode });
      }
      // Without a style, an object and whatever is announced as JSON is one JSON text, and an array repeats its name.
      const whole = isJsonType(encodingType(encoding, name) ?? '') ? JSON.stringify(item) : isObject(item) ? scalarText(item) : item;
      return formPairs(name, whole, { style: 'form', explode: true, encode });
    })
    .map(([name, text]) => `${name}=${text}`)
    .join('&');
}
