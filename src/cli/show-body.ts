/** Shows a body to people: JSON laid out and coloured, and never bytes that would steer a terminal. */
import { isUtf8 } from 'node:buffer';
import { jsoncParser } from '../lib/load-late.ts';
import type { Paint } from '../report/paint.ts';
import { printableLines } from '../report/text-layout.ts';

/** The JSON text laid out, every number as it was written. */
export function layOut(json: string): string {
  const { applyEdits, format } = jsoncParser();
  return applyEdits(json, format(json, undefined, { insertSpaces: true, tabSize: 2, eol: '\n' }));
}

// a run of plain characters is one step: of a string of many megabytes a matcher that steps back to each would not fit the stack
const token = /("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?|\b(?:true|false|null)\b|-?\d[\d.eE+-]*/g;

/** The body as lines for a terminal. */
export function showBody(body: Uint8Array, contentType: string | undefined, paint: Paint): string {
  if (body.length === 0) return '';
  if (!isUtf8(body)) return `${body.length} bytes that are no text: send them to a file or a pipe\n`;
  const text = new TextDecoder().decode(body);
  const json = isJsonText(text);
  const lines = printableLines(json ? layOut(text) : text.replace(/\n$/, ''));
  const shown = `${lines.join('\n')}\n`;
  return json && contentType !== undefined
    ? shown.replaceAll(token, (word, string?: string, colon?: string) =>
        string === undefined ? paint('yellow', word) : colon === undefined ? paint('green', string) : paint('cyan', string) + colon,
      )
    : shown;
}

function isJsonText(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}
