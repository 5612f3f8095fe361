/** Keeps the last lines of what is printed, and no more of them than asked for. */
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** Longer lines are cut: what is kept must stay small. */
const lineLength = 2000;
/** Lines that go into a hint. */
const shownLines = 15;

/** The last lines of all the streams so far, oldest first. */
export function keepLines(streams: readonly Readable[], most: number): () => readonly string[] {
  const lines: string[] = [];
  for (const input of streams) {
    createInterface({ input, crlfDelay: Infinity }).on('line', (line) => {
      if (lines.push(line.slice(0, lineLength)) > most) lines.shift();
    });
  }
  return () => [...lines];
}

/** The very last lines, as a hint. */
export function linesHint(lines: readonly string[]): string {
  const tail = lines.slice(-shownLines);
  return tail.length === 0 ? 'it printed nothing' : `its last lines:\n${tail.map((line) => `  ${line}`).join('\n')}`;
}
