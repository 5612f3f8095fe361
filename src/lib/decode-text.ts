/** Reads text as editors and shells of all systems write it. Pure. */

/** The text, without a byte order mark. A mark says more of the encoding than `charset`, which is UTF-8 where nothing tells; one that nobody knows counts as that. */
export function decodeText(bytes: Uint8Array, charset = 'utf-8'): string {
  return decoderOf(markedEncoding(bytes) ?? charset).decode(bytes);
}

/** @see https://encoding.spec.whatwg.org/#bom-sniff */
function markedEncoding([first, second, third]: Uint8Array): string | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return first === 0xef && second === 0xbb && third === 0xbf ? 'utf-8' : undefined;
}

function decoderOf(encoding: string): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(encoding);
  } catch {
    return new TextDecoder();
  }
}
