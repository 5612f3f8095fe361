import { expect, it } from 'vitest';
import { decodeText } from '../../../src/lib/decode-text.ts';

const little = (text: string): Buffer => Buffer.from(text, 'utf16le');

it.each<[string, Uint8Array, string | undefined]>([
  ['UTF-8', Buffer.from('{"ä":1}'), undefined],
  ['UTF-8 with a mark, as Windows Notepad writes it', Buffer.from('\uFEFF{"ä":1}'), undefined],
  ['UTF-16, as > of Windows PowerShell writes it', little('\uFEFF{"ä":1}'), undefined],
  ['big-endian UTF-16', little('\uFEFF{"ä":1}').swap16(), undefined],
  ['what the mark says, whatever else is said', little('\uFEFF{"ä":1}'), 'utf-8'],
  ['what is said', Buffer.from('{"ä":1}', 'latin1'), 'iso-8859-1'],
  ['UTF-8 where nobody knows what is said', Buffer.from('{"ä":1}'), 'klingon'],
])('reads %s', (_, bytes, charset) => {
  expect(decodeText(bytes, charset)).toBe('{"ä":1}');
});
