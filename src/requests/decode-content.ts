/** Undoes a response's content codings, never to more than the bytes allowed. RFC 9110 section 8.4. */
import zlib from 'node:zlib';
import type { Fault } from './exchange.ts';

/** The decoded bytes; with a fault, the bytes as they came. */
export interface DecodedContent {
  readonly bytes: Uint8Array;
  readonly fault: Fault | undefined;
}

type Decode = (bytes: Uint8Array, maxOutputLength: number, whole: boolean) => Buffer;

const { Z_SYNC_FLUSH, Z_FINISH, BROTLI_OPERATION_FLUSH, BROTLI_OPERATION_FINISH, ZSTD_e_flush, ZSTD_e_end } = zlib.constants;

const gunzip: Decode = (bytes, maxOutputLength, whole) =>
  zlib.gunzipSync(bytes, { maxOutputLength, finishFlush: whole ? Z_FINISH : Z_SYNC_FLUSH });

/** `deflate` is zlib's format; what many servers send instead is the bare stream. RFC 9110 section 8.4.1.2. */
const inflate: Decode = (bytes, maxOutputLength, whole) => {
  const options = { maxOutputLength, finishFlush: whole ? Z_FINISH : Z_SYNC_FLUSH };
  return ((bytes[0] ?? 0) & 0x0f) === 0x08 ? zlib.inflateSync(bytes, options) : zlib.inflateRawSync(bytes, options);
};

const decoders: Readonly<Record<string, Decode>> = {
  gzip: gunzip,
  'x-gzip': gunzip,
  deflate: inflate,
  br: (bytes, maxOutputLength, whole) =>
    zlib.brotliDecompressSync(bytes, { maxOutputLength, finishFlush: whole ? BROTLI_OPERATION_FINISH : BROTLI_OPERATION_FLUSH }),
  zstd: (bytes, maxOutputLength, whole) =>
    zlib.zstdDecompressSync(bytes, { maxOutputLength, finishFlush: whole ? ZSTD_e_end : ZSTD_e_flush }),
  identity: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
};

/**
 * The content without its codings, the last applied undone first. `whole` is false for a body that was cut short: then what can be decoded of it is.
 * Faults: `encoding` for bytes that are not what the field says or a coding nobody here knows, `too-large` for more than `limit` decoded bytes.
 */
export function decodeContent(bytes: Uint8Array, codings: string, limit: number, whole: boolean): DecodedContent {
  let decoded: Uint8Array = bytes;
  for (const coding of codings
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .toReversed()) {
    const decode = Object.hasOwn(decoders, coding) ? decoders[coding] : undefined;
    if (coding === '') continue;
    if (decode === undefined)
      return {
        bytes,
        fault: {
          kind: 'encoding',
          message: `the body is said to be in ${JSON.stringify(coding.slice(0, 40))}, a content coding unknown here`,
        },
      };
    try {
      decoded = decode(decoded, limit, whole);
    } catch (error) {
      if (error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') {
        return { bytes, fault: { kind: 'too-large', message: `the body is larger than ${limit} bytes once decoded` } };
      }
      return { bytes, fault: { kind: 'encoding', message: `the body is not what Content-Encoding says: ${coding}` } };
    }
  }
  return { bytes: decoded, fault: undefined };
}
