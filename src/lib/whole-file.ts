/** The smallest whole files of media types whose content begins with a signature, which whoever takes such files may look for. */
import { concreteType, essence } from './media-type.ts';

/** In base64: pictures of one point, and a page without anything on it. */
const files: Readonly<Record<string, string>> = {
  'image/png': 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mNgAAAAAgAB5Sfe/AAAAABJRU5ErkJggg==',
  'image/jpeg':
    '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAA//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AN//Z',
  'image/gif': 'R0lGODdhAQABAIEAAAAAAAAAAAAAAAAAACwAAAAAAQABAAAIBAABBAQAOw==',
  'image/webp': 'UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoBAAEADMDOJaQAA3AA/uxnAAA=',
  'application/pdf':
    'JVBERi0xLjQKMSAwIG9iajw8L1R5cGUvQ2F0YWxvZy9QYWdlcyAyIDAgUj4+ZW5kb2JqCjIgMCBvYmo8PC9UeXBlL1BhZ2VzL0tpZHNbMyAwIFJdL0NvdW50IDE+PmVuZG9iagozIDAgb2JqPDwvVHlwZS9QYWdlL1BhcmVudCAyIDAgUi9NZWRpYUJveFswIDAgOSA5XT4+ZW5kb2JqCnhyZWYKMCA0CjAwMDAwMDAwMDAgNjU1MzUgZiAKMDAwMDAwMDAwOSAwMDAwMCBuIAowMDAwMDAwMDUyIDAwMDAwIG4gCjAwMDAwMDAxMDEgMDAwMDAgbiAKdHJhaWxlcjw8L1NpemUgNC9Sb290IDEgMCBSPj4Kc3RhcnR4cmVmCjE2MAolJUVPRgo=',
};

/** The smallest whole file of a media type, or of one that a range covers; undefined of types whose files are not known. */
export function wholeFile(mediaType: string): Uint8Array | undefined {
  const type = essence(concreteType(mediaType));
  return Object.hasOwn(files, type) ? Buffer.from(files[type] ?? '', 'base64') : undefined;
}

/** The content as a file of the media type: behind a whole one, which those who read such files end at; as it is where it is empty or the type is not known. What is longer than a whole file keeps its length. */
export function asFile(mediaType: string, content: Uint8Array): Uint8Array {
  const file = wholeFile(mediaType);
  if (!file || content.length === 0) return content;
  return Buffer.concat([file, content.subarray(content.length > file.length ? file.length : 0)]);
}
